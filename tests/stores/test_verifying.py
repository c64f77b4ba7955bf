"""What a store holds is what it was given, or it is told what differs."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from mlroles.errors import StoreError
from mlroles.knowledge.reasoning.facts import Facts
from mlroles.store.publishing import RemoteGraph
from mlroles.store.remote import RemoteStore
from mlroles.store.verifying import verify
from targets import Target

pytestmark = pytest.mark.slow

_GRAPH = "urn:test:verified"
_PREFIXES = """@prefix : <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
_VALUES = {
    "texts": r'"  a b  ", "line\n", "a\r\nb\tc\u0001", "\"q\\ ]]> <b> &", "é 😀"@de, ""',
    "numbers": "1, 01, -0, 1.50, 1.5, 2.0, 123456789012345678, 2.5e0, 1.5E300",
    "times": '"2024-01-01T00:00:00.500Z"^^xsd:dateTime, "2024-01-01T24:00:00"^^xsd:dateTime,'
    ' "10:00:00.50"^^xsd:time, "2024-01-01"^^xsd:date, "2024Z"^^xsd:gYear',
    "others": 'true, "1"^^xsd:boolean, "x"^^:unit, "http://a"^^xsd:anyURI',
}


@pytest.fixture
def store(target: Target) -> Iterator[RemoteStore]:
    store = RemoteStore(target.query, target.update)
    yield store
    store.update(f"DROP SILENT GRAPH <{_GRAPH}>")


@pytest.mark.parametrize("values", _VALUES.values(), ids=_VALUES.keys())
def test_each_literal_is_the_one_that_was_given(store: RemoteStore, values: str) -> None:
    triples = _given(store, f":x :p {values} .")
    assert verify(store, _GRAPH, triples) == len(triples)


def test_of_a_number_its_datatype_is_told(oxigraph_target: Target) -> None:
    store = RemoteStore(oxigraph_target.query, oxigraph_target.update)
    _given(store, ":x :p 1 .")
    with pytest.raises(StoreError) as caught:
        verify(store, _GRAPH, _triples(":x :p 1e0 ."))
    assert 'lacks <https://example.org/x> <https://example.org/p> "1.0" (float)' in (
        caught.value.hint or ""
    )
    store.update(f"DROP GRAPH <{_GRAPH}>")


def test_so_is_one_of_which_virtuoso_knows_no_value(oxigraph_target: Target) -> None:
    store = RemoteStore(oxigraph_target.query, oxigraph_target.update)
    values = '123456789012345678901234567890, "PT60S"^^xsd:duration, "P12M"^^xsd:yearMonthDuration'
    triples = _given(store, f":x :p {values} .")
    assert verify(store, _GRAPH, triples) == len(triples)
    store.update(f"DROP GRAPH <{_GRAPH}>")


#: More than are asked for at once, with names outside of ASCII.
_HUB = " ".join(f":hub :p :é{number} ." for number in range(4_100))


def test_much_about_one_subject_is_read_back_whole(store: RemoteStore) -> None:
    triples = _given(store, _HUB + ' :hub rdfs:label "Hub"@en ; :q 1, 2 .')
    assert verify(store, _GRAPH, triples) == len(triples)


@pytest.mark.parametrize(
    ("lost", "other"),
    [
        (':hub rdfs:label "Hub"@en', ':hub rdfs:label "Bus"@en'),
        (':hub rdfs:label "Hub"@en', ":hub :other :thing"),
        (':hub rdfs:label "Hub"@en', ":foreign a :Thing"),
        (":hub :p :é17", ":hub :p :è17"),
        (":x :q 123456789012345671", ":x :q 123456789012345672"),
        (':x :r "a"', ':x :r "a "'),
    ],
)
def test_a_triple_in_the_place_of_another_is_found_out(
    store: RemoteStore, lost: str, other: str
) -> None:
    triples = _given(store, f"{_HUB} {lost} . :x :p :y .")
    there = RemoteGraph(store, _GRAPH)
    (gone,) = _triples(lost + " .")
    store.update(f"DELETE DATA {{ GRAPH <{_GRAPH}> {{ {gone} }} }}")
    there.add(_triples(other + " ."))
    with pytest.raises(StoreError, match="does not hold") as caught:
        verify(store, _GRAPH, triples)
    assert "lacks" in (caught.value.hint or "")


def _given(store: RemoteStore, turtle: str) -> list[ox.Triple]:
    """Return the triples as they are published, after putting them into the store."""
    triples = sorted(set(_triples(turtle)), key=str)
    RemoteGraph(store, _GRAPH).add(triples)
    return triples


def _triples(turtle: str) -> list[ox.Triple]:
    facts, read = Facts(), ox.parse(_PREFIXES + turtle, ox.RdfFormat.TURTLE)
    return list(facts.triples(facts.numbered(quad.triple for quad in read)))
