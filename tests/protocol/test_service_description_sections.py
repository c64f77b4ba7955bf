"""SPARQL 1.1 Service Description, section by section; and that what it says is so."""

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, VOID

from mlroles import __version__
from mlroles.config import SETTINGS
from mlroles.vocab import ASSERTED, BASE, INFERRED
from requesting import Ask

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
ENT = Namespace("http://www.w3.org/ns/entailment/")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
LIMITS = Namespace(f"{BASE}service#")


@pytest.fixture(scope="module")
def described(ask: Ask) -> Graph:
    answer = ask("GET", "/sparql", Accept="text/turtle")
    return Graph().parse(data=answer.text, format="turtle")


@pytest.fixture(scope="module")
def service(described: Graph) -> URIRef:
    (found,) = described.subjects(RDF.type, SD.Service)
    assert isinstance(found, URIRef)
    return found


@pytest.mark.parametrize(
    "kind",
    ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml", "*/*"],
)
def test_2_the_endpoint_without_a_query_is_described_in_rdf(ask: Ask, kind: str) -> None:
    answer = ask("GET", "/sparql", Accept=kind)
    assert kind in (answer.type, "*/*")
    assert str(SD.Service) in {getattr(t.object, "value", "") for t in answer.triples()}


def test_2_head_of_the_endpoint_says_what_get_gives(ask: Ask) -> None:
    answer = ask("HEAD", "/sparql", Accept="text/turtle")
    assert (answer.status, answer.type, answer.body) == (200, "text/turtle", b"")


def test_2_a_browser_gets_the_form(ask: Ask) -> None:
    answer = ask("GET", "/sparql", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (answer.status, answer.type) == (200, "text/html")


def test_2_a_program_that_forgot_its_query_is_told_so(ask: Ask) -> None:
    answer = ask("GET", "/sparql", Accept="application/sparql-results+json")
    assert answer.status == 400
    assert "no query" in answer.json()["detail"]


def test_3_the_endpoint_is_the_address_asked(
    described: Graph, service: URIRef, address: str
) -> None:
    assert described.value(service, SD.endpoint) == URIRef(f"{address}/sparql")


def test_3_language_and_features(described: Graph, service: URIRef) -> None:
    assert set(described.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert set(described.objects(service, SD.feature)) == {SD.UnionDefaultGraph}


def test_3_the_union_default_graph_is_one(ask: Ask) -> None:
    text = "SELECT * { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } } LIMIT 1"
    assert ask("GET", "/sparql", [("query", text)]).column("s") == []
    text = "SELECT * { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } } LIMIT 1"
    assert ask("GET", "/sparql", [("query", text)]).column("s") == []


def test_3_entailment_is_owl_2_rl(described: Graph, service: URIRef) -> None:
    assert described.value(service, SD.defaultEntailmentRegime) == ENT["OWL-RDF-Based"]
    profile = described.value(service, SD.defaultSupportedEntailmentProfile)
    assert profile == URIRef("http://www.w3.org/ns/owl-profile/RL")


@pytest.mark.parametrize(
    ("term", "text", "kind"),
    [
        ("SPARQL_Results_JSON", "ASK {}", "application/sparql-results+json"),
        ("SPARQL_Results_XML", "ASK {}", "application/sparql-results+xml"),
        ("SPARQL_Results_CSV", "ASK {}", "text/csv"),
        ("SPARQL_Results_TSV", "ASK {}", "text/tab-separated-values"),
        ("Turtle", "DESCRIBE <a:b>", "text/turtle"),
        ("N-Triples", "DESCRIBE <a:b>", "application/n-triples"),
        ("JSON-LD", "DESCRIBE <a:b>", "application/ld+json"),
        ("RDF_XML", "DESCRIBE <a:b>", "application/rdf+xml"),
        ("TriG", "DESCRIBE <a:b>", "application/trig"),
        ("N-Quads", "DESCRIBE <a:b>", "application/n-quads"),
    ],
)
def test_3_each_result_format_can_be_had(
    ask: Ask, described: Graph, term: str, text: str, kind: str
) -> None:
    assert (None, SD.resultFormat, FORMATS[term]) in described
    assert ask("GET", "/sparql", [("query", text)], Accept=kind).type == kind


def test_3_the_default_dataset_has_its_graphs_with_their_counts(
    ask: Ask, described: Graph, service: URIRef
) -> None:
    dataset = described.value(service, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in described
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    default = described.value(dataset, SD.defaultGraph)
    counted = ask("GET", "/sparql", [("query", text)]).column("n")
    assert [str(n) for n in described.objects(default, VOID.triples)] == counted
    named = {
        str(described.value(graph, SD.name)): described.value(graph, SD.graph)
        for graph in described.objects(dataset, SD.namedGraph)
    }
    assert named.keys() == {ASSERTED, INFERRED}
    for name, graph in named.items():
        counted = ask("GET", "/sparql", [("query", text), ("default-graph-uri", name)]).column("n")
        assert [str(n) for n in described.objects(graph, VOID.triples)] == counted
        assert (graph, RDF.type, SD.Graph) in described


def test_the_version_is_told(described: Graph, service: URIRef) -> None:
    assert str(described.value(service, URIRef("http://www.w3.org/ns/dcat#version"))) == __version__


def test_each_limit_is_told_and_its_property_defined(described: Graph, service: URIRef) -> None:
    limits = {
        str(term).removeprefix(str(LIMITS)): int(float(str(value)))
        for term, value in described.predicate_objects(service)
        if str(term).startswith(str(LIMITS))
    }
    assert {"timeLimit", "queryLengthLimit", "bodyLengthLimit"} <= limits.keys()
    assert limits["bodyLengthLimit"] == 100_000
    default = next(setting.default for setting in SETTINGS if setting.name == "max_query")
    assert limits["queryLengthLimit"] == default
    for name in limits:
        assert (LIMITS[name], RDF.type, OWL.DatatypeProperty) in described
        assert described.value(LIMITS[name], RDFS.comment)
