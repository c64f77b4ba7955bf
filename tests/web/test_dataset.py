"""The description of the dataset, over HTTP."""

import html
import re
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import DCAT, VOID, Graph, Literal, URIRef

from inprocess import MLR, Get
from mlroles import vocab

DATASET = URIRef("https://w3id.org/mlroles/dataset")
FORMATS = ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]


def triples_of(content: bytes, media_type: str) -> set[ox.Triple]:
    rdf_format = ox.RdfFormat.from_media_type(media_type)
    return {quad.triple for quad in ox.parse(content, rdf_format)}


@pytest.mark.parametrize("path", ["/dataset", "/.well-known/void"])
@pytest.mark.parametrize("media_type", FORMATS)
def test_every_format_says_the_same(client: FlaskClient, path: str, media_type: str) -> None:
    response = client.get(path, headers={"Accept": media_type})
    assert response.status_code == 200
    assert response.mimetype == media_type
    assert triples_of(response.data, media_type) == triples_of(client.get(path).data, "text/turtle")


def test_it_counts_what_the_endpoint_serves_and_says_where(client: FlaskClient) -> None:
    told = Graph().parse(data=client.get("/dataset").text, format="turtle")
    asked = client.get(
        "/sparql?query=SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", headers={"Accept": "text/csv"}
    )
    assert told.value(DATASET, VOID.triples) == Literal(int(asked.text.split()[1]))
    assert told.value(DATASET, VOID.sparqlEndpoint) == URIRef("http://localhost/sparql")


def test_what_it_says_of_access_is_so(client: FlaskClient) -> None:
    told = Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    triples = told.value(DATASET, VOID.triples)
    dumps = set(told.objects(DATASET, VOID.dataDump))
    of_parts = {dump for dump in dumps if str(dump).startswith(vocab.BASE)}
    for dump in of_parts:
        assert client.get(f"/{str(dump).removeprefix(vocab.BASE)}").status_code == 200
    dumps -= of_parts
    whole = set(told.objects(DATASET, DCAT.distribution))
    assert dumps == {told.value(one, DCAT.downloadURL) for one in whole}
    assert len(dumps) == 4
    for dump in dumps:
        answer = client.get(str(dump).removeprefix("http://localhost"))
        (part,) = told.subjects(DCAT.downloadURL, dump)
        assert str(told.value(part, DCAT.mediaType)).endswith(f"/{answer.mimetype}")
        assert Literal(len(triples_of(answer.data, str(answer.mimetype)))) == triples
    lookup = f"{told.value(DATASET, VOID.uriLookupEndpoint)}{quote(MLR, safe='')}Role"
    assert client.get(lookup.removeprefix("http://localhost")).status_code == 200
    endpoint = told.value(None, DCAT.servesDataset, DATASET)
    assert endpoint == told.value(DATASET, VOID.sparqlEndpoint)
    described = str(told.value(endpoint, DCAT.endpointDescription))
    assert client.get(described.removeprefix("http://localhost")).get_json()["openapi"]


def test_what_it_cannot_be_given_as_is_told(client: FlaskClient) -> None:
    response = client.get("/dataset", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/turtle" in response.get_json()["available"]


def test_a_head_request_has_the_headers_alone(client: FlaskClient) -> None:
    response = client.head("/dataset")
    assert response.status_code == 200
    assert response.content_type == "text/turtle; charset=utf-8"
    assert response.data == b""


def test_the_logo_of_the_header_is_served(client: FlaskClient) -> None:
    response = client.get("/logo.svg")
    assert client.get("/favicon.ico").data == response.data
    assert response.status_code == 200
    assert response.mimetype == "image/svg+xml"


def test_the_page_has_every_class_and_property_with_its_count_and_loses_nothing(
    client: FlaskClient, browse: Get
) -> None:
    told = Graph().parse(data=client.get("/dataset").text, format="turtle")
    text = browse("/dataset")
    for part, name, counted in (
        (VOID.classPartition, VOID["class"], VOID.entities),
        (VOID.propertyPartition, VOID.property, VOID.triples),
    ):
        parts = list(told.objects(DATASET, part))
        assert parts
        for one in parts:
            anchor = str(one).partition("#")[2]
            row = text.partition(f'<tr id="{anchor}">')[2].partition("</tr>")[0]
            assert f'<td class="number">{int(str(told.value(one, counted))):,}</td>' in row
            assert vocab.shorten(str(told.value(one, name))).strip("<>") in row
    for thing in set(told.subjects()):
        anchor = str(thing).removeprefix(f"{DATASET}#").removeprefix(vocab.BASE)
        assert f'id="{anchor}"' in text, thing


def test_the_graphs_have_a_page_with_their_sizes_and_files(
    client: FlaskClient, browse: Get
) -> None:
    text = browse("/graphs")
    facts = client.get("/graphs", headers={"Accept": "text/turtle"}).text
    for iri in (vocab.ASSERTED, vocab.INFERRED):
        assert f'<code class="iri">{iri}</code>' in text
        assert vocab.shorten(iri) in facts
    links = [html.unescape(link) for link in re.findall(r'href="(/graphs[^"]+)"', text)]
    assert len(links) == 3 * 6
    sizes = [
        len(client.get(link).text.splitlines()) for link in links if "format=nt&" in f"{link}&"
    ]
    assert len(sizes) == 3
    assert all(f"{size:,} triples" in text for size in sizes)


def test_programs_that_name_no_format_get_the_description(client: FlaskClient) -> None:
    assert client.get("/graphs").mimetype == "text/turtle"
    assert client.get("/graphs", headers={"Accept": "*/*"}).mimetype == "text/turtle"
