"""The formats that anything can be given in, as a client names them: one table, one negotiation.

A client names a format by the suffix of the address, by ``format=`` or ``output=``, or by Accept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mlroles.errors import NotAcceptableError
from mlroles.store.media import GRAPH_FORMS, MEDIA_TYPES, RESULT_FORMS, MediaType, serving
from mlroles.web import negotiation

HTML = MediaType("text/html", "HTML", "html", (*RESULT_FORMS, *GRAPH_FORMS))
JSON = MediaType("application/json", "JSON", "json", ())
QUERY = MediaType("application/sparql-query", "SPARQL", "rq", ())

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
    """Return the format for a query of ``form``, as :func:`among` chooses it."""
    offers = (*serving(form), HTML)
    return among(offers, accept, wanted, f"The result of a query of the form {form}")


def among(
    offers: Sequence[MediaType],
    accept: str | None,
    wanted: Sequence[str],
    what: str,
    reserved: frozenset[str] = frozenset(),
) -> Format:
    """Return the format of ``offers`` that ``wanted`` says, else the one that ``accept`` does.

    The first of ``wanted`` that can be given counts: some clients send several names of one
    format, for several servers. The earlier offer wins where all are liked equally; the ``reserved``
    ones are for those who would take no other. Raises NotAcceptableError, which names ``what``, if
    there is none.
    """
    names = _offers(offers)
    if wanted:
        meant = (_named(offers, one) for one in wanted)
        known = next((name for name in meant if name in names), None)
        if known is None:
            asked = "&".join(f"format={one}" for one in wanted)
            raise _not_acceptable(what, offers, asked, wanted[0])
        return _format(names[known].name, names[known])
    common = tuple(name for name in names if name not in reserved)
    chosen = negotiation.choose(accept, common) or negotiation.choose(accept, tuple(names))
    if chosen is None:
        raise _not_acceptable(what, offers, f"Accept: {accept}", accept)
    return _format(chosen, names[chosen])


def suffixes() -> dict[str, str]:
    """Return what may stand after the dot of ``/sparql``, and what it stands for in ``format=``."""
    return {media.extension: media.name for media in (*MEDIA_TYPES, HTML)}


def prefers_html(accept: str | None, machine: str = "application/json") -> bool:
    """Return whether a client that takes HTML and ``machine`` likes HTML better."""
    return negotiation.choose(accept, (machine, HTML.name)) == HTML.name


def _offers(offers: Sequence[MediaType]) -> dict[str, MediaType]:
    """Return what each name stands for: registered names first, in our order of preference."""
    names = {media.name: media for media in offers}
    for media in offers:
        for alias in media.aliases:
            names.setdefault(alias, media)
    return names


def _named(offers: Sequence[MediaType], wanted: str) -> str:
    """Return the media type that the value of ``format=`` means where there are ``offers``."""
    key = wanted.strip().lower().replace(" ", "+")
    extensions = {media.extension: media.name for media in reversed(offers)}
    return extensions.get(key) or _NAMES.get(key, key)


def _format(name: str, media: MediaType) -> Format:
    return Format(media, replace(media, name=name).content_type)


def _not_acceptable(
    what: str, offers: Sequence[MediaType], asked: str, offending: str | None
) -> NotAcceptableError:
    available = [media.name for media in offers]
    extensions = [media.extension for media in offers]
    return NotAcceptableError(
        f"{what} cannot be given as asked for by “{asked}”.",
        hint=f"Accept one of {', '.join(available)}, or say format= with one of "
        f"{', '.join(extensions)}.",
        offending=offending,
        extra={"available": available},
    )
