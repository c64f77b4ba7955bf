"""``/sparql``: the SPARQL 1.1 Protocol's query operation, and a form for people."""

from flask import Blueprint, Response, request

from mlroles import sparql
from mlroles.errors import BadRequestError
from mlroles.web import formats, operation
from mlroles.web.inquiry import Inquiry
from mlroles.web.services import services
from mlroles.web.streaming import filename, stream

blueprint = Blueprint("protocol", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query; give a browser that brings none the form."""
    shared = services()
    asked = operation.read(request, shared.settings.max_body)
    if not asked.query or asked.query.isspace():
        raise _no_query()
    checked = sparql.check(asked.query, shared.limits)
    chosen = formats.choose(checked.form, request.headers.get("Accept"), asked.format)
    inquiry = Inquiry(checked, asked.default_graphs, asked.named_graphs, asked.timeout)
    answer = inquiry.run(shared, chosen.media.name)
    name = filename("result", chosen.media) if asked.download else None
    return stream(answer, chosen.content_type, name)


def _no_query() -> BadRequestError:
    return BadRequestError(
        "The request has no query.",
        hint="Send it as GET /sparql?query=…, or in the body of a POST as "
        "application/sparql-query or as the form field “query”.",
    )
