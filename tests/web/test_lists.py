"""What the graph says of a thing, on its page: each list of values once, and no triple lost."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from inprocess import MLR, ROLE, SKILL, Get, LocalEngine
from mlroles.knowledge import load
from mlroles.store.oxigraph import OxigraphStore
from mlroles.terms import Iri
from mlroles.web import create_app, lists, profile

Page = Callable[[str], str]


@pytest.fixture(scope="module")
def whole(closures: Path) -> LocalEngine:
    """Return an engine over our whole graph."""
    knowledge = load(cache_dir=closures)
    engine = LocalEngine()
    engine.store = OxigraphStore.from_ntriples(knowledge.asserted, knowledge.inferred)
    return engine


@pytest.fixture(scope="module")
def page(whole: LocalEngine) -> Page:
    client = create_app({}, engine=whole).test_client()
    return lambda path: client.get(path, headers={"Accept": "text/html"}).text


@pytest.mark.parametrize(
    "iri",
    [
        f"{SKILL}machine-learning",
        f"{ROLE}ml-engineer",
        "https://w3id.org/mlroles/section/skill-map",
        "https://w3id.org/mlroles/level/deep",
        f"{MLR}SkillRequirement",
    ],
)
def test_every_triple_is_in_one_list_and_no_list_comes_twice(whole: LocalEngine, iri: str) -> None:
    found = profile.gather(whole, Iri(iri))
    assert found is not None
    told = lists.of(found)
    every = [*told.asserted, *told.incoming, *told.inferred]
    groups = [group for one in every for group in (one.first, *one.also)]
    assert sorted(map(str, groups)) == sorted(map(str, found.groups))
    assert told.triples == sum(group.count for group in found.groups)
    values = [frozenset(value.term for value in one.first.values) for one in every]
    things = [some for some in values if all(isinstance(term, Iri) for term in some)]
    assert len(set(things)) == len(things)
    for one in every:
        for group in one.also:
            assert {v.term for v in group.values} == {v.term for v in one.first.values}
        assert (*one.seen, *one.folded) == one.first.values
        assert len(one.folded) != 1


def test_a_long_list_is_folded_with_its_count(page: Page) -> None:
    text = page("/section/skill-map")
    assert "54 more, 62 in all</summary>" in text
    assert text.count("/statement/data-analyst-requires-machine-learning-table") == 1
    assert ">states</a>" in text
    assert ">prov:wasDerivedFrom</a>" in text


def test_the_page_of_a_skill_begins_with_who_needs_it_how_far_and_where_that_is_stated(
    page: Page,
) -> None:
    text = page("/skill/machine-learning")
    table = text.partition("Who needs it")[2].partition("</table>")[0]
    assert text.index("Who needs it") < text.index("Every triple about it")
    rows = [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", row)) for row in table.split("<tr>")[2:]]
    assert " Data engineer minimal prose of Data engineer " in rows
    assert any("ML hardware engineer machine learning in hardware , no level" in r for r in rows)
    roles = re.findall(r'<th scope="row"[^>]*><a href="/role/([\w-]+)"', table)
    assert len(roles) == len(set(roles)) == 12
    assert roles == sorted(roles, key=lambda name: name.replace("ml-", "ml "))


def test_a_skill_that_no_role_needs_says_so(browse: Get) -> None:
    assert "No role is said to need it." in browse("/skill/machine-learning")
    assert "No role is said to need it." not in browse("/skill/mathematics")
