"""GRAPH with a variable, and paths of no steps, as SPARQL 1.1 has them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Variable

from mlroles.store.oxigraph import OxigraphStore
from two_graphs import G2, made, rows


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    return made()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s <p> ?o } } }",
            [["g1", "1"], ["g2", "1"]],
        ),
        ("SELECT ?g ?x { GRAPH ?g { VALUES ?x { 1 } } }", [["g1", "1"], ["g2", "1"]]),
        ("SELECT ?g { GRAPH ?g { VALUES ?g { <g1> <none> } } }", [["g1"]]),
        ("SELECT ?g ?s { GRAPH ?g { ?s <p> ?o MINUS { ?x <q> ?y } } }", [["g1", "a"], ["g2", "b"]]),
        ("SELECT ?g { GRAPH ?g { ?g <p> ?o } }", []),
        ("SELECT ?g ?o { GRAPH ?g { OPTIONAL { <b> <p> ?o } } }", [["g1", None], ["g2", "c"]]),
        ("SELECT ?g { GRAPH ?g { } }", [["g1"], ["g2"]]),
        ("SELECT ?g ?h { GRAPH ?g { <a> <p> ?o GRAPH ?h { ?o <p> ?z } } }", [["g1", "g2"]]),
        ("SELECT ?g { VALUES ?g { <g2> } GRAPH ?g { BIND(1 AS ?x) } }", [["g2"]]),
        ("SELECT ?g { GRAPH ?g { { ?s <p> <b> } UNION { ?s <p> <none> } } }", [["g1"]]),
        ("SELECT ?g ?o { GRAPH ?g { <none> <p>* ?o } }", [["g1", "none"], ["g2", "none"]]),
        (
            "SELECT ?g ?n FROM NAMED <g2> { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }",
            [["g2", "2"]],
        ),
        ("SELECT ?g FROM <g1> { GRAPH ?g { VALUES ?x { 1 } } }", []),
    ],
)
def test_graph_looks_at_one_graph_after_the_other(
    store: OxigraphStore, text: str, expected: list[list[str]]
) -> None:
    assert rows(store, text) == expected


def test_graph_looks_at_the_named_graphs_of_the_protocol(store: OxigraphStore) -> None:
    text = "SELECT ?g FROM NAMED <g1> { GRAPH ?g { VALUES ?x { 1 } } }"
    assert rows(store, text, named_graphs=(G2,)) == [["g2"]]
    assert rows(store, text, default_graphs=(G2,)) == []


def test_exists_sees_the_graph_that_is_looked_at(store: OxigraphStore) -> None:
    text = "SELECT ?g { GRAPH ?g { ?s <p> ?o } FILTER EXISTS { GRAPH ?g { <a> <p> ?o MINUS { <c> ?p 1 } } } }"
    assert rows(store, text) == [["g1"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?v { <none> <p>* ?v }", [["none"]]),
        ("SELECT ?v { ?v <p>? <none> }", [["none"]]),
        ("SELECT ?v { <none> (<p>|^<q>)* ?v }", [["none"]]),
        ("SELECT ?v { <none> ^<p>? ?v }", [["none"]]),
        ('SELECT ?v { ?v <p>* "none" }', [["none"]]),
        ("SELECT ?v { 42 <p>* ?v }", [["42"]]),
        ("SELECT ?v { <a> <p>* ?v }", [["a"], ["b"], ["c"]]),
        ("SELECT ?v FROM <g1> { <b> <p>* ?v }", [["b"]]),
        ("SELECT ?v FROM <g1> { <c> <p>* ?v }", [["c"]]),
        ("SELECT ?v ?o { <none> <p>* ?v . <a> <p> ?o }", [["none", "b"]]),
        ("SELECT ?v ?o { <a> <p> ?o . <none> <p>* ?v . ?o <p> ?x }", [["none", "b"]]),
        ("SELECT ?v ?w { ?v <p>* <none> ; <p>? ?w }", []),
        ("SELECT ?v ?w { <none> <p>* ?v , ?w }", [["none", "none"]]),
        ("SELECT ?v { <none> <p>+ ?v }", []),
        ("SELECT ?v { <none> <p>*/<p> ?v }", []),
        ("SELECT ?v { <a> <p> <b> FILTER EXISTS { <none> <p>* ?v } }", [[None]]),
        ("SELECT ?v { VALUES ?v { <none> <a> } FILTER EXISTS { <none> <p>* ?v } }", [["none"]]),
        ("SELECT ?v { OPTIONAL { <none> <p>* ?v } }", [["none"]]),
        ("SELECT ?v { <none> <p>* <none> . <a> <p> ?v }", [["b"]]),
        ("SELECT (1 AS ?v) { <none> <p>? <none> }", [["1"]]),
        ("SELECT (1 AS ?v) { <none> <p>* <other> }", []),
        ("SELECT ?v { <none> (<p>*/<q>*) ?v }", [["none"]]),
        ("SELECT ?v { <none> (<p>?|<q>) ?v }", [["none"]]),
        ("SELECT ?v { <none> (<p>?|<q>?) ?v }", [["none"], ["none"]]),
        ("SELECT ?v { ?v ((<p>?)+/^<q>*) <none> }", [["none"]]),
        ("SELECT (1 AS ?v) { <none> (<p>?|<q>*) <none> }", [["1"], ["1"]]),
        ("SELECT (1 AS ?v) { <none> <p>* <http://e/none> }", [["1"]]),
        ("PREFIX e: <http://e/> SELECT ?v { <none> e:* ?v }", [["none"]]),
        ("SELECT ?v { <none> <p> # once\n * ?v }", [["none"]]),
        ("SELECT ?v { _:b <p> ?x . <none> <p>?/<q>? ?v FILTER(?x = <b>) }", [["none"]]),
        ("SELECT ?v { <a> (<p>?|<q>) ?v }", [["a"], ["b"], ["x"], ["y"]]),
        ("SELECT ?v FROM <g1> { <c> (<p>?|<q>) ?v }", [["c"]]),
        ("SELECT ?v FROM <g1> { <b> (<p>?|<q>) ?v }", [["b"]]),
    ],
)
def test_a_path_of_no_steps_begins_anywhere(
    store: OxigraphStore, text: str, expected: list[list[str]]
) -> None:
    assert rows(store, text) == expected


_PATHS = st.recursive(
    st.sampled_from(["<http://e/p>", "<http://e/q>"]),
    lambda inner: (
        st.builds("({}){}".format, inner, st.sampled_from("*?+"))
        | st.builds("({}/{})".format, inner, inner)
        | st.builds("({}|{})".format, inner, inner)
        | st.builds("^({})".format, inner)
    ),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def plain() -> Graph:
    """Return the same triples in rdflib, whose paths are evaluated step by step."""
    return Graph().parse(
        data="<http://e/a> <http://e/p> <http://e/b> . <http://e/b> <http://e/p> <http://e/c> ."
        '<http://e/a> <http://e/q> "x"@en , "y"@en .'
    )


@given(_PATHS, st.sampled_from(["none", "a", "b"]), st.booleans())
@settings(deadline=None)
def test_any_path_has_the_ends_that_rdflib_finds(
    store: OxigraphStore, plain: Graph, path: str, term: str, forwards: bool
) -> None:
    node = f"<http://e/{term}>"
    pattern = f"{node} {path} ?v" if forwards else f"?v {path} {node}"
    text = f"SELECT DISTINCT ?v {{ {pattern} }}"
    found = plain.query(text).bindings
    expected = {(str(row[Variable("v")]).removeprefix("http://e/"),) for row in found}
    assert set(map(tuple, rows(store, text))) == expected
    of_both = text.replace("{", "FROM <g1> FROM <g2> {", 1)
    assert set(map(tuple, rows(store, of_both))) == expected
