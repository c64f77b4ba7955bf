"""GROUP_CONCAT and BNODE as SPARQL 1.1 has them."""

import pytest

from mlroles.store.oxigraph import OxigraphStore
from two_graphs import ask, made, rows


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    return made()


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
