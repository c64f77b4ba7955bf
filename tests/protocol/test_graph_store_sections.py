"""SPARQL 1.1 Graph Store HTTP Protocol, the read side, section by section."""

import pytest

from mlroles.vocab import ASSERTED, BASE, INFERRED
from requesting import Ask

GRAPHS = [
    ("ttl", "text/turtle"),
    ("nt", "application/n-triples"),
    ("jsonld", "application/ld+json"),
    ("rdf", "application/rdf+xml"),
    ("trig", "application/trig"),
    ("nq", "application/n-quads"),
]
STORED = {"default": "/graphs?default", ASSERTED: f"/graphs?graph={ASSERTED}"}


def count(ask: Ask, graph: str | None) -> int:
    dataset = [] if graph is None else [("default-graph-uri", graph)]
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    return int(ask("GET", "/sparql", [("query", text), *dataset]).column("n")[0])


@pytest.mark.parametrize("graph", [ASSERTED, INFERRED])
def test_4_1_a_graph_is_at_its_own_iri(ask: Ask, graph: str) -> None:
    answer = ask("GET", f"/{graph.removeprefix(BASE)}")
    assert len(answer.triples()) == count(ask, graph)


@pytest.mark.parametrize("graph", [ASSERTED, INFERRED])
def test_4_2_a_graph_is_named_in_the_address(ask: Ask, graph: str) -> None:
    answer = ask("GET", "/graphs", [("graph", graph)])
    assert answer.triples() == ask("GET", f"/{graph.removeprefix(BASE)}").triples()


def test_4_2_the_default_graph_is_both(ask: Ask) -> None:
    default = ask("GET", "/graphs?default").triples()
    assert len(default) == count(ask, None)
    assert default == {
        triple
        for graph in (ASSERTED, INFERRED)
        for triple in ask("GET", "/graphs", [("graph", graph)]).triples()
    }


@pytest.mark.parametrize("iri", ["relative", "/graph/asserted", "", "no iri", "http://a b/"])
def test_4_2_a_name_that_is_no_absolute_iri_is_a_400(ask: Ask, iri: str) -> None:
    answer = ask("GET", "/graphs", [("graph", iri)])
    assert (answer.status, answer.type) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "parameters",
    [
        [("graph", ASSERTED), ("default", "")],
        [("graph", ASSERTED), ("graph", INFERRED)],
        [("graph", ASSERTED), ("graph", ASSERTED)],
    ],
)
def test_4_2_two_names_are_a_400(ask: Ask, parameters: list[tuple[str, str]]) -> None:
    assert ask("GET", "/graphs", parameters).status == 400


@pytest.mark.parametrize(
    "path",
    ["/graph/nothing", f"/graphs?graph={BASE}graph/nothing", "/graphs?graph=file:///etc/passwd"],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_5_1_an_unknown_graph_is_a_404(ask: Ask, method: str, path: str) -> None:
    answer = ask(method, path)
    assert answer.status == 404
    if method == "GET":
        assert answer.json()["graphs"] == [ASSERTED, INFERRED]


@pytest.mark.parametrize("path", [*STORED.values(), "/graph/inferred"])
def test_5_1_what_cannot_be_given_is_a_406_with_what_can(ask: Ask, path: str) -> None:
    answer = ask("GET", path, Accept="text/csv")
    assert answer.status == 406
    assert set(answer.json()["available"]) >= {kind for _, kind in GRAPHS}


@pytest.mark.parametrize(("extension", "kind"), GRAPHS)
def test_5_2_get_gives_each_format(ask: Ask, extension: str, kind: str) -> None:
    answer = ask("GET", "/graph/inferred", Accept=kind)
    assert answer.type == kind
    assert len(answer.triples()) == count(ask, INFERRED)
    named = ask("GET", "/graph/inferred", [("format", extension)], Accept="image/png")
    assert named.type == kind


def test_5_2_get_is_conditional(ask: Ask) -> None:
    tag = ask("GET", "/graph/asserted").headers["etag"]
    assert ask("GET", "/graph/asserted", If_None_Match=tag).status == 304
    assert ask("GET", "/graph/inferred", If_None_Match=tag).status == 200


def test_5_2_a_browser_is_led_to_the_page_of_the_query(ask: Ask) -> None:
    answer = ask("GET", "/graph/asserted", Accept="text/html,*/*;q=0.1")
    assert answer.status == 303
    page = ask("GET", answer.headers["location"])
    assert (page.status, page.type) == (200, "text/html")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", [*STORED.values(), "/graph/asserted", "/graph/new", "/graphs"])
def test_5_3_to_5_7_what_writes_is_a_405(ask: Ask, method: str, path: str) -> None:
    answer = ask(method, path, (), "<a:a> <a:b> <a:c> .", Content_Type="text/turtle")
    assert answer.status == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("path", [*STORED.values(), "/graph/asserted"])
def test_5_6_head_has_the_headers_of_get_and_no_body(ask: Ask, path: str) -> None:
    headed = ask("HEAD", path)
    assert (headed.status, headed.type, headed.body) == (200, "text/turtle", b"")
    assert headed.headers.get("content-length") != "0"


def test_4_the_graph_store_itself_is_described(ask: Ask) -> None:
    told = {str(triple.object) for triple in ask("GET", "/graphs").triples()}
    assert {f"<{ASSERTED}>", f"<{INFERRED}>"} <= told
