"""The entries of the reference: a class, a property or an individual each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.reference import axioms
from mlroles.knowledge.reference.axioms import Line
from mlroles.knowledge.reference.expressions import expression
from mlroles.knowledge.reference.index import LABEL, TYPE, Index
from mlroles.knowledge.reference.names import Name, anchor, name

_OWL, _SKOS = vocab.OWL, vocab.SKOS
_DEFINITION = f"{_SKOS}definition"
#: What an entry tells elsewhere, or what every entry would tell alike.
_TOLD = {TYPE, LABEL, _DEFINITION, f"{vocab.RDFS}isDefinedBy"}


@dataclass(frozen=True)
class Entry:
    """A term with its place on the page (``anchor``), its definition and what else is said."""

    name: Name
    anchor: str
    definition: str
    examples: Sequence[str]
    notes: Sequence[str]
    lines: Sequence[Line]


@dataclass(frozen=True)
class Members:
    """The individuals that are said to be in the same classes."""

    classes: Sequence[Name]
    anchor: str
    entries: Sequence[Entry]


def classes(asserted: Index, inferred: Index) -> list[Entry]:
    """Return an entry for each class of ours, by its label."""
    return _by_label(
        _entry(
            asserted, node, [*axioms.of_class(asserted, node), *_members(asserted, inferred, node)]
        )
        for node in _declared(asserted, "Class")
    )


def properties(index: Index, kind: str) -> list[Entry]:
    """Return an entry for each property of ours, by its label; ``kind`` as OWL names it."""
    return _by_label(
        _entry(index, node, list(axioms.of_property(index, node)))
        for node in _declared(index, kind)
    )


def individuals(index: Index) -> list[Members]:
    """Return the individuals of ours by the classes that they are said to be in."""
    classes_of: dict[ox.NamedNode, list[ox.NamedNode]] = {}
    for class_ in index.all_values(TYPE):
        if class_.value.startswith(_OWL):
            continue
        for node in index.named_subjects(TYPE, class_):
            if _is_ours(node):
                classes_of.setdefault(node, []).append(class_)
    grouped: dict[tuple[ox.NamedNode, ...], list[ox.NamedNode]] = {}
    for node, found in classes_of.items():
        grouped.setdefault(tuple(found), []).append(node)
    groups = (_group(index, found, members) for found, members in grouped.items())
    return sorted(groups, key=lambda group: [name.text.casefold() for name in group.classes])


def _group(
    index: Index, classes_: Sequence[ox.NamedNode], members: Sequence[ox.NamedNode]
) -> Members:
    names = [name(index, class_) for class_ in classes_]
    return Members(
        names,
        "individuals-" + "-".join(name.short.replace(":", "-") for name in names),
        _by_label(_entry(index, node, list(_statements(index, node))) for node in members),
    )


def _entry(index: Index, node: ox.NamedNode, lines: Sequence[Line]) -> Entry:
    return Entry(
        name(index, node),
        anchor(node.value) or "",
        index.text(node, _DEFINITION),
        index.texts(node, f"{_SKOS}example"),
        index.texts(node, f"{_SKOS}scopeNote"),
        lines,
    )


def _members(asserted: Index, inferred: Index, class_: ox.NamedNode) -> Iterator[Line]:
    stated = asserted.named_subjects(TYPE, class_)
    if stated:
        yield Line("Members", [(name(asserted, member),) for member in stated])
    if found := inferred.named_subjects(TYPE, class_):
        yield Line("Members", [(name(asserted, member),) for member in found], "inferred")


def _statements(index: Index, node: ox.NamedNode) -> Iterator[Line]:
    for property_, values in index.properties(node):
        if property_ not in _TOLD:
            heading = name(index, ox.NamedNode(property_)).text
            yield Line(heading, [expression(index, value) for value in values])


def _declared(index: Index, kind: str) -> list[ox.NamedNode]:
    return [
        node for node in index.named_subjects(TYPE, ox.NamedNode(f"{_OWL}{kind}")) if _is_ours(node)
    ]


def _is_ours(node: ox.NamedNode) -> bool:
    return anchor(node.value) is not None


def _by_label(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.name.text.casefold(), entry.name.iri))
