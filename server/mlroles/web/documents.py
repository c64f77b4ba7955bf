"""Graphs that we hold ourselves, as documents in the format that a client likes best."""

from collections.abc import Callable

from flask import Response, request

from mlroles.errors import NotAcceptableError
from mlroles.knowledge.formats import FORMATS, Graphs
from mlroles.web import negotiation

_BY_MEDIA_TYPE = {format_.media_type: format_ for format_ in FORMATS.values()}
#: Turtle first: it is what a client gets that likes all equally.
MEDIA_TYPES = ("text/turtle", *sorted(_BY_MEDIA_TYPE.keys() - {"text/turtle"}))


def respond(graphs: Callable[[], Graphs]) -> Response:
    """Return what ``graphs`` returns, in a format of the request's Accept header.

    The response has an ETag and answers a conditional request (RFC 9110, 13). Raises
    NotAcceptableError before anything is made.
    """
    accept = request.headers.get("Accept")
    chosen = negotiation.choose(accept, MEDIA_TYPES)
    if chosen is None:
        raise NotAcceptableError(
            f"This document cannot be given as asked for by “Accept: {accept}”.",
            hint=f"Accept one of {', '.join(MEDIA_TYPES)}.",
            offending=accept,
            extra={"available": list(MEDIA_TYPES)},
        )
    response = Response(_BY_MEDIA_TYPE[chosen].write(graphs()), content_type=content_type(chosen))
    response.add_etag()
    response.make_conditional(request)
    return response


def content_type(media_type: str) -> str:
    """Return the media type with its charset, which text needs (RFC 6657)."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
