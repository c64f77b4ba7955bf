"""``/sparql``: the SPARQL 1.1 Protocol's query operation, and a form for people."""

from dataclasses import replace

from flask import Blueprint, Response, make_response, render_template, request

from mlroles import sparql
from mlroles.engine import departure
from mlroles.errors import BadRequestError, NotFoundError
from mlroles.web import (
    document_page,
    documents,
    formats,
    headers,
    negotiation,
    operation,
    problems,
    result,
    row_cap,
    service_description,
)
from mlroles.web.example import EXAMPLE
from mlroles.web.inquiry import Inquiry
from mlroles.web.operation import Operation
from mlroles.web.services import Services, services
from mlroles.web.streaming import filename, respond

blueprint = Blueprint("protocol", __name__)

_PAGE = "sparql.html"
_METHODS = ("GET", "POST", "QUERY")


@blueprint.route("/sparql", methods=_METHODS)
def endpoint() -> Response:
    """Answer a query; without one, give a browser the form, and a program the description."""
    return _answer(())


@blueprint.route("/sparql.<suffix>", methods=_METHODS)
def in_format(suffix: str) -> Response:
    """Answer a query in the format of the suffix, for those who can set no header."""
    known = formats.suffixes()
    if suffix not in known:
        raise NotFoundError(
            f"There is no format “{suffix[:100]}”.",
            hint=f"There are {', '.join(f'/sparql.{name}' for name in known)}.",
            offending=suffix,
        )
    return _answer((suffix,))


@blueprint.get("/service")
def service() -> Response:
    """Tell what the properties mean by which the endpoint describes its limits."""
    iri, graphs = (
        service_description.VOCABULARY,
        {service_description.VOCABULARY: service_description.vocabulary()},
    )
    return documents.respond(
        lambda: graphs,
        lambda: document_page.render("The limits of an endpoint", iri, graphs, services()),
    )


@blueprint.after_request
def _tell_bodies(response: Response) -> Response:
    """Say what a QUERY may bring (The HTTP QUERY Method, 3)."""
    response.headers["Accept-Query"] = ", ".join(f'"{kind}"' for kind in operation.BODIES)
    return response


def _answer(wanted: tuple[str, ...]) -> Response:
    shared = services()
    context: dict[str, object] = {"asked": Operation(EXAMPLE), "catalogue": shared.catalogue}
    problems.on_page(_PAGE, **context)
    asked = operation.read(request, shared.settings.max_body)
    asked = replace(asked, formats=wanted or asked.formats)
    if not asked.query or asked.query.isspace():
        return _without_query(shared, asked, context)
    context["asked"] = asked
    problems.on_page(_PAGE, **context)
    checked = sparql.check(asked.query, shared.limits)
    if checked.volatile:
        headers.keep_none()
    inquiry = Inquiry(
        checked,
        asked.default_graphs,
        asked.named_graphs,
        asked.timeout,
        request.environ.get(departure.KEY),
    )
    inquiry.require_graphs(shared.graphs)
    chosen = formats.choose(checked.form, request.headers.get("Accept"), asked.formats)
    inquiry = row_cap.apply(inquiry, shared)
    if chosen.media is formats.HTML:
        shown = result.read(inquiry, shared, asked.page)
        return make_response(render_template(_PAGE, result=shown, **context))
    name = filename("result", chosen.media) if asked.download else None
    return respond(inquiry, shared, chosen, name)


def _without_query(shared: Services, asked: Operation, context: dict[str, object]) -> Response:
    """Return the form or the service description (SPARQL 1.1 Service Description, 2)."""
    accept = request.headers.get("Accept")
    if "html" in asked.formats or (not asked.formats and formats.prefers_html(accept)):
        if asked.saved:
            saved = Operation(shared.catalogue.get(asked.saved).body, saved=asked.saved)
            context["asked"] = saved
        return make_response(render_template(_PAGE, **context))
    takes_rdf = negotiation.choose(accept, documents.MEDIA_TYPES) or asked.formats
    if asked.query is None and request.method in {"GET", "HEAD"} and takes_rdf:
        return service_description.respond(shared, asked.formats)
    raise BadRequestError(
        "The request has no query.",
        hint="Send it as GET /sparql?query=…, or in the body of a POST as "
        "application/sparql-query or as the form field “query”.",
    )
