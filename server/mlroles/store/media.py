"""Every media type that a result can have: one table, in the order of our preference."""

from dataclasses import dataclass

from mlroles.errors import NotAcceptableError

#: The query forms that give solutions or a boolean, and those that give a graph.
RESULT_FORMS = ("SELECT", "ASK")
GRAPH_FORMS = ("CONSTRUCT", "DESCRIBE")


@dataclass(frozen=True)
class MediaType:
    """One format: its registered name, what a file of it ends in, which query forms it serves.

    ``aliases`` are other names by which clients ask for it.
    """

    name: str
    label: str
    extension: str
    forms: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of a Content-Type header: text states its charset, RFC 9110 section 8.3.

        CSV states that its first line is a header, RFC 4180 section 3.
        """
        charset = "; charset=utf-8" if self.name.startswith("text/") else ""
        return f"{self.name}{charset}{'; header=present' if self.name == 'text/csv' else ''}"


_XML = ("application/xml", "text/xml")

MEDIA_TYPES = (
    MediaType(
        "application/sparql-results+json", "JSON", "json", RESULT_FORMS, ("application/json",)
    ),
    MediaType("application/sparql-results+xml", "XML", "xml", RESULT_FORMS, _XML),
    MediaType("text/csv", "CSV", "csv", RESULT_FORMS),
    MediaType("text/tab-separated-values", "TSV", "tsv", RESULT_FORMS),
    MediaType("text/turtle", "Turtle", "ttl", GRAPH_FORMS, ("application/x-turtle",)),
    MediaType("application/n-triples", "N-Triples", "nt", GRAPH_FORMS, ("text/plain",)),
    MediaType("application/ld+json", "JSON-LD", "jsonld", GRAPH_FORMS, ("application/json",)),
    MediaType("application/rdf+xml", "RDF/XML", "rdf", GRAPH_FORMS, _XML),
    MediaType("application/trig", "TriG", "trig", GRAPH_FORMS),
    MediaType("application/n-quads", "N-Quads", "nq", GRAPH_FORMS),
)

BY_NAME = {media.name: media for media in MEDIA_TYPES}


def serving(form: str) -> tuple[MediaType, ...]:
    """Return the media types that a query of ``form`` can be answered in, preferred first."""
    return tuple(media for media in MEDIA_TYPES if form in media.forms)


def require(form: str, media_type: str) -> None:
    """Raise NotAcceptableError where a query of ``form`` cannot be answered in ``media_type``."""
    available = [media.name for media in serving(form)]
    if media_type not in available:
        raise NotAcceptableError(
            f"A query of this form cannot be answered in {media_type}.",
            hint=f"Ask for one of {', '.join(available)}.",
            extra={"available": available},
        )
