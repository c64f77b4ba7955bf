"""Every saved query gives the rows that were read off the article by hand."""

import pyoxigraph as ox
import pytest

from asking import EXPECTED, NAMES, ask, expected, needs_reasoning, text_of
from mlroles.knowledge import KnowledgeBase
from mlroles.store.oxigraph import OxigraphStore
from mlroles.vocab import PREFIXES, shorten


def test_there_are_thirty_queries_and_each_has_its_expected_rows() -> None:
    assert len(NAMES) == 30
    assert sorted(path.name for path in EXPECTED.glob("*.csv")) == [f"{name}.csv" for name in NAMES]


def test_some_queries_need_reasoning_and_some_do_not() -> None:
    assert {needs_reasoning(name) for name in NAMES} == {True, False}


@pytest.mark.parametrize("name", NAMES)
def test_a_query_gives_the_rows_read_off_the_article(full: OxigraphStore, name: str) -> None:
    rows = expected(name)
    assert rows[1:], "an empty answer shows nothing"
    assert ask(full, text_of(name)) == rows


@pytest.mark.parametrize("name", [name for name in NAMES if needs_reasoning(name)])
def test_a_query_that_needs_reasoning_gives_less_without(
    asserted: OxigraphStore, name: str
) -> None:
    columns, *rows = ask(asserted, text_of(name))
    header, *full = expected(name)
    assert columns == header
    assert set(map(tuple, rows)) < set(map(tuple, full)), "no row that is not in the full answer"


@pytest.mark.parametrize("name", [name for name in NAMES if not needs_reasoning(name)])
def test_a_query_that_needs_no_reasoning_gives_the_same_without(
    asserted: OxigraphStore, name: str
) -> None:
    assert ask(asserted, text_of(name)) == expected(name)


def test_every_inferred_triple_of_every_role_is_explained(
    base: KnowledgeBase, full: OxigraphStore
) -> None:
    inferred: dict[str, set[tuple[str, str]]] = {}
    for quad in ox.parse(base.inferred, ox.RdfFormat.N_TRIPLES):
        role = str(quad.subject.value)
        if role.startswith(PREFIXES["role"]):
            told = shorten(quad.predicate.value), shorten(str(quad.object.value))
            inferred.setdefault(shorten(role), set()).add(told)
    assert len(inferred) == 14
    text = text_of("inferred-only")
    for role, triples in inferred.items():
        _, *rows = ask(full, text.replace("{ role:ml-hardware-engineer }", f"{{ {role} }}"))
        assert {(property_, value) for property_, value, *_ in rows} == triples
