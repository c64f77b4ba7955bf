"""A document of ours as a plain page: what it says of each thing, property by property."""

from dataclasses import dataclass

import pyoxigraph as ox
from flask import render_template

from mlroles import terms, vocab
from mlroles.knowledge.formats import Graphs
from mlroles.saved.labels import labels
from mlroles.terms import Iri, Term
from mlroles.web import documents, table
from mlroles.web.services import Services
from mlroles.web.table import Cell

_LABELS = tuple(f"<{iri}>" for iri in (f"{vocab.RDFS}label", f"{vocab.PREFIXES['dcterms']}title"))
_FIRST = (f"<{vocab.RDF}type>", *_LABELS)


@dataclass(frozen=True)
class Said:
    """What is said of one thing: property, and values. ``anchor`` is its place in the page."""

    anchor: str
    subject: Cell
    properties: tuple[tuple[Cell, tuple[Cell, ...]], ...]

    def values(self, name: str) -> tuple[Cell, ...]:
        """Return the values of a property, given by its prefixed name."""
        return next((values for one, values in self.properties if one.text == name), ())

    def value(self, name: str) -> Cell:
        """Return the first of them, an empty cell if there is none."""
        return next(iter(self.values(name)), Cell())


def render(title: str, iri: str, graphs: Graphs, shared: Services) -> str:
    """Return the page of the document that has that IRI. Raises what the engine raises."""
    return render_template(
        "document.html",
        title=title,
        iri=iri,
        things=things(iri, graphs, shared),
        formats=documents.NAMES,
    )


def things(iri: str, graphs: Graphs, shared: Services) -> list[Said]:
    """Return what the document says of each thing. Raises what the engine raises."""
    said: dict[Term, dict[Term, list[Term]]] = {}
    for triple in sorted({t for triples in graphs.values() for t in triples}, key=str):
        subject, predicate, value = _terms(triple)
        said.setdefault(subject, {}).setdefault(predicate, []).append(value)
    called = labels(shared.engine, _iris(said)) | _own(said)
    ordered = sorted(said, key=lambda term: (str(term) != f"<{iri}>", str(term)))
    return [_said(thing, said[thing], called, iri) for thing in ordered]


def _terms(triple: ox.Triple) -> tuple[Term, Term, Term]:
    return (
        terms.parse(str(triple.subject)),
        terms.parse(str(triple.predicate)),
        terms.parse(str(triple.object)),
    )


def _iris(said: dict[Term, dict[Term, list[Term]]]) -> set[Iri]:
    every: list[Term] = [*said]
    for properties in said.values():
        every += properties
        every += [value for values in properties.values() for value in values]
    return {term for term in every if isinstance(term, Iri)}


def _own(said: dict[Term, dict[Term, list[Term]]]) -> dict[str, str]:
    """Return what the document itself calls its things."""
    return {
        thing.value: values[0].value
        for thing, properties in said.items()
        if isinstance(thing, Iri)
        for values in (_literals(properties),)
        if values
    }


def _literals(properties: dict[Term, list[Term]]) -> list[terms.Literal]:
    named = [properties.get(predicate, []) for predicate in properties if str(predicate) in _LABELS]
    return [value for values in named for value in values if isinstance(value, terms.Literal)]


def _said(
    thing: Term, properties: dict[Term, list[Term]], called: dict[str, str], document: str
) -> Said:
    ordered = sorted(
        properties,
        key=lambda it: (_FIRST.index(str(it)) if str(it) in _FIRST else len(_FIRST), str(it)),
    )
    return Said(
        _anchor(thing, document),
        table.cell(thing, called),
        tuple(
            (table.cell(one, called), tuple(table.cell(value, called) for value in properties[one]))
            for one in ordered
        ),
    )


def _anchor(thing: Term, document: str) -> str:
    """Return the fragment of the document's own IRIs, else the path of those of ours."""
    if not isinstance(thing, Iri):
        return str(thing)
    return thing.value.removeprefix(f"{document}#").removeprefix(vocab.BASE)
