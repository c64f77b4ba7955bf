"""What the routes do not say of themselves: their parameters and what they answer with.

One table by endpoint. A route that is not in it is described by its path and its view alone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mlroles import __version__
from mlroles.store.media import GRAPH_FORMS, MEDIA_TYPES, RESULT_FORMS
from mlroles.vocab import PREFIXES
from mlroles.web import documents, formats
from mlroles.web.api.schemas import Json, named
from mlroles.web.services import Services

_HTML = "text/html"
_JSON = "application/json"
_RESULTS_JSON = "application/sparql-results+json"

#: Media type to schema; an empty one takes whatever text there is.
Content = Mapping[str, Json]


@dataclass(frozen=True)
class Details:
    """The parameters of a route, and the content of its answer of the status 200."""

    parameters: tuple[Json, ...] = ()
    content: Content | None = None
    #: Statuses of errors beside those that every route may have.
    errors: tuple[int, ...] = ()
    #: What a body may be, where it is no query.
    body: Content | None = None


def of_results(forms: Iterable[str]) -> Content:
    """Return the content of a result of a query of one of the forms."""
    wanted = set(forms)
    media = [m for m in MEDIA_TYPES if wanted.intersection(m.forms)]
    names = dict.fromkeys(name for m in media for name in (m.name, *m.aliases))
    told: dict[str, Json] = {name: {} for name in names}
    if _RESULTS_JSON in told:
        told[_RESULTS_JSON] = named("Results")
    return {**told, _HTML: {}}


def extensions(forms: Iterable[str]) -> list[str]:
    """Return what ``format=`` takes for a result of a query of one of the forms."""
    wanted = set(forms)
    return [*(m.extension for m in MEDIA_TYPES if wanted.intersection(m.forms)), "html"]


def query_parameter(name: str, description: str, schema: Json, *, required: bool = False) -> Json:
    """Return a parameter in the URL's query."""
    told = {"name": name, "in": "query", "description": description, "schema": schema}
    return {**told, "required": True} if required else told


def format_parameter(names: Iterable[str]) -> Json:
    """Return the parameter that goes before the Accept header."""
    return query_parameter(
        "format",
        "The format, in the place of the Accept header. Media types are taken too, as “output” is "
        "for this name; the path may end in a point and one of these instead, such as “.ttl”.",
        {"type": "string", "enum": list(names)},
    )


TIMEOUT = query_parameter(
    "timeout",
    "Seconds that the query may take; at most the server's own limit.",
    {"type": "number", "minimum": 1},
)
DOWNLOAD = query_parameter(
    "download", "Give anything here, such as 1, to have a file.", {"type": "string"}
)
PAGE = query_parameter(
    "page",
    "Which page of a result in HTML, from 1.",
    {"type": "integer", "minimum": 1, "maximum": 999_999},
)

_RDF: Content = {
    name: {}
    for media in MEDIA_TYPES
    if media.name in documents.MEDIA_TYPES
    for name in (media.name, *media.aliases)
}
_RDF_NAMES = list(documents.EXTENSIONS)
_ALL_FORMS = (*RESULT_FORMS, *GRAPH_FORMS)
_IRI: Json = {"type": "string", "format": "iri", "minLength": 1}
_TEAM: Json = {
    "type": "object",
    "properties": {
        "turtle": {"type": "string", "description": "Teams and people, in Turtle."},
        "role": {"type": "string", "description": "A role whose work the team is to do."},
        "download": {"type": "string", "description": "Give 1 to have the Turtle back."},
    },
}
_NAMES: Json = {"type": "array", "items": {"type": "string"}}
_IRIS: Json = {"type": "array", "items": _IRI}


def _document(content: Content, names: Iterable[str] = (), *more: Json) -> Details:
    """Return the details of a document in RDF and whatever else."""
    return Details((*more, format_parameter([*_RDF_NAMES, *names])), {**_RDF, **content})


_LOCAL = "[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?"
_NAME = f"(?:{'|'.join(PREFIXES)}):{_LOCAL}|https?://[A-Za-z0-9.-]+/[A-Za-z0-9./#_-]*"
_TERM: Json = {"type": "string", "pattern": f"^(?:{_NAME})$"}
_VALUE: Json = {"type": "string", "pattern": f'^(?:{_NAME}|"[^"\\\\\\r\\n]*")$'}
_QUERIES = {_JSON: named("SavedQueries"), _HTML: {}}
_QUERY = {_JSON: named("SavedQuery"), _HTML: {}, "application/sparql-query": {"type": "string"}}

_QUERYING = (
    query_parameter("query", "A query in SPARQL 1.1.", {"type": "string"}),
    query_parameter("default-graph-uri", "A graph of the default graph.", _IRIS),
    query_parameter("named-graph-uri", "A named graph.", _IRIS),
    TIMEOUT,
    DOWNLOAD,
    PAGE,
)
_ANSWER = of_results(_ALL_FORMS)
_REFUSALS = (403, 413, 415)
_GRAPH = (format_parameter(extensions(GRAPH_FORMS)), TIMEOUT, DOWNLOAD)

#: What a variable of a route's path can be: all of it, or an example.
PLACES: Mapping[tuple[str, str], Callable[[Services], Json]] = {
    ("graph_store.graph", "name"): lambda services: _one_of(
        name.removeprefix(PREFIXES["graph"]) for name in services.graphs()
    ),
    ("ontology.alignment", "name"): lambda services: _one_of(
        name.removeprefix("alignment-") for name in services.parts if "-" in name
    ),
    ("problem_types.problem_type", "slug"): lambda _: {
        "type": "string",
        "examples": ["query-syntax"],
    },
    ("protocol.in_format", "suffix"): lambda _: _one_of(formats.suffixes()),
    ("resources.resource", "iri"): lambda _: {"type": "string", "examples": ["role/ml-engineer"]},
    ("saved.one", "name"): lambda services: _one_of(query.name for query in services.catalogue),
    **{
        (f"ontology.{name}", "version"): lambda _: _one_of([__version__])
        for name in ("alignment", "ontology", "shapes")
    },
}


def _one_of(names: Iterable[str]) -> Json:
    return {"type": "string", "enum": list(names)}


BY_ENDPOINT: Mapping[str, Details] = {
    "api.api": Details(content={_HTML: {}}),
    "api.openapi": Details(content={_JSON: {"type": "object"}}),
    "compare.compare": Details(
        (query_parameter("role", "Two or more roles: names, or IRIs.", _NAMES),), {_HTML: {}}
    ),
    "dataset.description": _document({_HTML: {}}, ("html",)),
    "explain.explain": _document(
        {_JSON: named("Explanation"), _HTML: {}},
        ("json", "html"),
        query_parameter("s", "The subject: an IRI or a prefixed name.", _TERM, required=True),
        query_parameter("p", "The property, the same way.", _TERM, required=True),
        query_parameter(
            "o", "The object: an IRI, a prefixed name or a literal.", _VALUE, required=True
        ),
    ),
    "fit.fit": Details(
        (query_parameter("skill", "Your skills: names, or IRIs.", _NAMES),), {_HTML: {}}
    ),
    "graph_store.graph": Details(_GRAPH, of_results(GRAPH_FORMS)),
    "graph_store.store": Details(
        (
            query_parameter("graph", "The IRI of a named graph.", _IRI),
            query_parameter("default", "Give it, empty, for the default graph.", {"const": ""}),
            *_GRAPH,
        ),
        of_results(GRAPH_FORMS),
        (404,),
    ),
    "context.context": Details(content={"application/ld+json": {"type": "object"}}),
    "metrics.metrics": Details(content={"text/plain": {}}),
    "health.health": Details(content={_JSON: named("Health")}),
    "health.live": Details(content={_JSON: named("Life")}),
    "ontology.alignment": _document({_HTML: {}}, ("html",)),
    "ontology.mappings": Details(content={"text/tab-separated-values": {"type": "string"}}),
    "ontology.ontology": _document({_HTML: {}}, ("html",)),
    "ontology.shapes": _document({_HTML: {}}, ("html",)),
    "pages.favicon": Details(content={"image/svg+xml": {}}),
    "pages.home": Details(content={_HTML: {}}),
    "pages.logo": Details(content={"image/svg+xml": {}}),
    "problem_types.problem_type": Details(content={_JSON: {"type": "object"}, _HTML: {}}),
    "protocol.endpoint": Details(
        (*_QUERYING, format_parameter(extensions(_ALL_FORMS))), _ANSWER, _REFUSALS
    ),
    "protocol.service": _document({_HTML: {}}, ("html",)),
    "protocol.in_format": Details(_QUERYING, _ANSWER, _REFUSALS),
    "resources.about": _document(
        {_HTML: {}},
        ("html",),
        query_parameter("iri", "The IRI; without it, what all of this is.", _IRI),
    ),
    "resources.resource": _document({_HTML: {}}, ("html",)),
    "saved.every": _document(_QUERIES, ("json", "html")),
    "saved.one": _document(_QUERY, ("json", "html", "rq")),
    "search.search": Details(
        (
            query_parameter("q", "Words of a name or an alias.", {"type": "string"}),
            format_parameter(("json", "html")),
        ),
        {_JSON: named("Found"), _HTML: {}},
    ),
    "team.example": Details(content={"text/turtle": {}}),
    "team.report": Details(
        content={_HTML: {}, "text/turtle": {}}, errors=(413,), body={"multipart/form-data": _TEAM}
    ),
    "team.team": Details(content={_HTML: {}}),
    "terms.terms": Details(content={_JSON: {"type": "object"}}),
}
