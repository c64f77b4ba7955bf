"""DESCRIBE: concise bounded descriptions, with the labels of what they point to."""

import io

import pyoxigraph as ox
import pytest

from mlroles.errors import QuerySyntaxError
from mlroles.store import QueryRequest
from mlroles.store.oxigraph import OxigraphStore

G1, G2 = "http://e/g1", "http://e/g2"
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_FIRST = f"""<http://e/a> <http://e/p> <http://e/b> .
<http://e/a> <http://e/p> _:n .
_:n <http://e/p> _:m .
_:m <http://e/p> _:n .
_:m <http://e/q> <http://e/c> .
<http://e/a> {_LABEL} "a" .
<http://e/b> {_LABEL} "b" .
<http://e/b> <http://e/p> <http://e/c> .
<http://e/c> {_LABEL} "c" .
<http://e/d> <http://e/p> <http://e/a> .
""".encode()
_SECOND = f"""<http://e/a> <http://e/p> <http://e/d> .
<http://e/d> {_LABEL} "d" .
""".encode()


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    store = OxigraphStore(union=True)
    store.replace_graph(G1, [_FIRST])
    store.replace_graph(G2, [_SECOND])
    return store


def describe(store: OxigraphStore, text: str, graphs: tuple[str, ...] = ()) -> list[str]:
    """Return the triples, sorted, in short, blank nodes without their labels."""
    out = io.BytesIO()
    request = QueryRequest(
        f"BASE <http://e/>\n{text}", "application/n-triples", default_graphs=graphs
    )
    store.query(request, out)
    shown = []
    for quad in ox.parse(out.getvalue(), ox.RdfFormat.N_TRIPLES):
        terms = [quad.subject, quad.predicate, quad.object]
        names = ["_" if isinstance(term, ox.BlankNode) else str(term.value) for term in terms]
        shown.append(" ".join(name.rpartition("/")[2].rpartition("#")[2] for name in names))
    return sorted(shown)


OF_B = ["b label b", "b p c", "c label c"]


def test_a_resource_with_the_labels_of_what_it_points_to(store: OxigraphStore) -> None:
    assert describe(store, "DESCRIBE <b>") == OF_B


def test_blank_nodes_are_followed_to_their_ends_and_no_further(store: OxigraphStore) -> None:
    assert describe(store, "DESCRIBE <a>") == sorted(
        [
            *("a label a", "a p _", "a p b", "a p d"),
            *("_ p _", "_ p _", "_ q c"),
            *("b label b", "c label c", "d label d"),
        ]
    )


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX e: <http://e/> DESCRIBE e:b",
        "DESCRIBE ?x { <a> <p> ?x . ?x <p> <c> }",
        "DESCRIBE ?x WHERE { ?x <p> <c> } ORDER BY ?x LIMIT 1",
        "DESCRIBE * { ?x <p> <c> }",
        "DESCRIBE <b> ?x { ?x <p> <c> }",
        "DESCRIBE <b> ?x { ?x <none> <c> }",
        "DESCRIBE ?x { ?x <p> ?c } GROUP BY ?x HAVING (SAMPLE(?c) = <c>)",
        "DESCRIBE ?x { VALUES ?x { <b> UNDEF 1 <none> } }",
        "DESCRIBE ?x {} VALUES ?x { <b> }",
        "describe <b>",
    ],
)
def test_each_form_of_describe(store: OxigraphStore, text: str) -> None:
    assert describe(store, text) == OF_B


def test_each_triple_is_given_once(store: OxigraphStore) -> None:
    both = describe(store, "DESCRIBE <b> <c> ?x { ?x <p> <c> }")
    assert both == OF_B
    assert describe(store, "DESCRIBE <c> <b>") == OF_B


def test_nothing_is_known_of_what_is_not_there(store: OxigraphStore) -> None:
    assert describe(store, "DESCRIBE <none>") == []
    assert describe(store, "DESCRIBE ?x { ?x <none> ?y }") == []


def test_the_dataset_bounds_the_description(store: OxigraphStore) -> None:
    of_second = ["a p d", "d label d"]
    assert describe(store, "DESCRIBE <a>", (G2,)) == of_second
    assert describe(store, "DESCRIBE <a> FROM <g2>") == of_second
    assert describe(store, "DESCRIBE <a> FROM <g1>", (G2,)) == of_second
    assert describe(store, "DESCRIBE ?x FROM <g2> { ?x <p> ?y }") == of_second
    assert describe(store, "DESCRIBE <a> FROM <g1> FROM <g2>") == describe(store, "DESCRIBE <a>")
    assert describe(store, "DESCRIBE <a> FROM NAMED <g2>") == []


def test_a_mistake_is_told_in_the_query_as_it_was_written(store: OxigraphStore) -> None:
    with pytest.raises(QuerySyntaxError) as told:
        describe(store, "DESCRIBE <b> ?x { ?x un:known <c> }")
    assert (told.value.line, told.value.offending) == (2, "un:known")


def test_a_query_that_only_names_describe_is_none(store: OxigraphStore) -> None:
    assert describe(store, 'CONSTRUCT { <b> <p> "DESCRIBE" } {}') == ["b p DESCRIBE"]
