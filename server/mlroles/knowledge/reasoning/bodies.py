"""The premises that a new fact may be, found by what it is about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from mlroles.knowledge.reasoning.binding import Part
from mlroles.knowledge.reasoning.facts import Facts, Relation
from mlroles.knowledge.reasoning.joining import Ends, Join, Row, is_variable

T = TypeVar("T")


class Taking(NamedTuple, Generic[T]):
    """What a fact takes part in: what else must hold is ``join``, whose rows begin with ``row``."""

    thing: T
    join: Join
    row: Row


class Bodies(Generic[T]):
    """Bodies by their atoms, for a fact to find those that it takes part in."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        #: By a relation, and by what is first where that is a constant.
        self._bodies: defaultdict[tuple[Relation, int | None], list[tuple[T, Ends, Join]]] = (
            defaultdict(list)
        )

    def put(
        self, thing: T, atoms: Sequence[Ends], place: int, *, also: Iterable[Part] = ()
    ) -> None:
        """Let facts that match the atom at ``place`` find a thing of which all ``atoms`` are."""
        atom = atoms[place]
        given = [part for part in dict.fromkeys(atom[1:]) if is_variable(part)]
        rest = [*atoms[:place], *atoms[place + 1 :]]
        join = Join(self._facts, rest, given=given, also=also)
        first = None if is_variable(atom.first) else self._facts.number(atom.first)
        self._bodies[atom.relation, first].append((thing, atom, join))

    def of(self, relation: Relation, first: int, second: int) -> Iterator[Taking[T]]:
        """Yield what a fact takes part in."""
        for about in ((relation, None), (relation, first)):
            for thing, atom, join in self._bodies.get(about, ()):
                row = self._matched(atom, first, second)
                if row is not None:
                    yield Taking(thing, join, row)

    def _matched(self, atom: Ends, first: int, second: int) -> Row | None:
        """Return what the variables of an atom stand for if it is of these two, else None."""
        if not is_variable(atom.second):
            if self._facts.number(atom.second) != second:
                return None
            return () if not is_variable(atom.first) else (first,)
        if not is_variable(atom.first):
            return (second,)
        if atom.first == atom.second:
            return (first,) if first == second else None
        return first, second
