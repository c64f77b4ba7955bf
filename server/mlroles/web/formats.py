"""The formats that a result can be given in, as a client names them: by Accept or ``format=``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mlroles.errors import NotAcceptableError
from mlroles.store.media import GRAPH_FORMS, MEDIA_TYPES, RESULT_FORMS, MediaType, serving
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


def choose(form: str, accept: str | None, wanted: Sequence[str] = ()) -> Format:
    """Return the format for a query of ``form``: as ``wanted`` says, else as ``accept`` does.

    The first of ``wanted`` that can be given counts: some clients send several names of one
    format, for several servers. Raises NotAcceptableError if there is none.
    """
    offers = _offers(form)
    if not wanted:
        name = negotiation.choose(accept, tuple(offers))
        if name is None:
            raise _not_acceptable(form, f"Accept: {accept}", accept)
        return _format(name, offers[name])
    names = (_named(form, one) for one in wanted)
    known = next((name for name in names if name in offers), None)
    if known is None:
        asked = "&".join(f"format={one}" for one in wanted)
        raise _not_acceptable(form, asked, wanted[0])
    return _format(offers[known].name, offers[known])


def suffixes() -> dict[str, str]:
    """Return what may stand after the dot of an address, and what it stands for in ``format=``."""
    return {media.extension: media.name for media in (*MEDIA_TYPES, HTML)}


def prefers_html(accept: str | None, machine: str = "application/json") -> bool:
    """Return whether a client that takes HTML and ``machine`` likes HTML better."""
    return negotiation.choose(accept, (machine, HTML.name)) == HTML.name


def _offers(form: str) -> dict[str, MediaType]:
    """Return what each name stands for: registered names first, in our order of preference."""
    media = (*serving(form), HTML)
    return {m.name: m for m in media} | {alias: m for m in media for alias in m.aliases}


def _named(form: str, wanted: str) -> str:
    """Return the media type that the value of ``format=`` means for a query of ``form``."""
    key = wanted.strip().lower().replace(" ", "+")
    extensions = {media.extension: media.name for media in (*serving(form), HTML)}
    return extensions.get(key) or _NAMES.get(key, key)


def _format(name: str, media: MediaType) -> Format:
    return Format(media, replace(media, name=name).content_type)


def _not_acceptable(form: str, asked: str, offending: str | None) -> NotAcceptableError:
    available = [media.name for media in (*serving(form), HTML)]
    extensions = [media.extension for media in (*serving(form), HTML)]
    return NotAcceptableError(
        f"The result of a query of the form {form} cannot be given as asked for by “{asked}”.",
        hint=f"Accept one of {', '.join(available)}, or say format= with one of "
        f"{', '.join(extensions)}.",
        offending=offending,
        extra={"available": available},
    )
