"""``/ontology``, ``/alignment/…`` and ``/shapes``: the files that the graph is made by, by negotiation.

Each is at its IRI, and at its version's IRI (OWL 2 Structural Specification, 3.1). The ontology
comes as a page of its terms, the others as plain ones; all matches come as a table too.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, url_for

from mlroles import __version__, vocab
from mlroles.errors import NotFoundError
from mlroles.knowledge import reference, sssom
from mlroles.knowledge.formats import Graphs
from mlroles.web import contents, document_page, documents
from mlroles.web.loading import LOADING
from mlroles.web.services import services

blueprint = Blueprint(
    "ontology", __name__, static_folder=reference.STATIC, static_url_path="/static/reference"
)

_LABEL = ox.NamedNode(f"{vocab.RDFS}label")
#: What each format is called, in the order in which they are shown.
_FORMATS = {"ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD", "rdf": "RDF/XML"}


@blueprint.get("/ontology")
@blueprint.get("/ontology/<version>")
def ontology(version: str = __version__) -> Response:
    """Give the ontology, to people as a page."""
    _check(version)
    return documents.respond(lambda: _part("ontology"), _page)


@blueprint.get("/shapes")
@blueprint.get("/shapes/<version>")
def shapes(version: str = __version__) -> Response:
    """Give the shapes."""
    _check(version)
    return _document("shapes", "The shapes")


@blueprint.get("/alignment/<name>")
@blueprint.get("/alignment/<name>/<version>")
def alignment(name: str, version: str = __version__) -> Response:
    """Give the alignment with another vocabulary."""
    _check(version)
    part = f"alignment-{name}"
    if part not in services().parts:
        known = sorted(p.removeprefix("alignment-") for p in services().parts if "-" in p)
        raise NotFoundError(
            f"There is no alignment “{name[:100]}”.",
            hint=f"There are {', '.join(known)}.",
            offending=name,
        )
    return _document(part, f"The alignment with {name}")


@blueprint.get("/alignment/mappings")
def mappings() -> Response:
    """Give the matches of all alignments as one table in SSSOM."""
    given = [
        t for graphs in services().parts.values() for triples in graphs.values() for t in triples
    ]
    table = sssom.table([*given, *_labels(given)])
    return Response(table, content_type="text/tab-separated-values; charset=utf-8")


def _labels(given: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield how what is matched is called, which the data says."""
    matched = " ".join(f"<{iri}>" for iri in sorted(sssom.matched(given)))
    asked = f"SELECT ?s ?label {{ VALUES ?s {{ {matched} }} ?s <{_LABEL.value}> ?label }}"
    for row in contents.select(services().engine, asked):
        yield ox.Triple(row["s"], _LABEL, row["label"])  # type: ignore[arg-type] # IRI, literal


def _document(part: str, title: str) -> Response:
    iri = f"{vocab.BASE}{part.replace('-', '/', 1)}"
    return documents.respond(
        lambda: _part(part), lambda: document_page.render(title, iri, _part(part), services())
    )


def _part(name: str) -> Graphs:
    return services().parts[name]


def _check(version: str) -> None:
    if version != __version__:
        raise NotFoundError(
            f"There is no version “{version[:100]}” here.",
            hint=f"This server has version {__version__} only.",
            offending=version,
        )


def _page() -> str:
    formats = {
        text: url_for("ontology.ontology", format=extension) for extension, text in _FORMATS.items()
    }
    main = reference.fragment(services().reference, formats)
    graphs = {"asserted": vocab.ASSERTED, "inferred": vocab.INFERRED}
    loading = [(store, commands.format(**graphs)) for store, commands in LOADING]
    return render_template("ontology.html", main=main, loading=loading, parts=services().parts)
