"""Queries that Oxigraph alone answers otherwise than SPARQL 1.1 has it; no other is changed."""

import importlib
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Variable

from mlroles.errors import QuerySyntaxError
from mlroles.sparql.parser import parse
from mlroles.store import QueryRequest
from mlroles.store.mending import Dataset, mend
from mlroles.store.oxigraph import OxigraphStore

G1, G2 = "http://e/g1", "http://e/g2"
_QUERIES = sorted((Path(__file__).resolve().parents[2] / "queries").glob("*.rq"))


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    store = OxigraphStore(union=True)
    store.replace_graph(
        G1, [b'<http://e/a> <http://e/p> <http://e/b> .\n<http://e/a> <http://e/q> "x"@en .']
    )
    store.replace_graph(
        G2, [b'<http://e/b> <http://e/p> <http://e/c> .\n<http://e/a> <http://e/q> "y"@en .']
    )
    return store


_JSON = "application/sparql-results+json"


def ask(store: OxigraphStore, text: str, **dataset: tuple[str, ...]) -> Any:
    out = io.BytesIO()
    text = f"BASE <http://e/>\n{text}"
    store.query(replace(QueryRequest(text, _JSON), **dataset), out)  # type: ignore[arg-type] # its two
    return json.loads(out.getvalue())


def rows(store: OxigraphStore, text: str, **dataset: tuple[str, ...]) -> list[list[str | None]]:
    found = ask(store, text, **dataset)
    return sorted(
        [
            row[name]["value"].removeprefix("http://e/") if name in row else None
            for name in found["head"]["vars"]
        ]
        for row in found["results"]["bindings"]
    )


# ------------------------------------------------------------------------------- SELECT *


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


# ------------------------------------------------------------------------------- GRAPH ?g


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


# ----------------------------------------------------------------------- paths of no steps


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


# ---------------------------------------------------------------- GROUP_CONCAT and BNODE


def test_group_concat_gives_a_string_without_language(store: OxigraphStore) -> None:
    text = 'SELECT (GROUP_CONCAT(DISTINCT ?o; SEPARATOR="") AS ?t) { ?s <q> ?o } HAVING (LANG(GROUP_CONCAT(?o)) = "")'
    (row,) = ask(store, text)["results"]["bindings"]
    assert row["t"].keys() == {"type", "value"}
    assert sorted(row["t"]["value"]) == ["x", "y"]


def test_bnode_of_a_string_is_one_node_in_a_row_and_another_in_the_next(
    store: OxigraphStore,
) -> None:
    text = 'SELECT (BNODE("a b") AS ?x) (BNODE(CONCAT("a", " b")) AS ?y) (BNODE("c") AS ?z) { ?s <p> ?o }'
    first, second = rows(store, text)
    assert first[0] == first[1]
    assert len({*first, *second}) == 4


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?x { ?s <p> ?o BIND(BNODE("a") AS ?x) }',
        'SELECT * { ?s <p> ?o { SELECT ?x ?s { ?s <p> [] BIND(BNODE("a") AS ?x) } } }',
        'SELECT ?x { ?s <p> ?o OPTIONAL { ?s <p> ?o BIND(BNODE("a") AS ?x) } }',
        'SELECT (BNODE("a") AS ?x) ?s { ?s <p> ?o } GROUP BY ?s',
        'SELECT ?x { ?s <p> ?o } GROUP BY (BNODE("a") AS ?x)',
        'SELECT (SAMPLE(BNODE("a")) AS ?x) { ?s <p> ?o } GROUP BY ?s',
        'SELECT ?x { BIND(BNODE("b") AS ?y) ?s <p> ?o BIND(BNODE("a") AS ?x) }',
    ],
)
def test_bnode_is_another_node_in_each_row_wherever_it_stands(
    store: OxigraphStore, text: str
) -> None:
    found = [row["x"] for row in ask(store, text)["results"]["bindings"]]
    assert [node["type"] for node in found] == ["bnode", "bnode"]
    assert found[0] != found[1]


def test_binds_in_a_row_share_the_nodes_of_one_string(store: OxigraphStore) -> None:
    text = 'SELECT ?x ?y ?z { ?s <p> ?o BIND(BNODE("a") AS ?x) BIND(IF(BNODE("a") = ?x, BNODE("b"), 1) AS ?y) BIND(BNODE("a") AS ?z) }'
    first, second = rows(store, text)
    assert first[0] == first[2] != first[1]
    assert not set(first) & set(second)


def test_a_row_before_a_pattern_is_one_row(store: OxigraphStore) -> None:
    found = rows(store, 'SELECT ?x { BIND(BNODE("a") AS ?x) ?s <p> ?o }')
    assert found[0] == found[1]


@pytest.mark.parametrize("argument", ['"a"@en', "1", "<a>", "?none"])
def test_bnode_of_what_is_no_string_is_an_error(store: OxigraphStore, argument: str) -> None:
    assert rows(store, f"SELECT (BNODE({argument}) AS ?x) {{}}") == [[None]]


# ------------------------------------------------------------------------ how much it gives


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


# --------------------------------------------------------------------------- other queries


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
