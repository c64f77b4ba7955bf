"""SPARQLWrapper and rdflib's SPARQLStore against a running server."""

import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
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

from serving import serving

DUAL = """PREFIX mlr: <https://w3id.org/mlroles/ontology#>
SELECT ?role WHERE { ?role a mlr:DualSkillRole } ORDER BY ?role"""
ROLES = [
    f"https://w3id.org/mlroles/role/{name}"
    for name in ("ml-engineer", "mlops-engineer", "research-engineer")
]
WHAT = "CONSTRUCT WHERE { <https://w3id.org/mlroles/role/ml-engineer> ?property ?value }"


@pytest.fixture(scope="module")
def endpoint(closures: Path) -> Iterator[str]:
    with serving(f"{sys.executable} -m mlroles serve", closures, {}) as server:
        yield f"{server.address}/sparql"


@pytest.fixture(params=[(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def client(endpoint: str, request: pytest.FixtureRequest) -> SPARQLWrapper:
    method, how = request.param
    client = SPARQLWrapper(endpoint)
    client.setMethod(method)
    client.setRequestMethod(how)
    return client


@pytest.mark.parametrize("wanted", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_rows(client: SPARQLWrapper, wanted: str) -> None:
    client.setQuery(DUAL)
    client.setReturnFormat(wanted)
    found: Any = client.query().convert()
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


def test_rdflib_sees_the_endpoint_as_a_graph(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint))
    role = URIRef(ROLES[0])
    rows: Any = graph.query(DUAL)
    assert {str(row.role) for row in rows} == set(ROLES)
    assert graph.value(role, URIRef("http://www.w3.org/2000/01/rdf-schema#label"))
    assert len(graph) > 5000
