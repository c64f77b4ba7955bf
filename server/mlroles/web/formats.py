"""The formats that a result can be given in, as a client names them: by Accept or ``format=``."""

from dataclasses import dataclass, replace

from mlroles.errors import NotAcceptableError
from mlroles.store.media import GRAPH_FORMS, RESULT_FORMS, MediaType, serving
from mlroles.web import negotiation

HTML = MediaType("text/html", "HTML", "html", (*RESULT_FORMS, *GRAPH_FORMS))

#: What people and clients write after ``format=``, where it is no extension of the table's.
_NAMES = {
    "json": "application/json",
    "json-ld": "application/ld+json",
    "n3": "text/turtle",
    "n-triples": "application/n-triples",
    "ntriples": "application/n-triples",
    "n-quads": "application/n-quads",
    "nquads": "application/n-quads",
    "rdf+xml": "application/rdf+xml",
    "rdfxml": "application/rdf+xml",
    "turtle": "text/turtle",
    "xml": "application/xml",
}


@dataclass(frozen=True)
class Format:
    """A media type, and the name under which the client asked for it."""

    media: MediaType
    content_type: str


def choose(form: str, accept: str | None, wanted: str | None = None) -> Format:
    """Return the format for a query of ``form``: as ``wanted`` says, else as ``accept`` does.

    Raises NotAcceptableError if there is none.
    """
    offers = _offers(form)
    name = _named(form, wanted) if wanted else negotiation.choose(accept, tuple(offers))
    if name is None or name not in offers:
        raise _not_acceptable(form, wanted, accept)
    media = offers[name]
    asked = name if wanted is None else media.name
    return Format(media, replace(media, name=asked).content_type)


def prefers_html(accept: str | None, machine: str = "application/json") -> bool:
    """Return whether a client that takes HTML and ``machine`` likes HTML better."""
    return negotiation.choose(accept, (machine, HTML.name)) == HTML.name


def _offers(form: str) -> dict[str, MediaType]:
    """Return what each name stands for: registered names first, in our order of preference."""
    media = (*serving(form), HTML)
    return {m.name: m for m in media} | {alias: m for m in media for alias in m.aliases}


def _named(form: str, wanted: str) -> str | None:
    """Return the media type that the value of ``format=`` means for a query of ``form``."""
    key = wanted.strip().lower().replace(" ", "+")
    extensions = {media.extension: media.name for media in (*serving(form), HTML)}
    return extensions.get(key) or _NAMES.get(key, key)


def _not_acceptable(form: str, wanted: str | None, accept: str | None) -> NotAcceptableError:
    available = [media.name for media in (*serving(form), HTML)]
    extensions = [media.extension for media in (*serving(form), HTML)]
    asked = f"format={wanted}" if wanted else f"Accept: {accept}"
    return NotAcceptableError(
        f"The result of a query of the form {form} cannot be given as asked for by “{asked}”.",
        hint=f"Accept one of {', '.join(available)}, or say format= with one of "
        f"{', '.join(extensions)}.",
        offending=wanted or accept,
        extra={"available": available},
    )
