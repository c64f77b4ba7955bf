"""Queries that Oxigraph alone answers otherwise than SPARQL 1.1 has it; no other is changed."""

import importlib
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlroles.errors import QuerySyntaxError
from mlroles.sparql.parser import parse
from mlroles.store.mending import Dataset, mend
from mlroles.store.oxigraph import OxigraphStore
from two_graphs import G1, G2, ask, made, rows

_QUERIES = sorted((Path(__file__).resolve().parents[2] / "queries").glob("*.rq"))


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    return made()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("SELECT * { ?z <p> ?a . ?m ?a ?k }", "z a m k"),
        ("SELECT DISTINCT * { ?z <p> ?a }", "z a"),
        ("select reduced * where { ?z <p> ?a }", "z a"),
        ("SELECT*{?z <p> ?a}", "z a"),
        ("SELECT * # of * all\n { ?z <p> ?a }", "z a"),
        ("SELECT * { ?z <p> ?y } ORDER BY ?a ?y", "z y"),
        ("SELECT * { ?z <p> ?y FILTER(?a != ?z) MINUS { ?b <p> ?z } }", "z y"),
        ("SELECT * { ?z <p> ?y OPTIONAL { ?y <p> ?a } BIND(1 AS ?c) }", "z y a c"),
        ("SELECT * { { ?z <p> ?y } UNION { ?b <p> ?a } GRAPH ?g { ?z ?p ?c } }", "z y b a g p c"),
        (
            "SELECT * { ?z <p> ?y { SELECT ?x (1 AS ?b) ?a { ?x <p> ?hidden ; <p> ?a } } }",
            "z y x b a",
        ),
        ("SELECT * { { SELECT * { ?y <p> ?x } ORDER BY ?c } ?b <p> ?a }", "y x b a"),
        ("SELECT * { ?z <p> ?y } VALUES (?y ?a) { (1 2) }", "z y a"),
        ("SELECT * { VALUES ?y { 1 } [] <p> [ <q> ?a ] . (?c) <p>/<q>* ?b }", "y a c b"),
        ("SELECT * { ?z <p> ?a FILTER EXISTS { ?z <q> ?c } }", "z a"),
        ("SELECT * { $z <p> ?a }", "z a"),
        ("SELECT * { GRAPH ?z { ?x <p>* ?a MINUS { ?b ?c 1 } } ?k <p> ?j }", "z x a k j"),
        ("SELECT * { <a> <p> <b> }", ""),
        ("SELECT * {}", ""),
    ],
)
def test_select_all_gives_columns_as_they_appear(
    store: OxigraphStore, text: str, names: str
) -> None:
    assert ask(store, text)["head"].get("vars", []) == names.split()


def test_an_error_is_told_in_the_query_as_it_was_written(store: OxigraphStore) -> None:
    with pytest.raises(QuerySyntaxError) as told:
        ask(store, "SELECT * { ?zebra <p> ?yak FILTER(<http://e/nix>(?yak)) }")
    assert (told.value.line, told.value.offending) == (2, "<http://e/nix>")


def test_a_query_of_sparql_1_2_is_left_as_it_is(store: OxigraphStore) -> None:
    assert ask(store, "SELECT * { ?z <p> ?a FILTER(!isTRIPLE(?a)) }")["head"]["vars"] == ["a", "z"]


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("<a> (<p>|<q>)* ?g . GRAPH ?g { VALUES ?h { <b> <g2> } }", 0),
        ("<b> <p>+ ?h . GRAPH ?h { GRAPH ?g { <b> ^<p> ?s } }", 0),
        ("OPTIONAL { OPTIONAL { <none> <p>? ?x } ?x <p>* ?h }", 1),
        ("?g ^<p> <a> . { OPTIONAL { <none> <p>* ?g } } UNION { ?g <none> ?s }", 0),
        ("?x <p>? <none> . { ?o <p>* ?o } UNION { <c> <q> ?x }", 5),
        ("GRAPH ?g { { <none> <p>* <none> } UNION { ?s <p>+ ?o . ?x <p>? <none> } }", 4),
        ("GRAPH ?g { OPTIONAL { ?g <p>+ <b> } } GRAPH ?h { VALUES ?o { <none> <g1> } }", 4),
        ("GRAPH ?h { <none> <p>* ?g } OPTIONAL { ?g <p>* ?x }", 2),
    ],
)
def test_solutions_are_as_many_as_by_the_definition(
    store: OxigraphStore, pattern: str, count: int
) -> None:
    """Counted by hand, by sections 18.5 and 18.6; ?o <p>* ?o is each of the five nodes."""
    assert len(ask(store, f"SELECT * {{ {pattern} }}")["results"]["bindings"]) == count


_NODES = st.sampled_from(["?s", "?o", "?g", "?a", "<a>", "<none>"])
_STEPS = st.sampled_from(["<p>", "<q>", "<p>*", "<p>?", "^<p>", "?v"])
_PATTERNS = st.recursive(
    st.builds("{} {} {} .".format, _NODES, _STEPS, _NODES)
    | st.sampled_from(["VALUES ?w { 1 }", "FILTER(?f = 1)", "FILTER EXISTS { ?e <p> ?s }"]),
    lambda inner: (
        st.builds("{} {}".format, inner, inner)
        | st.builds("{{ {} }} UNION {{ {} }}".format, inner, inner)
        | st.builds("OPTIONAL {{ {} }}".format, inner)
        | st.builds("MINUS {{ {} }}".format, inner)
        | st.builds("GRAPH ?g {{ {} }}".format, inner)
        | st.builds("{{ SELECT * {{ {} }} }}".format, inner)
        | st.builds("{{ SELECT ?o ?z {{ {} }} }}".format, inner)
    ),
    max_leaves=6,
)


@given(_PATTERNS)
def test_select_all_gives_the_columns_that_the_engine_knows(pattern: str) -> None:
    text = f"BASE <http://e/> SELECT * {{ {pattern} }}"
    alone = ox.Store().query(text)
    assert isinstance(alone, ox.QuerySolutions)
    found = ask(OxigraphStore(), f"SELECT * {{ {pattern} }}")["head"].get("vars", [])
    assert sorted(found) == [variable.value for variable in alone.variables]


@pytest.mark.parametrize("path", _QUERIES, ids=lambda path: path.stem)
def test_a_saved_query_stays_as_it_is_or_is_sparql_afterwards(path: Path) -> None:
    text = path.read_text("utf-8")
    mended = mend(text, Dataset(lambda: (G1, G2), lambda _prologue, _term: True))
    assert mended == text or parse(mended)


@pytest.mark.slow
def test_a_query_does_not_grow_without_bound() -> None:
    text = "GRAPH ?g0 { VALUES ?x { " + "1 " * 400 + "} }"
    for n in range(1, 4):
        text = f"GRAPH ?g{n} {{ VALUES ?y{n} {{ 1 }} {text} }}"
    many = tuple(f"http://e/{n}" for n in range(5))
    mended = mend(f"SELECT ?x {{ {text} }}", Dataset(lambda: many, lambda _prologue, _term: True))
    assert len(text) < len(mended) < 1 << 17


def test_a_query_over_many_graphs_is_left_as_it_is() -> None:
    text = "SELECT ?g { GRAPH ?g { VALUES ?x { 1 } } }"
    many = tuple(f"http://e/{n}" for n in range(20_000))
    assert mend(text, Dataset(lambda: many, lambda _prologue, _term: True)) == text


def test_what_stands_in_comments_strings_and_iris_costs_no_parsing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(text: str) -> None:
        raise AssertionError(text)

    module = importlib.import_module("mlroles.store.mending.mend")
    monkeypatch.setattr(module, "parse", never)
    text = (
        "# What? SELECT * GRAPH ?g BNODE GROUP_CONCAT *\n"
        "SELECT ?s WHERE { ?s <http://e/?*> 'what? *' , \"GRAPH ?g\" , '''BNODE ' * ? ''' }"
    )
    assert mend(text, Dataset(lambda: (), lambda _prologue, _term: True)) == text


def test_a_path_after_a_comment_is_mended_all_the_same(store: OxigraphStore) -> None:
    assert rows(store, "SELECT ?x { # ' what?\n <none> <p>* ?x }") == [["none"]]


def test_a_prefix_that_is_not_declared_is_told_of_the_query_as_it_was_written(
    store: OxigraphStore,
) -> None:
    with pytest.raises(QuerySyntaxError, match="s:"):
        ask(store, "SELECT ?o WHERE { s: <p>? ?o }")
