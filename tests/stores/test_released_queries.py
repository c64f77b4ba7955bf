"""Every saved query, as its file has it, gives the same rows wherever the release is loaded.

``differences.csv`` lists where an engine gives others, and why: one that gives the expected rows
all the same fails, so that the list stays true.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

import answers
import checks
import differences
import released

pytestmark = pytest.mark.slow

#: The fixture of each engine, and what the engine is called.
ENGINES = {
    "javascript": "Comunica",
    "jena": "Jena",
    "oxigraph_cli": "Oxigraph's command line",
    "virtuoso": "Virtuoso",
}
CHECK = "Saved queries: the same rows"
TEAM_CHECK = "Saved queries for a team: the same rows"


class Engine(Protocol):
    """What loads a file and answers queries."""

    def ask(self, data: Path, queries: Iterable[Path]) -> dict[str, answers.Table]:
        """Return the answer to each query, by its name."""


def _cases(names: Iterable[str], check: str) -> Iterator[object]:
    known = differences.known()
    for engine, tool in ENGINES.items():
        for name in names:
            reason = known.get((tool, name))
            marks = [pytest.mark.check(check, tool)]
            if reason:
                marks.append(pytest.mark.xfail(reason=reason, strict=True))
            yield pytest.param(engine, name, marks=marks, id=f"{engine}-{name}")


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, answers.Table]]:
    """Return an empty table, to be filled with what each engine answers."""
    return {}


def test_each_difference_is_of_something_that_there_is_and_has_a_reason() -> None:
    for (tool, what), reason in differences.known().items():
        assert tool in checks.TOOLS
        assert what in {*answers.NAMES, *answers.TEAM_NAMES, *released.SUFFIXES}
        assert reason


@pytest.mark.parametrize(("engine", "name"), list(_cases(answers.NAMES, CHECK)))
def test_an_engine_gives_the_same_rows(
    engine: str,
    name: str,
    release_files: Path,
    told: dict[str, dict[str, answers.Table]],
    request: pytest.FixtureRequest,
) -> None:
    if engine not in told:
        asked: Engine = request.getfixturevalue(engine)
        told[engine] = asked.ask(release_files / released.STORE, answers.FILES)
    assert told[engine][name] == answers.expected(name)


@pytest.fixture(scope="module")
def told_of_team() -> dict[str, dict[str, answers.Table]]:
    """Return an empty table, to be filled with what each engine answers about the example team."""
    return {}


@pytest.mark.parametrize(("engine", "name"), list(_cases(answers.TEAM_NAMES, TEAM_CHECK)))
def test_an_engine_gives_the_same_rows_for_a_team(
    engine: str,
    name: str,
    team_files: Path,
    told_of_team: dict[str, dict[str, answers.Table]],
    request: pytest.FixtureRequest,
) -> None:
    if engine not in told_of_team:
        asked: Engine = request.getfixturevalue(engine)
        told_of_team[engine] = asked.ask(team_files / released.STORE, answers.TEAM_FILES)
    assert told_of_team[engine][name] == answers.expected(name)
