"""Rules that feed each other find in another store what they find here."""

from collections.abc import Iterator, Sequence

import pyoxigraph as ox
import pytest

import recursive
from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import is_schema
from mlroles.knowledge.reasoning.compiled import Schema, saturate
from mlroles.knowledge.reasoning.evaluation import evaluate, planned
from mlroles.knowledge.reasoning.facts import Facts
from mlroles.store.publishing import RemoteGraph
from mlroles.store.remote import RemoteStore
from mlroles.store.verifying import verify
from stored import stored

pytestmark = pytest.mark.slow

_GRAPH = "urn:test:recursion"


@pytest.fixture(params=["oxigraph_target", "virtuoso_target"])
def store(request: pytest.FixtureRequest) -> Iterator[RemoteStore]:
    target = request.getfixturevalue(request.param)
    store = RemoteStore(target.query, target.update)
    yield store
    store.update(f"DROP SILENT GRAPH <{_GRAPH}>")


@pytest.mark.parametrize("case", recursive.CASES.values(), ids=recursive.CASES.keys())
def test_the_same_follows_there(store: RemoteStore, case: recursive.Case) -> None:
    _same(store, case.turtle(30))


@pytest.mark.parametrize("name", ["a transitive property", "a symmetric property"])
def test_the_same_follows_of_more_than_a_store_gives_at_once(store: RemoteStore, name: str) -> None:
    """Virtuoso is set up to give 20,000 rows."""
    case = recursive.CASES[name]
    axioms, size = case.axioms, 21_000
    pairs = " ".join(f":x{n} :p :y{n} ." for n in range(size))
    _same(store, recursive.PREFIXES + axioms + ":y0 :p :z . " + pairs)


def test_no_property_is_asked_for_before_it_has_triples(
    store: RemoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Virtuoso would join by it as by an empty one: for 100,000 people it came to no end."""
    turtle = recursive.CASES["transitive, symmetric, and an inverse"].turtle(3)
    triples = list(skolem.named(q.triple for q in ox.parse(turtle, ox.RdfFormat.TURTLE)))
    there, asked, select = RemoteGraph(store, _GRAPH), list[str](), store.select

    def watched(text: str) -> Sequence[ox.QuerySolution]:
        asked.append(text)
        return select(text)

    there.add(triples)
    monkeypatch.setattr(store, "select", watched)
    assert planned(Schema(filter(is_schema, triples)).rules_of_data, there)
    assert asked
    assert not any("example.org" in text for text in asked)


def _same(store: RemoteStore, turtle: str) -> None:
    triples = list(skolem.named(q.triple for q in ox.parse(turtle, ox.RdfFormat.TURTLE)))
    schema = Schema(filter(is_schema, triples))
    here = Facts(triples)
    saturate(schema, here)
    there = RemoteGraph(store, _GRAPH)
    there.add([*triples, *schema.facts])
    evaluate(schema.rules_of_data, there)
    added = here.triples(here.added(lambda _: True))
    expected = sorted({*stored(triples), *added}, key=str)
    verify(store, _GRAPH, expected)
