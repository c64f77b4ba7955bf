"""Triples by subject and property, and by property and object."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import pyoxigraph as ox

from mlroles import vocab

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Value: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

TYPE = f"{vocab.RDF}type"
LABEL = f"{vocab.RDFS}label"


class Index:
    """What a graph says. Values and subjects come sorted, so that a page is always the same."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._forward: dict[Node, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        self._back: dict[tuple[str, Value], list[Node]] = defaultdict(list)
        for triple in sorted(triples, key=str):
            subject, value = triple.subject, triple.object
            assert not isinstance(subject, ox.Triple)  # noqa: S101 - RDF 1.1 has none
            assert not isinstance(value, ox.Triple)  # noqa: S101
            self._forward[subject][triple.predicate.value].append(value)
            self._back[triple.predicate.value, value].append(subject)

    def properties(self, subject: Node) -> Iterator[tuple[str, Sequence[Value]]]:
        """Yield each property that ``subject`` has, with its values."""
        yield from self._forward.get(subject, {}).items()

    def values(self, subject: Node, property_: str) -> Sequence[Value]:
        """Return the values of a property, none if there are none."""
        return self._forward.get(subject, {}).get(property_, ())

    def value(self, subject: Node, property_: str) -> Value | None:
        """Return the first value of a property."""
        return next(iter(self.values(subject, property_)), None)

    def texts(self, subject: Node, property_: str) -> list[str]:
        """Return the literals among the values, as text."""
        return [v.value for v in self.values(subject, property_) if isinstance(v, ox.Literal)]

    def text(self, subject: Node, property_: str) -> str:
        """Return the first literal among the values, as text, or nothing."""
        return next(iter(self.texts(subject, property_)), "")

    def named(self, subject: Node, property_: str) -> list[ox.NamedNode]:
        """Return the IRIs among the values."""
        return [v for v in self.values(subject, property_) if isinstance(v, ox.NamedNode)]

    def subjects(self, property_: str, value: Value) -> Sequence[Node]:
        """Return what has ``value`` for a property."""
        return self._back.get((property_, value), ())

    def named_subjects(self, property_: str, value: Value) -> list[ox.NamedNode]:
        """Return the IRIs among what has ``value`` for a property."""
        return [s for s in self.subjects(property_, value) if isinstance(s, ox.NamedNode)]

    def all_values(self, property_: str) -> list[ox.NamedNode]:
        """Return the IRIs that are a value of ``property_`` of anything."""
        found = (v for p, v in self._back if p == property_ and isinstance(v, ox.NamedNode))
        return sorted(found, key=lambda node: node.value)

    def members(self, list_: Value | None) -> Iterator[Value]:
        """Yield the members of an RDF list."""
        while isinstance(list_, ox.BlankNode):
            first = self.value(list_, f"{vocab.RDF}first")
            if first is not None:
                yield first
            list_ = self.value(list_, f"{vocab.RDF}rest")
