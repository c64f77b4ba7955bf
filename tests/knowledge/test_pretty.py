"""Turtle and TriG for people."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from mlroles.knowledge import blanks
from mlroles.knowledge.pretty import trig, turtle

_PREFIXES = {
    "": "http://e/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_HEADER = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in _PREFIXES.items())


def _parse(text: str) -> list[ox.Triple]:
    quads = ox.parse(_HEADER + text, format=ox.RdfFormat.TURTLE)
    return list(blanks.relabel([quad.triple for quad in quads]))


def _canonical(triples: list[ox.Triple]) -> list[str]:
    data = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in data)


def _written(text: str) -> str:
    written = turtle(_parse(text), _PREFIXES)
    assert _canonical(_parse(written.removeprefix(_HEADER))) == _canonical(_parse(text))
    return written


def test_a_triple_given_twice_is_written_once() -> None:
    triples = _parse(":a :p [ :q ( 1 2 ) ] .")
    assert turtle([*triples, *triples], _PREFIXES) == turtle(triples, _PREFIXES)
    assert trig({"http://e/g": triples * 2}, _PREFIXES) == trig({"http://e/g": triples}, _PREFIXES)


def test_subjects_are_grouped_and_each_predicate_has_its_line() -> None:
    text = ':b :p 1 . :a :q "x"@en, :z ; a owl:Class ; rdfs:label "A", "B" . :a :p true, 1.50 .'
    assert (
        _written(text)
        == """\
@prefix : <http://e/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:a
    a owl:Class ;
    :p "1.50"^^xsd:decimal ,
        true ;
    :q "x"@en ,
        :z ;
    rdfs:label "A" ,
        "B" .

:b
    :p 1 .
"""
    )


def test_blank_nodes_and_lists_stand_where_they_are_used() -> None:
    text = ":a :p [ :q ( 1 [ :r () ] :b ) ] . [] a owl:Thing ; :p _:x . :c :p _:x . _:x :q 1 ."
    written = _written(text)
    assert (
        ":a\n    :p [\n        :q (\n            1\n            [\n                :r ()\n"
        "            ]\n            :b\n        )\n    ] .\n" in written
    )
    assert "\n[]\n    a owl:Thing ;\n    :p _:b" in written
    assert written.count("_:") == 3  # one node, used twice, has a label


def test_circles_and_malformed_lists_are_written_too() -> None:
    _written("_:a :p _:b . _:b :p _:a . _:c :p _:c .")
    _written(
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . :a :p _:l . _:l rdf:first 1, 2 ; rdf:rest () ."
    )
    _written(
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . :a :p _:l . _:l rdf:rest _:l ."
    )
    _written(":a :p [] , [ :q [] ] .")


def test_what_is_nested_deeply_gets_labels_in_between() -> None:
    written = _written(":a :p " + "[ :q " * 100 + "1" + " ]" * 100 + " .")
    assert "_:" in written
    assert "@base" not in written


def test_a_long_list_is_one_list() -> None:
    triples = _parse(":a :p ( " + ":b " * 1200 + ") .")
    written = turtle(triples, _PREFIXES)
    assert written.count(":b\n") == 1200
    assert len(_parse(written)) == len(triples)


def test_names_that_need_care_are_written_in_full() -> None:
    written = _written(
        ":a :p <http://e/1>, <http://e/b.c>, <http://e/b/c>, <http://e/>, <http://x> ."
    )
    for iri in ("1", "b.c", "b/c", ""):
        assert f"<http://e/{iri}>" in written


def test_no_triples_make_an_empty_file() -> None:
    assert turtle([], _PREFIXES) == ""


@pytest.mark.filterwarnings(
    "ignore:.*deprecated:DeprecationWarning"
)  # rdflib warns of its own call
def test_trig_holds_each_graph_and_shares_blank_nodes() -> None:
    first = _parse(":a :p [ :q 1 ] .")
    (node,) = (t.object for t in first if isinstance(t.object, ox.BlankNode))
    second = [ox.Triple(ox.NamedNode("http://e/b"), ox.NamedNode("http://e/p"), node)]
    text = trig({"http://e/one": first, "http://e/two": second, "http://e/none": []}, _PREFIXES)
    data = Dataset()
    data.parse(data=text, format="trig")
    assert [len(data.graph(f"http://e/{name}")) for name in ("one", "two", "none")] == [2, 1, 0]
    assert text.count(str(node)) == 3


_NODES = st.sampled_from([*(f"_:n{n}" for n in range(6)), ":a", ":b", "<http://x/y#z>"])
_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
_LITERALS = st.builds(
    lambda text, tail: str(ox.Literal(text)) + tail,
    _TEXTS,
    st.sampled_from(["", "@en", "@de-ch", "^^xsd:integer", "^^<http://x/t>", "^^xsd:boolean"]),
)
_PREDICATES = st.sampled_from(
    ["a", ":p", ":q", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"]
)


@given(st.lists(st.tuples(_NODES, _PREDICATES, st.one_of(_NODES, _LITERALS)), max_size=12))
def test_any_graph_is_read_back_as_it_was(edges: list[tuple[str, str, str]]) -> None:
    text = "\n".join(f"{s} {p} {o} ." for s, p, o in edges)
    written = _written(text)
    assert written == _written(text)


def test_rdflib_reads_the_same_graph() -> None:
    text = ':a :p [ :q ( 1 "tab\\t\\"q\\"\\u0001 é" ) ] ; :r "x"@en-gb . [] :p _:x . :c :p _:x .'
    ours = Graph().parse(data=_written(text), format="turtle")
    assert isomorphic(ours, Graph().parse(data=_HEADER + text, format="turtle"))
