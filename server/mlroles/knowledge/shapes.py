"""Whether each description holds what its class asks for, by SHACL. The only importer of pyshacl.

Only what is asserted is looked at: by reasoning, whatever is the value of a property has the
class that the property's range is, and nothing would be found.
"""

from pathlib import Path

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from mlroles import paths, vocab
from mlroles.errors import KnowledgeError
from mlroles.knowledge.base import KnowledgeBase
from mlroles.knowledge.places import Places, Spot


def violations(knowledge: KnowledgeBase, shapes: Path | None = None) -> tuple[KnowledgeError, ...]:
    """Return what violates the shapes of a file, by default ours, in the order of the files.

    Each error has the shape as ``extra["rule"]``, and ``subject``, ``property`` and ``value``.
    """
    graph = Graph().parse(data=knowledge.asserted, format="nt")
    rules = Graph().parse(paths.SHAPES if shapes is None else shapes, format="turtle")
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=rules, inference="none")
    if conforms:
        return ()
    assert isinstance(report, Graph)  # noqa: S101 - it is an error where there is no report
    places = Places.of(knowledge.sources)
    errors = [
        _error(report, result, places) for result in report.subjects(RDF.type, SH.ValidationResult)
    ]
    return tuple(sorted(errors, key=_order))


def _order(error: KnowledgeError) -> tuple[str, int, int, str]:
    return (str(error.file), error.line or 0, error.column or 0, error.detail)


def _error(report: Graph, result: Node, places: Places) -> KnowledgeError:
    focus, path, value, shape, message = (
        report.value(result, name)
        for name in (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.resultMessage)
    )
    spot = _spot(focus, path, value, places)
    found = f" Found: {_shown(value)}." if value is not None and value != focus else ""
    told = {"rule": shape, "subject": focus, "property": path, "value": value}
    return KnowledgeError(
        f"{_shown(focus)}: {message}{found}",
        file=spot.file if spot else None,
        line=spot.line if spot else None,
        column=spot.column if spot else None,
        offending=None if value is None else str(value),
        extra={name: _shown(node) for name, node in told.items() if node is not None},
    )


def _spot(focus: Node | None, path: Node | None, value: Node | None, places: Places) -> Spot | None:
    """Return where the value stands, else where what it is a value of is described."""
    if (
        isinstance(focus, URIRef)
        and isinstance(path, URIRef)
        and isinstance(value, URIRef | Literal)
    ):
        triple = ox.Triple(_term(focus), _term(path), _object(value))
        if (spot := places.statement(triple)) is not None:
            return spot
    return places.subject(str(focus)) if isinstance(focus, URIRef) else None


def _term(node: URIRef) -> ox.NamedNode:
    return ox.NamedNode(str(node))


def _object(node: URIRef | Literal) -> ox.NamedNode | ox.Literal:
    if isinstance(node, URIRef):
        return _term(node)
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=_term(node.datatype) if node.datatype else None)


def _shown(node: Node | None) -> str:
    if isinstance(node, URIRef):
        return vocab.shorten(str(node))
    return node.n3() if isinstance(node, Literal | BNode) else str(node)
