"""The page of the dataset: what VoID counts of it as tables, and the rest, folded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import render_template

from mlroles import vocab
from mlroles.knowledge.description import DATASET
from mlroles.knowledge.formats import Graphs
from mlroles.web import document_page, documents
from mlroles.web.document_page import Said
from mlroles.web.services import Services
from mlroles.web.table import Cell

_COUNTS = ("triples", "entities", "classes", "properties")


@dataclass(frozen=True)
class Part:
    """A class or a property, and how many things or triples it has; ``anchor`` is its place."""

    anchor: str
    thing: Cell
    count: int


@dataclass(frozen=True)
class Links:
    """How many links by one property lead to another vocabulary."""

    anchor: str
    target: Cell
    property: Cell
    count: int


def render(graphs: Graphs, shared: Services) -> str:
    """Return the page. Raises what the engine raises."""
    every = document_page.things(DATASET, graphs, shared)
    by_iri = {thing.subject.address: thing for thing in every}
    classes, properties = _parts(every, "class", "entities"), _parts(every, "property", "triples")
    links = [
        Links(
            thing.anchor, thing.value("void:objectsTarget"), of, _int(thing.value("void:triples"))
        )
        for thing in every
        if (of := thing.value("void:linkPredicate")).text
    ]
    told = {one.anchor for one in (*classes, *properties)}
    return render_template(
        "dataset.html",
        iri=DATASET,
        dataset=by_iri[DATASET],
        counts=_COUNTS,
        graphs=[by_iri[iri] for iri in (DATASET, *_GRAPHS) if iri in by_iri],
        classes=classes,
        properties=properties,
        links=sorted(links, key=lambda link: (link.target.label, link.property.text)),
        things=[thing for thing in every if thing.anchor not in told],
        formats=documents.NAMES,
    )


_GRAPHS = (vocab.ASSERTED, vocab.INFERRED)


def _parts(every: Iterable[Said], name: str, counted: str) -> Sequence[Part]:
    """Return the classes or the properties that have a count, those with the most first."""
    found = [
        Part(thing.anchor, thing.value(f"void:{name}"), _int(thing.value(f"void:{counted}")))
        for thing in every
        if len(thing.properties) == len((name, counted)) and thing.value(f"void:{name}").text
    ]
    return sorted(found, key=lambda part: (-part.count, part.thing.label or part.thing.text))


def _int(cell: Cell) -> int:
    return int(cell.text or 0)
