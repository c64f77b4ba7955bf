"""What the ontology says of a class or property beside its definition, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.reference.expressions import Expression, chain, expression
from mlroles.knowledge.reference.index import Index
from mlroles.knowledge.reference.names import anchor, name

_OWL, _RDFS = vocab.OWL, vocab.RDFS
_TYPE = f"{vocab.RDF}type"
_DISJOINT = f"{_OWL}AllDisjointClasses"

_CHARACTERISTICS = {
    "FunctionalProperty": "functional: at most one value",
    "InverseFunctionalProperty": "inverse functional: a value has at most one subject",
    "TransitiveProperty": "transitive: what holds of the next step holds of all",
    "SymmetricProperty": "symmetric: it holds both ways",
    "AsymmetricProperty": "asymmetric: it never holds both ways",
    "ReflexiveProperty": "reflexive: it holds of everything and itself",
    "IrreflexiveProperty": "irreflexive: it never holds of a thing and itself",
}


@dataclass(frozen=True)
class Line:
    """One heading, such as “Subclass of”, with what comes under it; ``note`` says how it is known."""

    heading: str
    values: Sequence[Expression]
    note: str = ""


def of_class(index: Index, class_: ox.NamedNode) -> Iterator[Line]:
    """Yield what the ontology says of a class. Headings without anything are left out."""
    yield from _said(index, class_, "Subclass of", f"{_RDFS}subClassOf")
    yield from _said(index, class_, "Equivalent to", f"{_OWL}equivalentClass")
    yield from _asked(index, class_, "Superclass of", f"{_RDFS}subClassOf")
    yield from _asked(index, class_, "Domain of", f"{_RDFS}domain")
    yield from _asked(index, class_, "Range of", f"{_RDFS}range")
    yield from _line("Disjoint with", [(name(index, other),) for other in _apart(index, class_)])


def of_property(index: Index, property_: ox.NamedNode) -> Iterator[Line]:
    """Yield what the ontology says of a property. Headings without anything are left out."""
    yield from _said(index, property_, "Domain", f"{_RDFS}domain")
    yield from _said(index, property_, "Range", f"{_RDFS}range")
    yield from _line("Characteristics", list(_characteristics(index, property_)))
    inverses = {
        *index.named(property_, f"{_OWL}inverseOf"),
        *index.named_subjects(f"{_OWL}inverseOf", property_),
    }
    yield from _line("Inverse of", [(name(index, inverse),) for inverse in _sorted(inverses)])
    yield from _said(index, property_, "Subproperty of", f"{_RDFS}subPropertyOf")
    yield from _asked(index, property_, "Superproperty of", f"{_RDFS}subPropertyOf")
    chains = index.values(property_, f"{_OWL}propertyChainAxiom")
    yield from _line("Implied by the chain", [chain(index, list_) for list_ in chains])
    yield from _line(
        "Part of the chain of", [(name(index, p),) for p in _chained(index, property_)]
    )


def _said(index: Index, subject: ox.NamedNode, heading: str, property_: str) -> Iterator[Line]:
    values = index.values(subject, property_)
    yield from _line(heading, [expression(index, value) for value in values])


def _asked(index: Index, value: ox.NamedNode, heading: str, property_: str) -> Iterator[Line]:
    subjects = [s for s in index.named_subjects(property_, value) if anchor(s.value)]
    yield from _line(heading, [(name(index, subject),) for subject in subjects])


def _line(heading: str, values: Sequence[Expression]) -> Iterator[Line]:
    if values:
        yield Line(heading, values)


def _characteristics(index: Index, property_: ox.NamedNode) -> Iterator[Expression]:
    types = {type_.value for type_ in index.named(property_, _TYPE)}
    for kind, told in _CHARACTERISTICS.items():
        if f"{_OWL}{kind}" in types:
            yield (told,)


def _apart(index: Index, class_: ox.NamedNode) -> list[ox.NamedNode]:
    """Return the classes that share no member with ``class_``, by the axioms that name it."""
    found = {
        *index.named(class_, f"{_OWL}disjointWith"),
        *index.named_subjects(f"{_OWL}disjointWith", class_),
    }
    for axiom in index.subjects(_TYPE, ox.NamedNode(_DISJOINT)):
        members = list(index.members(index.value(axiom, f"{_OWL}members")))
        if class_ in members:
            found |= {member for member in members if isinstance(member, ox.NamedNode)}
    return _sorted(found - {class_})


def _chained(index: Index, property_: ox.NamedNode) -> list[ox.NamedNode]:
    """Return the properties that a chain with ``property_`` in it implies."""
    kind = ox.NamedNode(f"{_OWL}ObjectProperty")
    return [
        implied
        for implied in index.named_subjects(_TYPE, kind)
        for list_ in index.values(implied, f"{_OWL}propertyChainAxiom")
        if property_ in index.members(list_)
    ]


def _sorted(nodes: set[ox.NamedNode]) -> list[ox.NamedNode]:
    return sorted(nodes, key=lambda node: node.value)
