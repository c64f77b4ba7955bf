"""SPARQLWrapper and rdflib's SPARQLStore against a running server."""

import warnings
from collections.abc import Callable
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from questions import DUAL, HOLDS, ROLES, WHAT


@pytest.fixture(params=[(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def client(endpoint: str, request: pytest.FixtureRequest) -> SPARQLWrapper:
    method, how = request.param
    client = SPARQLWrapper(endpoint)
    client.setMethod(method)
    client.setRequestMethod(how)
    return client


@pytest.mark.parametrize("wanted", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_rows(
    client: SPARQLWrapper, wanted: str, note: Callable[..., None]
) -> None:
    client.setQuery(DUAL)
    client.setReturnFormat(wanted)
    found: Any = client.query().convert()
    note(f"SPARQLWrapper, {client.method}, {client.requestMethod}, {wanted}\n{DUAL}", found)
    if wanted == JSON:
        found = " ".join(row["role"]["value"] for row in found["results"]["bindings"])
    elif wanted == XML:
        found = found.toxml()
    text = found.decode() if isinstance(found, bytes) else found
    assert [role for role in ROLES if role in text] == ROLES


@pytest.mark.parametrize("wanted", [TURTLE, RDFXML, XML, JSONLD, JSON])
def test_sparqlwrapper_reads_a_graph(client: SPARQLWrapper, wanted: str) -> None:
    client.setQuery(WHAT)
    client.setReturnFormat(wanted)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib's reader of JSON-LD warns of rdflib's own classes
        found: Any = client.query().convert()
    if wanted == TURTLE:
        found = Graph().parse(data=found, format="turtle")
    assert {str(subject) for subject in found.subjects()} == {ROLES[0]}


def test_sparqlwrapper_hears_what_is_wrong(client: SPARQLWrapper) -> None:
    client.setQuery("SELECT * { ?s ?p }")
    with pytest.raises(QueryBadFormed, match='"line": 1, "column": 18'):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("wanted", ["xml", "json", "csv", "tsv"])
def test_rdflibs_store_reads_rows(
    endpoint: str, method: str, wanted: str, note: Callable[..., None]
) -> None:
    store = SPARQLStore(endpoint, method=method, returnFormat=wanted)
    rows: Any = Graph(store).query(DUAL)
    found = [str(row.role) for row in rows]
    note(f"rdflib's SPARQLStore, {method}, {wanted}\n{DUAL}", "\n".join(found))
    assert found == ROLES


def test_rdflibs_store_reads_yes_and_graphs(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint))
    assert graph.query(HOLDS).askAnswer
    described = graph.query(WHAT).graph
    assert described is not None
    assert {str(subject) for subject in described.subjects()} == {ROLES[0]}


def test_rdflib_sees_the_endpoint_as_a_graph(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint))
    role = URIRef(ROLES[0])
    rows: Any = graph.query(DUAL)
    assert {str(row.role) for row in rows} == set(ROLES)
    assert graph.value(role, URIRef("http://www.w3.org/2000/01/rdf-schema#label"))
    assert len(graph) > 5000
