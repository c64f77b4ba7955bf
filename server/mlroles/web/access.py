"""Where and how the dataset is to be had on this server, as VoID and DCAT tell it."""

from collections.abc import Iterator

import pyoxigraph as ox
from flask import url_for

from mlroles import vocab
from mlroles.knowledge.description import DATASET
from mlroles.knowledge.formats import FORMATS
from mlroles.knowledge.statistics import VOID, Statement

_DCAT, _DCT, _FOAF = (vocab.PREFIXES[prefix] for prefix in ("dcat", "dcterms", "foaf"))
_TYPE = f"{vocab.RDF}type"
_FORMATS = "http://www.w3.org/ns/formats/"
_IANA = "https://www.iana.org/assignments/media-types/"
_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
_FEATURES = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG")
#: The formats in which all triples are to be had at once.
_DUMPS = {"nt": "N-Triples", "ttl": "Turtle", "jsonld": "JSON-LD", "rdf": "RDF/XML"}


def triples() -> list[ox.Triple]:
    """Return it, with the addresses by which this request reached the server."""
    every = [*_of_void(), *_of_service(), *_of_dumps()]
    return [ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in every]


def _of_void() -> Iterator[Statement]:
    """Yield access to the dataset (VoID, 3) and what this document is (VoID, 6)."""
    yield DATASET, f"{VOID}sparqlEndpoint", _at("protocol.endpoint")
    lookup = f"{_at('resources.about').value}?iri="  # the IRI is put after it (VoID, 3.4)
    yield DATASET, f"{VOID}uriLookupEndpoint", ox.NamedNode(lookup)
    for name in _FEATURES:
        yield DATASET, f"{VOID}feature", ox.NamedNode(f"{_FORMATS}{name}")
    document = _at("dataset.description").value
    yield document, _TYPE, ox.NamedNode(f"{VOID}DatasetDescription")
    yield document, f"{_FOAF}primaryTopic", ox.NamedNode(DATASET)


def _of_service() -> Iterator[Statement]:
    """Yield the endpoint as a service (DCAT 3, 6.9)."""
    endpoint = _at("protocol.endpoint")
    yield endpoint.value, _TYPE, ox.NamedNode(f"{_DCAT}DataService")
    yield endpoint.value, f"{_DCT}title", ox.Literal("SPARQL endpoint of mlroles", language="en")
    yield endpoint.value, f"{_DCT}conformsTo", ox.NamedNode(_PROTOCOL)
    yield endpoint.value, f"{_DCAT}endpointURL", endpoint
    yield endpoint.value, f"{_DCAT}endpointDescription", _at("api.openapi")
    yield endpoint.value, f"{_DCAT}servesDataset", ox.NamedNode(DATASET)


def _of_dumps() -> Iterator[Statement]:
    """Yield all triples as files to download (VoID, 3.3; DCAT 3, 6.8)."""
    for extension, name in _DUMPS.items():
        address = ox.NamedNode(f"{_at('graph_store.store').value}?default&format={extension}")
        part = f"{DATASET}#all-{extension}"
        media_type = ox.NamedNode(f"{_IANA}{FORMATS[extension].media_type}")
        yield DATASET, f"{VOID}dataDump", address
        yield DATASET, f"{_DCAT}distribution", ox.NamedNode(part)
        yield part, _TYPE, ox.NamedNode(f"{_DCAT}Distribution")
        yield part, f"{_DCT}title", ox.Literal(f"All triples in {name}", language="en")
        yield part, f"{_DCAT}downloadURL", address
        yield part, f"{_DCAT}mediaType", media_type


def _at(endpoint: str) -> ox.NamedNode:
    return ox.NamedNode(url_for(endpoint, _external=True))
