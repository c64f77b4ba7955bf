"""What holds in numbered facts for some atoms, found one atom after the other."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

from mlroles.knowledge.reasoning.binding import Atom, Part
from mlroles.knowledge.reasoning.facts import Facts, Pair, Relation, turned
from mlroles.knowledge.reasoning.strata import Step

#: Numbers, each in the column of a variable or of a constant.
Row: TypeAlias = tuple[int, ...]
_Stage: TypeAlias = Callable[[Iterable[Row]], Iterator[Row]]


class Ends(NamedTuple):
    """An atom as a join takes it: where its pairs are, and what is at both ends."""

    relation: Relation
    first: Part
    second: Part


def ends(facts: Facts, atom: Atom) -> Ends:
    """Return an atom as a join takes it."""
    property_, first, second = turned(atom)
    return Ends(facts.relation(property_), first, second)


class Join:
    """Atoms, in an order in which as much as can be is known of each from those before it.

    ``given`` are the variables that a row begins with; constants of ``also`` have columns too.
    """

    def __init__(
        self,
        facts: Facts,
        atoms: Sequence[Ends],
        *,
        given: Sequence[Part] = (),
        also: Iterable[Part] = (),
    ) -> None:
        left = list(atoms)
        parts = [part for atom in left for part in atom[1:]]
        constants = [part for part in dict.fromkeys((*parts, *also)) if not is_variable(part)]
        self._constants: Row = tuple(map(facts.number, constants))
        self._columns = {part: place for place, part in enumerate((*given, *constants))}
        is_open = not given and all(map(is_variable, parts))
        self._alone = left[0] if is_open and len(left) == 1 and len(set(parts)) == 2 else None  # noqa: PLR2004 - two ends
        self._stages: list[_Stage] = []
        while left:
            best = min(left, key=lambda atom: _rank(facts, atom, self._columns))
            left.remove(best)
            self._stages.append(_stage(best, self._columns))
            for part in best[1:]:
                self._columns.setdefault(part, len(self._columns))

    def column(self, part: Part) -> int:
        """Return where in a row a variable or a constant is."""
        return self._columns[part]

    def rows(self, given: Row = ()) -> Iterable[Row]:
        """Return the rows that hold."""
        rows: Iterable[Row] = [given + self._constants]
        for stage in self._stages:
            rows = stage(rows)
        return rows

    def distinct(self, parts: Sequence[Part], given: Row = ()) -> Iterable[Row]:
        """Return what some variables stand for together, each row once."""
        if self._alone is not None and len(parts) == 1:
            return ((number,) for number in _end(self._alone, parts[0]))
        columns = [self._columns[part] for part in parts]
        return _once(tuple([row[column] for column in columns]) for row in self.rows(given))


class Head:
    """What follows where a body holds: a pair of a relation, for each row of a join."""

    def __init__(self, facts: Facts, head: Atom, body: Iterable[Atom]) -> None:
        self.relation, *self.parts = ends(facts, head)
        self._facts = facts
        self._subject = head[0]
        #: Whether a literal may come to stand for the subject, which is in no triple.
        self._is_doubtful = all(head[0] != atom[0] for atom in body) and is_variable(head[0])

    def pairs(self, join: Join, rows: Iterable[Row]) -> Iterator[Pair]:
        """Yield a pair for each row."""
        first, second = map(join.column, self.parts)
        if self._is_doubtful:
            subject, literals = join.column(self._subject), self._facts.literals
            rows = (row for row in rows if row[subject] not in literals)
        return ((row[first], row[second]) for row in rows)

    def every_pair(self, join: Join) -> Iterator[Pair]:
        """Yield the pairs for all that holds."""
        variables = [part for part in dict.fromkeys(self.parts) if is_variable(part)]
        if len(variables) != 1:
            return self.pairs(join, join.rows())
        numbers = (number for (number,) in join.distinct(variables))
        if self._is_doubtful:
            numbers = (number for number in numbers if number not in self._facts.literals)
        first, second = (None if is_variable(p) else self._facts.number(p) for p in self.parts)
        return (
            (number if first is None else first, number if second is None else second)
            for number in numbers
        )


def conclude(facts: Facts, step: Step) -> None:
    """Add what follows by a step from what is there."""
    body = [ends(facts, atom) for atom in step.body]
    for atom in step.heads:
        head = Head(facts, atom, step.body)
        pairs = head.every_pair(Join(facts, body, also=head.parts))
        is_read = any(head.relation is premise.relation for premise in body)
        head.relation.update(list(pairs) if is_read else pairs)


def _once(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield each row the first time that it comes."""
    seen: set[Row] = set()
    for row in rows:
        if row not in seen:
            seen.add(row)
            yield row


def _end(atom: Ends, variable: Part) -> Iterable[int]:
    """Return what one of the two variables of an atom stands for, each once."""
    seconds = atom.relation.seconds
    if variable == atom.second:
        return set[int]().union(*seconds.values())
    return (first for first, others in seconds.items() if others)


def is_variable(part: object) -> bool:
    """Return whether a part of an atom stands for any term."""
    return isinstance(part, ox.Variable)


def _rank(facts: Facts, atom: Ends, known: Mapping[Part, int]) -> tuple[bool, float]:
    """Return when an atom's turn is: one that shares no variable with those before is put off."""
    variables = set(filter(is_variable, atom[1:]))
    is_apart = not variables & known.keys() and any(map(is_variable, known))
    return bool(variables) and is_apart, _cost(facts, atom, known)


def _cost(facts: Facts, atom: Ends, known: Mapping[Part, int]) -> float:
    """Return about how many pairs there are for what is known of an atom."""
    relation, first, second = atom
    if first in known and second in known:
        return 0
    if first in known and not is_variable(first):
        return len(relation.seconds.get(facts.number(first), ()))
    if second in known and not is_variable(second):
        return len(relation.firsts.get(facts.number(second), ()))
    if first in known or second in known:
        return len(relation) / max(1, len(relation.seconds))
    return len(relation)


def _stage(atom: Ends, known: Mapping[Part, int]) -> _Stage:
    """Return what finds an atom for rows that have columns for what is known."""
    relation, *parts = atom
    first, second = map(known.get, parts)
    if first is not None and second is not None:
        return _checked(relation, first, second)
    if first is not None:
        return _continued(lambda: relation.seconds, first)
    if second is not None:
        return _continued(lambda: relation.firsts, second)
    return _looped(relation) if parts[0] == parts[1] else _every(relation)


def _checked(relation: Relation, first: int, second: int) -> _Stage:
    def stage(rows: Iterable[Row]) -> Iterator[Row]:
        seconds = relation.seconds
        return (row for row in rows if row[second] in seconds.get(row[first], ()))

    return stage


def _continued(index: Callable[[], Mapping[int, set[int]]], column: int) -> _Stage:
    def stage(rows: Iterable[Row]) -> Iterator[Row]:
        found = index()
        return ((*row, other) for row in rows for other in found.get(row[column], ()))

    return stage


def _every(relation: Relation) -> _Stage:
    return lambda rows: ((*row, *pair) for row in rows for pair in relation)


def _looped(relation: Relation) -> _Stage:
    return lambda rows: (
        (*row, first)
        for row in rows
        for first, seconds in relation.seconds.items()
        if first in seconds
    )
