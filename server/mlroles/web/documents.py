"""Graphs that we hold ourselves, as documents in the format that a client likes best."""

from collections.abc import Callable, Mapping

import pyoxigraph as ox
from flask import Response, request

from mlroles.knowledge.formats import FORMATS, Graphs
from mlroles.store.media import BY_NAME, MediaType
from mlroles.web import formats, suffixes


def _quads(graphs: Graphs) -> bytes:
    """Return N-Quads, sorted; blank nodes stay such, as nobody loads a document twice."""
    text = ox.serialize(
        (
            ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(graph))
            for graph, triples in graphs.items()
            for t in triples
        ),
        format=ox.RdfFormat.N_QUADS,
    )
    return b"".join(sorted(set((text or b"").splitlines(keepends=True))))


#: File extension to what writes that format; Turtle is what a client gets that likes all equally.
_WRITERS: Mapping[str, Callable[[Graphs], bytes]] = {
    "ttl": FORMATS["ttl"].write,
    **{extension: format_.write for extension, format_ in sorted(FORMATS.items())},
    "nq": _quads,
}
_RDF = tuple(
    next(media for media in BY_NAME.values() if media.extension == extension)
    for extension in _WRITERS
)
#: File extension to media type.
EXTENSIONS: Mapping[str, str] = {media.extension: media.name for media in _RDF}
MEDIA_TYPES = tuple(media.name for media in _RDF)
#: What a page calls the formats that it leads to, by file extension.
NAMES = {
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "nt": "N-Triples",
    "rdf": "RDF/XML",
    "trig": "TriG, asserted and inferred apart",
}
#: Those who load all formats alike would have nothing in their default graph of these, which many
#: like best: they are for those who ask for them alone.
_WITH_NAMES = frozenset({EXTENSIONS["trig"], EXTENSIONS["nq"]})
_OTHERS = {media.name: media for media in (formats.JSON, formats.QUERY)}


def respond(
    graphs: Callable[[], Graphs],
    page: Callable[[], str] | None = None,
    others: Mapping[str, Callable[[], str]] | None = None,
    wanted: tuple[str, ...] | None = None,
) -> Response:
    """Return what ``graphs`` returns, in the format that the request wants; else in ``wanted``.

    ``page`` makes the HTML, if there is one; ``others`` make further media types, which a client
    gets before the formats of RDF if it likes all equally. Raises NotAcceptableError before anything
    is made.
    """
    texts = dict(others or {})
    offers: list[MediaType] = [*(_OTHERS[name] for name in texts), *_RDF]
    if page is not None:
        texts[formats.HTML.name] = page
        offers.append(formats.HTML)
    wanted = suffixes.wanted() if wanted is None else wanted
    accept = request.headers.get("Accept")
    chosen = formats.among(offers, accept, wanted, "This document", _WITH_NAMES)
    make = texts.get(chosen.media.name)
    content = make() if make else _WRITERS[chosen.media.extension](graphs())
    return Response(content, content_type=_content_type(chosen))


def _content_type(chosen: formats.Format) -> str:
    """Return the media type; a query may have a charset too (SPARQL 1.1 Query, 21)."""
    query = chosen.media is formats.QUERY
    return f"{chosen.content_type}; charset=utf-8" if query else chosen.content_type


def extension(response: Response) -> str:
    """Return the file extension of the format that a response of RDF or HTML is in."""
    known = {name: media.extension for media in _RDF for name in (media.name, *media.aliases)}
    return known.get(response.mimetype or "", "html")
