"""Every document answers with a suffix as it does by Accept, to people as a page, by one table."""

import re
from typing import Any

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from inprocess import MLR, ROLE, Get, LocalEngine
from mlroles import __version__, vocab
from mlroles.store.oxigraph import OxigraphStore
from mlroles.web import create_app
from mlroles.web.documents import EXTENSIONS
from mlroles.web.suffixes import ROUTES, SUFFIXES

DOCUMENTS = (
    *("/ontology", f"/ontology/{__version__}", "/shapes", f"/shapes/{__version__}"),
    *("/alignment/esco", f"/alignment/esco/{__version__}", "/dataset", "/.well-known/void"),
    *("/service", "/queries", "/queries/closest-roles", "/graph/asserted", "/role/ml-engineer"),
)
RDF = sorted(EXTENSIONS.items())


def triples(content: bytes, media_type: str) -> int:
    rdf_format = ox.RdfFormat.from_media_type(media_type)
    return len({quad.triple for quad in ox.parse(content, rdf_format, rename_blank_nodes=True)})


@pytest.mark.parametrize(("suffix", "media_type"), RDF)
@pytest.mark.parametrize("address", DOCUMENTS)
def test_a_suffix_says_what_the_header_does(
    client: FlaskClient, address: str, suffix: str, media_type: str
) -> None:
    by_suffix = client.get(f"{address}.{suffix}", headers={"Accept": "text/html"})
    by_header = client.get(address, headers={"Accept": media_type})
    by_output = client.get(f"{address}?format=&output={suffix}", headers={"Accept": "text/html"})
    assert by_suffix.status_code == 200
    assert by_suffix.mimetype == by_header.mimetype == by_output.mimetype == media_type
    counts = {triples(answer.data, media_type) for answer in (by_suffix, by_header, by_output)}
    assert len(counts) == 1
    assert counts.pop() > 0


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("/queries/closest-roles.rq", "application/sparql-query"),
        ("/queries/closest-roles.json", "application/json"),
        ("/queries.json", "application/json"),
        ("/queries/closest-roles/results.csv", "text/csv"),
        ("/search.json?q=data", "application/json"),
        ("/explain.json?s=role:ml-engineer&p=rdf:type&o=mlr:Role", "application/json"),
        ("/graphs.nt?default", "application/n-triples"),
        ("/about.ttl?iri=http://example.org/a", "text/turtle"),
        ("/ontology.html", "text/html"),
    ],
)
def test_what_else_has_formats_takes_a_suffix(
    client: FlaskClient, address: str, media_type: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, media_type)


def test_the_table_has_every_route_that_takes_a_format(app: Flask, client: FlaskClient) -> None:
    told: Any = client.get("/openapi.json").get_json()["paths"]
    rules = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", r.rule): r for r in app.url_map.iter_rules()}
    taking = {
        rules[path].endpoint
        for path, methods in told.items()
        if path in rules
        and "format" in {one["name"] for one in methods.get("get", {}).get("parameters", ())}
    }
    by_other_rules = {"protocol.endpoint", "resources.resource"}
    assert taking - by_other_rules == ROUTES - {"saved.results"}


@pytest.mark.parametrize("address", ["/nothing.ttl", "/ontology.pdf", "/queries/none.rq", "/.ttl"])
def test_a_suffix_of_nothing_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_format_that_a_document_has_not_is_not_acceptable(client: FlaskClient) -> None:
    assert "csv" in SUFFIXES
    answer = client.get("/ontology.csv")
    assert answer.status_code == 406
    assert answer.get_json()["offending"] == "csv"


def test_a_graph_whose_name_has_a_point_is_found_by_its_name() -> None:
    engine = LocalEngine()
    engine.store = OxigraphStore()
    engine.store.replace_graph(f"{vocab.BASE}graph/a.nt", [b"<a:s> <a:p> <a:o> ."])
    client = create_app(engine=engine).test_client()
    assert client.get("/graph/a.nt").mimetype == "text/turtle"
    assert client.get("/graph/a.nt.nq").mimetype == "application/n-quads"


@pytest.mark.parametrize(
    ("named", "given"),
    [
        ("turtle", "text/turtle"),
        ("TTL", "text/turtle"),
        ("nq", "application/n-quads"),
        ("n3", "text/turtle"),
        ("json", "application/ld+json"),
    ],
)
@pytest.mark.parametrize("address", ["/role/ml-engineer", "/graph/asserted", "/shapes"])
def test_a_name_of_a_format_means_the_same_everywhere(
    client: FlaskClient, address: str, named: str, given: str
) -> None:
    assert client.get(f"{address}?format={named}").mimetype == given


@pytest.mark.parametrize("alias", ["application/xml", "text/plain", "application/x-turtle"])
@pytest.mark.parametrize("address", ["/role/ml-engineer", "/graph/asserted", "/shapes"])
def test_an_alias_of_a_media_type_is_taken_everywhere(
    client: FlaskClient, address: str, alias: str
) -> None:
    assert client.get(address, headers={"Accept": alias}).mimetype == alias


def test_a_timeout_reaches_the_engine(client: FlaskClient, engine: LocalEngine) -> None:
    for address in ("/graph/asserted?timeout=7", "/graphs?default&timeout=7"):
        assert client.get(address).status_code == 200
        assert engine.timeouts[-1] == 7
    assert client.get("/graph/asserted?timeout=soon").status_code == 400


@pytest.mark.parametrize(
    ("address", "shows"),
    [
        ("/dataset", 'id="all-ttl"'),
        ("/shapes", 'id="shape/label"'),
        ("/alignment/esco", "esco"),
        ("/service", 'id="rowLimit"'),
    ],
)
def test_people_get_a_page_of_every_document(browse: Get, address: str, shows: str) -> None:
    page = browse(address)
    assert shows in page
    for link in re.findall(r'rel="alternate"[^>]* href="([^"]+)"', page):
        assert link.startswith(f"{address}.")


@pytest.mark.parametrize(
    "path", ["/role/%zz", "/role/%e9", "/role/a%25b", "/role/%EF%BF%BD", "/role/[", "/%25"]
)
def test_what_can_be_no_iri_is_not_found(client: FlaskClient, browse: Get, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404, answer.text
    assert isinstance(answer.get_json()["near"], list)
    assert "syntax error" not in browse(path, status=404)


def test_a_near_name_is_told_of_what_can_be_no_iri(client: FlaskClient) -> None:
    assert client.get("/role/ml-engineer%zz").get_json()["near"][0] == "role/ml-engineer"


def test_a_percent_sign_may_be_sent_escaped() -> None:
    engine = LocalEngine()
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    engine.store = OxigraphStore.from_ntriples(f'<{ROLE}a%25b> {label} "a%b" .\n'.encode(), b"")
    assert create_app(engine=engine).test_client().get("/role/a%25b").status_code == 200


def test_a_hash_iri_has_its_content_elsewhere(client: FlaskClient) -> None:
    answer = client.get("/ontology%23Role", headers={"Accept": "text/turtle"})
    location = answer.headers["Content-Location"]
    assert location.startswith("/about?iri=")
    assert client.get(location).status_code == 200
    assert f"{MLR}Role" in client.get(location.replace("=ttl", "=nt")).text


def test_every_limit_that_there_is_is_told_and_leads_to_what_it_means() -> None:
    limits = {"max_rows": 7, "client_requests": 3, "client_minute": 60, "queue": 5}
    client = create_app(limits, engine=LocalEngine()).test_client()
    told = client.get("/sparql.nt").text
    found = dict(re.findall(r"> <([^>]+service#\w+)> \"([^\"]+)\"", told))
    named = {iri.rpartition("#")[2]: value for iri, value in found.items()}
    assert named["rowLimit"] == "7"
    assert named["clientLimit"] == "3"
    assert named["clientMinuteLimit"] == "60"
    assert named["queueLimit"] == "5"
    meaning = client.get("/service.nt").text
    for iri in found:
        assert f"<{iri}> <{vocab.RDFS}comment>" in meaning
    unbounded = create_app(engine=LocalEngine()).test_client().get("/sparql.nt").text
    assert "rowLimit" not in unbounded
