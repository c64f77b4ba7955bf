"""Graphs that we hold ourselves, as documents in the format that a client likes best."""

from collections.abc import Callable, Mapping

from flask import Response, request

from mlroles.errors import NotAcceptableError
from mlroles.knowledge.formats import FORMATS, Graphs
from mlroles.web import formats, negotiation, operation

_BY_MEDIA_TYPE = {format_.media_type: format_ for format_ in FORMATS.values()}
#: File extension to media type.
EXTENSIONS: Mapping[str, str] = {
    extension: format_.media_type for extension, format_ in FORMATS.items()
}
_QUERY = "application/sparql-query"
_TRIG = FORMATS["trig"].media_type
#: What ``format=`` takes beside media types.
_NAMED = {**EXTENSIONS, "html": formats.HTML.name, "json": "application/json", "rq": _QUERY}
#: What a page calls the formats that it leads to, by file extension.
NAMES = {
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "nt": "N-Triples",
    "rdf": "RDF/XML",
    "trig": "TriG, asserted and inferred apart",
}
#: Turtle first: it is what a client gets that likes all equally.
MEDIA_TYPES = ("text/turtle", *sorted(_BY_MEDIA_TYPE.keys() - {"text/turtle"}))


def respond(
    graphs: Callable[[], Graphs],
    page: Callable[[], str] | None = None,
    others: Mapping[str, Callable[[], str]] | None = None,
    extension: str | None = None,
) -> Response:
    """Return what ``graphs`` returns, in the format of the request's ``format=``, else its Accept.

    An ``extension`` that the address ends in comes before both.

    ``page`` makes the HTML, if there is one; ``others`` make further media types, which a client
    gets before the formats of RDF if it likes all equally. Raises NotAcceptableError before anything
    is made.
    """
    texts = dict(others or {})
    offers = (*texts, *MEDIA_TYPES)
    if page is not None:
        texts[formats.HTML.name] = page
        offers = (*offers, formats.HTML.name)
    chosen = _choose(offers, extension)
    content = texts[chosen]() if chosen in texts else _BY_MEDIA_TYPE[chosen].write(graphs())
    return Response(content, content_type=content_type(chosen))


def content_type(media_type: str) -> str:
    """Return the media type with its charset, which text needs (RFC 6657), and queries may have."""
    is_text = media_type.startswith("text/") or media_type == _QUERY
    return f"{media_type}; charset=utf-8" if is_text else media_type


def extension(response: Response) -> str:
    """Return the file extension of the format that a response of RDF or HTML is in."""
    by_type = {media_type: name for name, media_type in EXTENSIONS.items()}
    return by_type.get(response.mimetype or "", "html")


def _choose(offers: tuple[str, ...], ending: str | None) -> str:
    """Return the media type that the request wants. Raises NotAcceptableError."""
    accept = request.headers.get("Accept")
    wanted = ending or operation.single(operation.parameters(request), "format")
    if wanted:
        chosen, asked = _NAMED.get(wanted, wanted), f"format={wanted}"
    else:
        # Those who load all formats alike would have nothing in their default graph of TriG, which
        # many like best: it is for those who ask for it alone.
        merging = tuple(offer for offer in offers if offer != _TRIG)
        found = negotiation.choose(accept, merging) or negotiation.choose(accept, offers)
        chosen, asked = found or "", f"Accept: {accept}"
    if chosen not in offers:
        raise NotAcceptableError(
            f"This document cannot be given as asked for by “{asked}”.",
            hint=f"Accept one of {', '.join(offers)}, or say format= with one of them.",
            offending=wanted or accept,
            extra={"available": list(offers)},
        )
    return chosen
