"""Changes that can be made at once, as none is seen where another one is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from rdflib import RDF, SH, Graph
from rdflib.term import Node

from mlroles.errors import KnowledgeError
from mlroles.knowledge import KnowledgeBase
from mlroles.knowledge.shapes import violations
from mutations import Constraint, Mutation, mutation


class Broken:
    """What is told of each constraint's mutation, made along with others that do not meet it."""

    def __init__(
        self,
        asked: Iterable[Constraint],
        shapes: Graph,
        knowledge: KnowledgeBase,
        data: Graph,
    ) -> None:
        self.mutations = {constraint: mutation(constraint, shapes, data) for constraint in asked}
        self._knowledge = knowledge
        self._data = data
        self._batches = _batches(self.mutations, data)
        self._told: dict[int, tuple[KnowledgeError, ...]] = {}

    def told(self, constraint: Constraint) -> tuple[KnowledgeError, ...]:
        """Return what violates the shapes where the constraint's batch has been broken."""
        number = self._batches[constraint]
        if number not in self._told:
            batch = [m for c, m in self.mutations.items() if self._batches[c] == number]
            self._told[number] = told_of(self._knowledge, changed(self._data, batch))
        return self._told[number]


def changed(data: Graph, mutations: Iterable[Mutation]) -> Graph:
    """Return a copy of the data with the mutations made."""
    copy = Graph()
    copy += data
    for change in mutations:
        for triple in change.removed:
            copy.remove(triple)
        for triple in change.added:
            copy.add(triple)
    return copy


def told_of(knowledge: KnowledgeBase, graph: Graph) -> tuple[KnowledgeError, ...]:
    """Return what violates the shapes where ``graph`` is what is asserted."""
    return violations(replace(knowledge, asserted=graph.serialize(format="nt", encoding="utf-8")))


def _batches(mutations: dict[Constraint, Mutation], data: Graph) -> dict[Constraint, int]:
    """Return the batch of each constraint: the first whose foci are away from its own.

    A shape looks at what is said of a focus, and at the classes of its values; but one with a
    query of its own may look farther, and is broken alone.
    """
    around = {constraint: {*_seen(change, data)} for constraint, change in mutations.items()}

    def meet(one: Constraint, other: Constraint) -> bool:
        return (
            SH.sparql in {one.component, other.component}
            or mutations[one].focus in around[other]
            or mutations[other].focus in around[one]
        )

    met = {one: {other for other in mutations if meet(one, other)} for one in mutations}
    found: dict[Constraint, int] = {}
    for constraint in sorted(mutations, key=lambda constraint: -len(met[constraint])):
        taken = {found[other] for other in met[constraint] if other in found}
        found[constraint] = next(number for number in count() if number not in taken)
    return found


def _seen(change: Mutation, data: Graph) -> Iterator[Node]:
    """Yield the nodes for whose shapes the change may matter."""
    yield change.focus
    for subject, predicate, value in (*change.removed, *change.added):
        yield subject
        yield value
        if predicate == RDF.type:
            yield from data.subjects(None, subject)
