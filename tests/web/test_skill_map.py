"""Where a role stands on the skill map, and what the page says of it."""

import re

import pytest

from inprocess import ROLE, SKILL, Get
from mlroles.web.guide.skill_map import ABSENT, ACROSS, UNSAID, Entry, Need, SkillMap, draw
from mlroles.web.table import Cell

_LEVELS = ("minimal", "high-level", "deep")
_ML = Cell(text=ACROSS, label="machine learning", iri=f"{SKILL}machine-learning", kind="iri")
_AI = Cell(text="skill:ai", label="AI", iri=f"{SKILL}ai", kind="iri")


def _map(*sayings: tuple[Cell, str, str]) -> SkillMap:
    """Return the map of one role, of which skill, level and origin are stated."""
    needs = [
        Need(_ML, stated, Cell(label=level), Cell(label="Skill map"), Cell(label=origin))
        for stated, level, origin in sayings
    ]
    return draw([Entry(Cell(text="role:x", iri=f"{ROLE}x", kind="iri"), tuple(needs))], _LEVELS)


@pytest.mark.parametrize(
    ("sayings", "columns"),
    [
        ([(_ML, "minimal", "prose"), (_ML, "deep", "table")], ["minimal", "deep"]),
        ([(_ML, "deep", "prose"), (_ML, "deep", "table")], ["deep"]),
        ([(_ML, "minimal", "prose"), (_ML, "", "table")], ["minimal"]),
        ([(_ML, "minimal", "prose")], ["minimal"]),
        ([(_ML, "", "table")], [UNSAID]),
        ([(_AI, "deep", "table")], [UNSAID]),
        ([], [ABSENT]),
    ],
)
def test_a_role_stands_at_each_level_that_is_stated(
    sayings: list[tuple[Cell, str, str]], columns: list[str]
) -> None:
    found = _map(*sayings)
    bands = {band.start: band.name for band in found.columns}
    begins = [max(start for start in bands if start < mark.x) for mark in found.marks]
    assert sorted(bands[start] for start in begins) == sorted(columns)


def test_the_page_says_that_of_it(browse: Get) -> None:
    text = re.sub(r"\s+", " ", browse("/"))
    assert "Where it states no level, the role stands beside the map" in text
    assert "where it states two, as prose and table may, the role stands at both" in text
    assert "where one of them states a level and the other none, at that level" in text
