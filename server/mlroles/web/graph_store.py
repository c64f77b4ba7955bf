"""The read side of the SPARQL 1.1 Graph Store HTTP Protocol: whole graphs by GET and HEAD.

A graph is named in the address's query (``/graphs?default``, ``/graphs?graph=IRI``; section 4.2)
or is at its own IRI (``/graph/asserted``; section 4.1). Other methods get a 405: section 5 allows a
server to have none of the operations that write.
"""

from urllib.parse import urlencode

from flask import Blueprint, Response, g, render_template, request, url_for

from mlroles import sparql, vocab
from mlroles.engine import departure
from mlroles.errors import BadRequestError, NotFoundError
from mlroles.sparql import Form
from mlroles.store.media import serving
from mlroles.terms import Iri
from mlroles.vocab import PREFIXES
from mlroles.web import formats, operation, service_description, suffixes
from mlroles.web.inquiry import Inquiry
from mlroles.web.services import Services, services
from mlroles.web.streaming import filename, respond

blueprint = Blueprint("graph_store", __name__)

_FORM = Form.CONSTRUCT
_ALL = "CONSTRUCT WHERE { ?s ?p ?o }"


@blueprint.get("/graphs")
def store() -> Response:
    """Give the graph that the parameters name; without any, the description of the service.

    A browser gets a page of the graphs in its place.
    """
    pairs = operation.parameters(request)
    names = operation.every(pairs, "graph")
    default = any(name == "default" for name, _ in pairs)
    if not names and not default:
        return service_description.respond(services(), page=_page)
    if default + len(names) > 1:
        raise BadRequestError(
            "The request names more than one graph.",
            hint="Say “default”, or “graph=” with one IRI.",
        )
    if default:
        return _give(None, "default")
    _require_absolute(names[0])
    return _named(services(), names[0])


@blueprint.get("/graph/<path:name>")
def graph(name: str) -> Response:
    """Give the graph that has the IRI of this address."""
    shared = services()
    written = f"{PREFIXES['graph']}{name}.{suffixes.given()}"
    if written in shared.graphs():  # its name has a point, and what follows is no suffix
        g.suffix = ""
        return _named(shared, written)
    return _named(shared, f"{PREFIXES['graph']}{name}")


def _page() -> str:
    facts = services().facts
    sizes = {vocab.ASSERTED: facts.asserted, vocab.INFERRED: facts.inferred}
    graphs = [(iri, sizes.get(iri)) for iri in facts.graphs]
    return render_template("graphs.html", facts=facts, graphs=graphs, media=serving(_FORM))


def _require_absolute(iri: str) -> None:
    try:
        Iri(iri)
    except ValueError as error:
        raise BadRequestError(
            f"“{iri[:100]}” is no absolute IRI.",
            hint="Say “graph=” with the graph's IRI, its reserved characters written as %XX.",
            offending=iri,
        ) from error


def _named(shared: Services, iri: str) -> Response:
    known = shared.graphs()
    if iri not in known:
        raise NotFoundError(
            f"There is no graph <{iri[:200]}>.",
            hint=f"There are {' and '.join(f'<{name}>' for name in known)}.",
            offending=iri,
            extra={"graphs": list(known)},
        )
    return _give(iri, iri.rpartition("/")[2])


def _give(iri: str | None, stem: str) -> Response:
    """Return a graph, None the default graph, in the format that the request wants."""
    shared = services()
    pairs = operation.parameters(request)
    checked = sparql.check(_ALL, shared.limits)
    chosen = formats.choose(checked.form, request.headers.get("Accept"), suffixes.wanted())
    graphs = () if iri is None else (iri,)
    if chosen.media is formats.HTML:
        pairs = [("query", _ALL), *(("default-graph-uri", iri) for iri in graphs)]
        address = f"{url_for('protocol.endpoint')}?{urlencode([*pairs, ('format', 'html')])}"
        return Response(status=303, headers={"Location": address})
    inquiry = Inquiry(
        checked,
        graphs,
        timeout=operation.seconds(operation.single(pairs, "timeout")),
        departure=request.environ.get(departure.KEY),
    )
    name = filename(stem, chosen.media) if operation.single(pairs, "download") else None
    return respond(inquiry, shared, chosen, name)
