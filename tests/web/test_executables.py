"""The saved queries as RDF, in the convention sparql-examples."""

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace, URIRef

from mlroles import paths
from mlroles.saved import Catalogue

SCHEMA = Namespace("https://schema.org/")
QUERIES = Namespace("https://w3id.org/mlroles/queries/")
#: What an editor asks to list examples, whatever their form.
LISTED = """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX schema: <https://schema.org/>
SELECT ?example ?query WHERE {
  ?example a sh:SPARQLExecutable ; rdfs:comment ?comment ; schema:target ?endpoint ;
    sh:select|sh:ask|sh:construct ?query }"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.read(paths.QUERIES)


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples"])
def test_every_saved_query_is_listed_with_its_text(
    client: FlaskClient, catalogue: Catalogue, accept: str
) -> None:
    told = Graph().parse(
        data=client.get("/queries", headers={"Accept": accept}).text, format=accept
    )
    found = {str(row[0]): str(row[1]) for row in told.query(LISTED)}  # type: ignore[index] # of SELECT
    assert found == {str(QUERIES[query.name]): query.body for query in catalogue}


def test_a_query_is_told_alone_with_its_prefixes(client: FlaskClient) -> None:
    name = "dual-skill-roles"
    told = Graph().parse(data=client.get(f"/queries/{name}?format=ttl").text, format="turtle")
    assert set(told.subjects(RDF.type, SH.SPARQLSelectExecutable)) == {QUERIES[name]}
    assert told.value(QUERIES[name], SCHEMA.target) == URIRef("http://localhost/sparql")
    assert Literal("reasoning") in set(told.objects(QUERIES[name], SCHEMA.keywords))
    assert told.value(QUERIES[name], RDFS.label)
    prefixes = told.value(QUERIES[name], SH.prefixes)
    declared = {
        str(told.value(one, SH.prefix)): str(told.value(one, SH.namespace))
        for one in told.objects(prefixes, SH.declare)
    }
    assert declared["mlr"] == "https://w3id.org/mlroles/ontology#"


def test_json_stays_what_a_program_gets_that_likes_all_equally(client: FlaskClient) -> None:
    assert client.get("/queries").mimetype == "application/json"
    assert client.get("/queries/dual-skill-roles").mimetype == "application/json"
