"""The ontology, the shapes and the alignments at their IRIs, by negotiation."""

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from mlroles import __version__, config, paths, vocab
from mlroles.knowledge import load, ntriples, sssom
from mlroles.knowledge.formats import FORMATS
from mlroles.web.documents import MEDIA_TYPES

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ALIGNMENTS = sorted(path.stem for path in (paths.ONTOLOGY / "alignments").glob("*.ttl"))
DOCUMENTS = ["ontology", "shapes", *(f"alignment/{name}" for name in ALIGNMENTS)]


def triples(content: bytes, media_type: str) -> int:
    """Return how many triples there are: blank nodes have other labels each time."""
    rdf_format = ox.RdfFormat.from_media_type(media_type)
    return len({quad.triple for quad in ox.parse(content, rdf_format, rename_blank_nodes=True)})


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_has_its_header_at_its_iri_and_at_its_version(
    client: FlaskClient, document: str
) -> None:
    header = ox.NamedNode(f"{vocab.BASE}{document}")
    version = ox.NamedNode(f"{vocab.BASE}{document}/{__version__}")
    for address in (f"/{document}", f"/{document}/{__version__}"):
        response = client.get(address)
        assert response.content_type == "text/turtle; charset=utf-8"
        found = {quad.triple for quad in ox.parse(response.data, ox.RdfFormat.TURTLE)}
        assert ox.Triple(header, ox.NamedNode(f"{vocab.OWL}versionIRI"), version) in found


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_format_says_the_same(client: FlaskClient, document: str) -> None:
    count = triples(client.get(f"/{document}").data, "text/turtle")
    assert count > 20
    for extension, format_ in FORMATS.items():
        by_header = client.get(f"/{document}", headers={"Accept": format_.media_type})
        assert by_header.mimetype == format_.media_type
        assert triples(by_header.data, format_.media_type) == count
        by_word = client.get(f"/{document}?format={extension}", headers={"Accept": BROWSER})
        assert by_word.data == by_header.data


def test_the_ontology_says_what_its_files_do(client: FlaskClient) -> None:
    files = [paths.ONTOLOGY / "mlroles.ttl", paths.ONTOLOGY / "distinct.ttl"]
    expected = sum(triples(file.read_bytes(), "text/turtle") for file in files)
    assert triples(client.get("/ontology").data, "text/turtle") == expected


def test_a_browser_gets_the_page(client: FlaskClient) -> None:
    response = client.get("/ontology", headers={"Accept": BROWSER})
    assert response.content_type == "text/html; charset=utf-8"
    assert "Accept" in response.vary
    assert 'aria-current="true">Ontology</a>' in response.text
    for media_type in MEDIA_TYPES:
        assert client.get("/ontology", headers={"Accept": media_type}).mimetype == media_type
    assert client.get("/ontology?format=html").mimetype == "text/html"


def test_the_page_links_to_files_of_this_server(client: FlaskClient) -> None:
    text = client.get("/ontology?format=html").text
    for extension in ("ttl", "nt", "jsonld", "rdf"):
        assert f'<a href="/ontology?format={extension}">' in text


def test_the_style_of_the_page_is_served(client: FlaskClient) -> None:
    text = client.get("/ontology?format=html").text
    assert "/static/reference/reference.css" in text
    response = client.get("/static/reference/reference.css")
    assert response.mimetype == "text/css"
    assert "Accept" not in response.vary


def test_the_page_tells_of_what_the_endpoint_serves(client: FlaskClient) -> None:
    text = client.get("/ontology?format=html").text
    assert 'id="role/ml-engineer"' in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>" not in text


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("/ontology/9.9.9", f"This server has version {__version__} only."),
        ("/shapes/9.9.9", f"This server has version {__version__} only."),
        (f"/alignment/esco/{__version__}0", f"This server has version {__version__} only."),
        ("/alignment/esko", "There are edsf, esco, onet, schema, sfia."),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    client: FlaskClient, address: str, hint: str
) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.get_json()["hint"] == hint


@pytest.mark.parametrize(
    ("address", "accept"),
    [
        ("/ontology", "image/png"),
        ("/ontology?format=png", "*/*"),
        ("/shapes", "image/png"),
        ("/alignment/esco.csv", "*/*"),
    ],
)
def test_what_it_cannot_be_given_as_is_told(client: FlaskClient, address: str, accept: str) -> None:
    response = client.get(address, headers={"Accept": accept})
    assert response.status_code == 406


def test_the_table_of_all_matches_is_at_its_own_address(client: FlaskClient) -> None:
    response = client.get("/alignment/mappings")
    assert response.content_type == "text/tab-separated-values; charset=utf-8"
    knowledge = load(cache_dir=config.settings().cache_dir)
    table = sssom.table(ntriples.parse(knowledge.asserted)).decode()
    assert _unlabelled(response.text) == _unlabelled(table)
    assert "role:ml-engineer\tML engineer\t" in response.text
    assert f"#mapping_set_id: {vocab.BASE}alignment/mappings" in response.text


def _unlabelled(table: str) -> list[list[str]]:
    """Return the cells but for the subjects' labels, of which the graph of these tests has few."""
    rows = [line.split("\t") for line in table.splitlines()]
    return [row[:1] + row[2:] for row in rows]
