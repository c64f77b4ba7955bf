"""The formats of the release files: one table from file extension to media type and writer.

Every writer gives the same bytes for the same graphs, whatever their order.
"""

import io
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from mlroles import jsonld, vocab
from mlroles.errors import KnowledgeError
from mlroles.knowledge import ntriples, pretty

#: Graph name to its triples.
Graphs: TypeAlias = Mapping[str, Collection[ox.Triple]]

_XML_NAME_END = re.compile(r"[^\W\d][\w.\-]*\Z")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _turtle(graphs: Graphs) -> bytes:
    return pretty.turtle(_merged(graphs), vocab.PREFIXES).encode()


def _trig(graphs: Graphs) -> bytes:
    return pretty.trig(graphs, vocab.PREFIXES).encode()


def _ntriples(graphs: Graphs) -> bytes:
    return ntriples.dump(_merged(graphs))


def _json_ld(graphs: Graphs) -> bytes:
    out = io.BytesIO()
    jsonld.write(ntriples.parse(ntriples.dump(_merged(graphs))), out)  # sorted, so by subject
    return out.getvalue()


def _rdf_xml(graphs: Graphs) -> bytes:
    for triple in _merged(graphs):
        _refuse_unwritable(triple)
    # Oxigraph writes a carriage return as it is, which XML reads as a line feed (XML 1.0, 2.11).
    return _serialised(graphs, ox.RdfFormat.RDF_XML).replace(b"\r", b"&#13;")


@dataclass(frozen=True)
class Format:
    """A format: its media type as IANA names it, and what writes graphs in it.

    ``write`` raises KnowledgeError for what the format cannot hold. All formats but TriG merge
    the graphs into one.
    """

    media_type: str
    write: Callable[[Graphs], bytes]


#: By file extension.
FORMATS: Mapping[str, Format] = {
    "jsonld": Format("application/ld+json", _json_ld),
    "nt": Format("application/n-triples", _ntriples),
    "rdf": Format("application/rdf+xml", _rdf_xml),
    "trig": Format("application/trig", _trig),
    "ttl": Format("text/turtle", _turtle),
}


def nquads(graphs: Graphs) -> bytes:
    """Return sorted N-Quads (RDF 1.1 N-Quads), the blank nodes replaced by IRIs.

    Such Skolem IRIs (RDF 1.1 Concepts, 3.5) are made of the nodes' stable labels, so that a
    store that is given the file twice holds no more than it did before.
    """
    quads = [
        ox.Quad(_named(t.subject), t.predicate, _named(t.object), ox.NamedNode(graph))  # type: ignore[arg-type] # RDF 1.1
        for graph, triples in graphs.items()
        for t in triples
    ]
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert text is not None  # noqa: S101 - None is for a call with an output
    return b"".join(sorted(set(text.splitlines(keepends=True))))


def _named(term: object) -> object:
    return ox.NamedNode(f"{vocab.SKOLEM}{term.value}") if isinstance(term, ox.BlankNode) else term


def _refuse_unwritable(triple: ox.Triple) -> None:
    """Raise KnowledgeError for what RDF/XML has no way to say (RDF/XML, sections 2.12 and 5.3)."""
    if not _XML_NAME_END.search(triple.predicate.value):
        raise KnowledgeError(
            f"RDF/XML cannot write the property {triple.predicate}: it ends in no XML name.",
            hint="End its name in a letter, followed by letters, digits, - or _.",
            offending=triple.predicate.value,
        )
    if isinstance(triple.object, ox.Literal) and _NOT_XML.search(triple.object.value):
        raise KnowledgeError(
            f"RDF/XML cannot write a control character in the text {triple.object}.",
            hint=f"It is the value of {triple.predicate} of {triple.subject}.",
            offending=triple.object.value,
        )


def _merged(graphs: Graphs) -> list[ox.Triple]:
    return [triple for triples in graphs.values() for triple in triples]


def _serialised(graphs: Graphs, rdf_format: ox.RdfFormat) -> bytes:
    triples = ntriples.parse(ntriples.dump(_merged(graphs)))  # sorted, so grouped by subject
    text = ox.serialize(triples, format=rdf_format, prefixes=vocab.PREFIXES)
    assert text is not None  # noqa: S101 - None is for a call with an output
    return text
