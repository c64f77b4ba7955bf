"""``/queries``: the saved queries, their parameters and their results."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, json, make_response, render_template, request, url_for

from mlroles import sparql
from mlroles.engine import departure
from mlroles.errors import NotFoundError
from mlroles.knowledge.formats import Graphs
from mlroles.saved import Bound, SavedQuery, bind, titles
from mlroles.web import (
    documents,
    executables,
    formats,
    headers,
    operation,
    parameters,
    problems,
    result,
    row_cap,
    suffixes,
)
from mlroles.web.inquiry import Inquiry
from mlroles.web.services import Services, services
from mlroles.web.streaming import filename, respond

blueprint = Blueprint("saved", __name__, url_prefix="/queries")

#: Parameters of ours beside the query's own.
_RESERVED = ("format", "output", "timeout", "download", "page")

_JSON = "application/json"
_TEXT = "application/sparql-query"


@blueprint.get("")
def every() -> Response:
    """List the saved queries, for people by audience."""
    shared = services()
    _keep_when_verified(shared)
    return documents.respond(
        lambda: _as_rdf(shared, shared.catalogue),
        lambda: render_template("queries.html", catalogue=shared.catalogue),
        {_JSON: lambda: _json([_summary(shared, query) for query in shared.catalogue])},
    )


@blueprint.get("/<name>")
def one(name: str) -> Response:
    """Show one saved query: what it asks, its parameters, its text.

    Form and text have the parameters of the request in place.
    """
    shared = services()
    query = _get(shared, name)
    _keep_when_verified(shared)
    context = _context(shared, query)
    problems.on_page("query.html", **context)
    given = _given(operation.parameters(request))
    bound = bind(query, given, shared.choices) if given else None
    return documents.respond(
        lambda: _as_rdf(shared, [query]),
        lambda: render_template("query.html", **context | _filled(shared, bound)),
        {
            _JSON: lambda: _json(_description(shared, query)),
            _TEXT: lambda: bound.text if bound else query.text,
        },
    )


@blueprint.get("/<name>/results")
def results(name: str) -> Response:
    """Run a saved query with the parameters of the request."""
    shared = services()
    query = _get(shared, name)
    context = _context(shared, query)
    problems.on_page("query.html", **context)
    pairs = operation.parameters(request)
    given = _given(pairs)
    bound = bind(query, given, shared.choices)
    checked = sparql.check(bound.text, shared.limits)
    chosen = formats.choose(checked.form, request.headers.get("Accept"), suffixes.wanted())
    if checked.volatile:
        headers.keep_none()
    inquiry = Inquiry(
        checked,
        timeout=operation.seconds(operation.single(pairs, "timeout")),
        departure=request.environ.get(departure.KEY),
    )
    inquiry = row_cap.apply(inquiry, shared)
    if chosen.media is formats.HTML:
        _keep_when_verified(shared)
        context |= _filled(shared, bound)
        shown = result.read(inquiry, shared, operation.page(operation.single(pairs, "page")))
        return make_response(render_template("query.html", **context, result=shown, given=given))
    download = operation.single(pairs, "download")
    file = filename(query.name, chosen.media) if download else None
    return respond(inquiry, shared, chosen, file)


def _given(pairs: operation.Pairs) -> dict[str, list[str]]:
    """Return what is given of a query's own parameters."""
    given: dict[str, list[str]] = {}
    for key, value in pairs:
        if key not in _RESERVED:
            given.setdefault(key, []).append(value)
    return given


def _keep_when_verified(shared: Services) -> None:
    """Let nobody keep what is told of the queries while they are being verified."""
    if shared.verification.under_way:
        headers.keep_none()


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
    return {
        "query": query,
        "title": query.summary,
        "fields": parameters.fields(query, {}, shared.choices),
        "verdict": shared.verification.of(query),
    }


def _filled(shared: Services, bound: Bound | None) -> dict[str, Any]:
    """Return what a query's page shows where its parameters have values."""
    if bound is None:
        return {}
    fields = parameters.fields(bound.query, bound.values, shared.choices)
    return {"bound": bound, "fields": fields, "title": titles.of(bound, shared.choices)}


def _summary(shared: Services, query: SavedQuery) -> dict[str, Any]:
    verdict = shared.verification.of(query)
    return {
        **query.about,
        "parameters": [parameter.name for parameter in query.parameters],
        "verified": None if verdict is None else asdict(verdict),
        "url": url_for("saved.one", name=query.name, _external=True),
        "results": url_for("saved.results", name=query.name, _external=True),
    }


def _description(shared: Services, query: SavedQuery) -> dict[str, Any]:
    described = [parameters.describe(parameter, shared.choices) for parameter in query.parameters]
    return {**_summary(shared, query), "parameters": described, "query": query.text}


def _as_rdf(shared: Services, queries: Iterable[SavedQuery]) -> Graphs:
    endpoint = url_for("protocol.endpoint", _external=True)
    return executables.graphs(queries, endpoint, shared.limits)


def _json(content: object) -> str:
    return f"{json.dumps(content, ensure_ascii=False, sort_keys=False, indent=2)}\n"
