"""``/queries``: the saved queries, their parameters and their results."""

from typing import Any

from flask import Blueprint, Response, json, make_response, render_template, request, url_for

from mlroles import sparql
from mlroles.engine import departure
from mlroles.errors import NotAcceptableError, NotFoundError
from mlroles.saved import SavedQuery, bind
from mlroles.web import formats, headers, negotiation, operation, parameters, problems, result
from mlroles.web.inquiry import Inquiry
from mlroles.web.services import Services, services
from mlroles.web.streaming import filename, stream

blueprint = Blueprint("saved", __name__, url_prefix="/queries")

#: Parameters of ours beside the query's own.
_RESERVED = ("format", "timeout", "download")

_JSON = "application/json"
_TEXT = "application/sparql-query"
_DESCRIPTIONS = {"json": _JSON, "html": formats.HTML.name, "rq": _TEXT}


@blueprint.get("")
def every() -> Response:
    """List the saved queries, for people by audience."""
    shared = services()
    kind = _choose((_JSON, formats.HTML.name))
    if kind == _JSON:
        return _json([_summary(query) for query in shared.catalogue])
    return make_response(render_template("queries.html", catalogue=shared.catalogue))


@blueprint.get("/<name>")
def one(name: str) -> Response:
    """Show one saved query: what it asks, its parameters, its text."""
    shared = services()
    query = _get(shared, name)
    kind = _choose((_JSON, formats.HTML.name, _TEXT))
    if kind == _TEXT:
        return Response(query.text, content_type=f"{_TEXT}; charset=utf-8")
    if kind == _JSON:
        described = [
            parameters.describe(parameter, shared.choices) for parameter in query.parameters
        ]
        return _json({**_summary(query), "parameters": described, "query": query.text})
    return make_response(render_template("query.html", **_context(shared, query)))


@blueprint.get("/<name>/results")
def results(name: str) -> Response:
    """Run a saved query with the parameters of the request."""
    shared = services()
    query = _get(shared, name)
    context = _context(shared, query)
    problems.on_page("query.html", **context)
    pairs = operation.parameters(request)
    given: dict[str, list[str]] = {}
    for key, value in pairs:
        if key not in _RESERVED:
            given.setdefault(key, []).append(value)
    bound = bind(query, given, shared.choices)
    checked = sparql.check(bound.text, shared.limits)
    wanted = operation.every(pairs, "format")
    chosen = formats.choose(checked.form, request.headers.get("Accept"), wanted)
    if checked.volatile:
        headers.keep_none()
    inquiry = Inquiry(
        checked,
        timeout=operation.seconds(operation.single(pairs, "timeout")),
        departure=request.environ.get(departure.KEY),
    )
    if chosen.media is formats.HTML:
        context["fields"] = parameters.fields(query, bound.values, shared.choices)
        shown = result.read(inquiry, shared)
        return make_response(
            render_template("query.html", **context, result=shown, given=given, bound=bound)
        )
    answer = inquiry.run(shared.engine, chosen.media.name)
    download = operation.single(pairs, "download")
    return stream(
        answer, chosen.content_type, filename(query.name, chosen.media) if download else None
    )


def _get(shared: Services, name: str) -> SavedQuery:
    """Return the query of that name. Raises NotFoundError, with near names, linked on its page."""
    try:
        return shared.catalogue.get(name)
    except NotFoundError:
        near = shared.catalogue.near(name)
        links = [(one, url_for("saved.one", name=one)) for one in near]
        problems.on_page("problem.html", near=links)
        raise


def _context(shared: Services, query: SavedQuery) -> dict[str, Any]:
    return {"query": query, "fields": parameters.fields(query, {}, shared.choices)}


def _summary(query: SavedQuery) -> dict[str, Any]:
    return {
        "name": query.name,
        "number": query.number,
        "summary": query.summary,
        "description": query.description,
        "tags": query.tags,
        "audience": query.audience,
        "parameters": [parameter.name for parameter in query.parameters],
        "url": url_for("saved.one", name=query.name, _external=True),
        "results": url_for("saved.results", name=query.name, _external=True),
    }


def _choose(offers: tuple[str, ...]) -> str:
    """Return the description that the request wants. Raises NotAcceptableError."""
    wanted = operation.single(operation.parameters(request), "format")
    accept = request.headers.get("Accept")
    name = _DESCRIPTIONS.get(wanted) if wanted else negotiation.choose(accept, offers)
    if name is None or name not in offers:
        raise NotAcceptableError(
            "The description cannot be given in a type that is asked for.",
            hint=f"Accept one of {', '.join(offers)}.",
            offending=wanted or accept,
            extra={"available": list(offers)},
        )
    return name


def _json(content: object) -> Response:
    text: str = json.dumps(content, ensure_ascii=False, sort_keys=False, indent=2)
    return Response(f"{text}\n", content_type=_JSON)
