"""``/sparql``: the SPARQL 1.1 Protocol's query operation, and a form for people."""

from flask import Blueprint, Response, make_response, render_template, request

from mlroles import sparql
from mlroles.engine import departure
from mlroles.errors import BadRequestError
from mlroles.web import formats, headers, operation, problems, result
from mlroles.web.example import EXAMPLE
from mlroles.web.inquiry import Inquiry
from mlroles.web.operation import Operation
from mlroles.web.services import Services, services
from mlroles.web.streaming import filename, stream

blueprint = Blueprint("protocol", __name__)

_PAGE = "sparql.html"


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query; give a browser that brings none the form."""
    shared = services()
    context: dict[str, object] = {"asked": Operation(EXAMPLE), "catalogue": shared.catalogue}
    problems.on_page(_PAGE, **context)
    asked = operation.read(request, shared.settings.max_body)
    if not asked.query or asked.query.isspace():
        return _form(shared, asked, context)
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
    if chosen.media is formats.HTML:
        shown = result.read(inquiry, shared)
        return make_response(render_template(_PAGE, result=shown, **context))
    answer = inquiry.run(shared.engine, chosen.media.name)
    name = filename("result", chosen.media) if asked.download else None
    return stream(answer, chosen.content_type, name)


def _form(shared: Services, asked: Operation, context: dict[str, object]) -> Response:
    accept = request.headers.get("Accept")
    if "html" not in asked.formats and not formats.prefers_html(accept):
        raise BadRequestError(
            "The request has no query.",
            hint="Send it as GET /sparql?query=…, or in the body of a POST as "
            "application/sparql-query or as the form field “query”.",
        )
    if asked.saved:
        context["asked"] = Operation(shared.catalogue.get(asked.saved).body, saved=asked.saved)
    return make_response(render_template(_PAGE, **context))
