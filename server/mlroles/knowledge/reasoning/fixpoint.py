"""A recursive stratum run to its end: each new triple is joined once with what is there.

The triples that take part are read into indexes of numbers, here, wherever the data is. A store
would join its whole dataset anew in each round, and looks a triple up by its subject or its
property, not by both: a transitive chain of 400 took 4 s and more in rounds of SPARQL.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

from mlroles.knowledge.reasoning.binding import TYPE, Atom, Part
from mlroles.knowledge.reasoning.strata import Step, key, match, renamed
from mlroles.knowledge.reasoning.unfolding import is_transitive

#: Three numbers of terms; those of variables are negative.
_Atom: TypeAlias = tuple[int, int, int]
_Bound: TypeAlias = dict[int, int]


class _Trigger(NamedTuple):
    """A triple that matches ``atom`` gives the ``head`` wherever the ``rest`` holds."""

    atom: _Atom
    rest: tuple[_Atom, ...]
    head: _Atom
    is_transitive: bool


class _Relation:
    """The triples of a property, by subject and by object."""

    def __init__(self) -> None:
        self.objects: defaultdict[int, set[int]] = defaultdict(set)
        self.subjects: defaultdict[int, set[int]] = defaultdict(set)

    def add(self, subject: int, value: int) -> None:
        """Add a triple."""
        self.objects[subject].add(value)
        self.subjects[value].add(subject)

    def matches(self, subject: int, value: int) -> Iterator[_Bound]:
        """Yield what the variables of a pattern stand for."""
        if subject >= 0 and value >= 0:
            if value in self.objects.get(subject, ()):
                yield {}
        elif subject >= 0:
            yield from ({value: found} for found in self.objects.get(subject, ()))
        elif value >= 0:
            yield from ({subject: found} for found in self.subjects.get(value, ()))
        elif subject == value:
            yield from ({subject: found} for found, those in self.objects.items() if found in those)
        else:
            for found, those in self.objects.items():
                yield from ({subject: found, value: other} for other in those)


class Fixpoint:
    """Steps that feed each other, and the triples that they have found so far.

    A transitive property grows at its end, by what holds of it for other reasons: ``:p+`` is
    ``:p+/:p``. So a chain of n has n² / 2 derivations, and not n³ / 6. What is found in this way
    waits until the rest is done, lest it be found in others, and be taken for such a reason.
    """

    def __init__(self, steps: Sequence[Step]) -> None:
        self._numbers: dict[Part, int] = {}
        self._terms: list[Part | None] = []
        self._literals: set[int] = set()
        self._relations: defaultdict[int, _Relation] = defaultdict(_Relation)
        #: From a transitive property to that of its triples which do not follow by transitivity.
        self._bases: dict[int, int] = {}
        self._triggers: defaultdict[int, list[_Trigger]] = defaultdict(list)
        #: What holds and has not been joined yet.
        self._waiting: set[_Atom] = set()
        self._first: deque[_Atom] = deque()
        self._last: deque[_Atom] = deque()
        self._fed = {key(head) for step in steps for head in step.heads}
        for step in steps:
            for head in step.heads:
                self._prepare(*renamed(step.body, head))
        premises = dict.fromkeys(renamed((), atom)[1] for step in steps for atom in step.body)
        #: The patterns of what takes part.
        self.premises = [
            atom
            for atom in premises
            if not any(atom != other and match(other, atom) is not None for other in premises)
        ]

    def _prepare(self, body: Sequence[Atom], head: Atom) -> None:
        fed = [key(atom) in self._fed for atom in body]
        numbers = [self._atom(atom) for atom in body]
        transitive = is_transitive(head, body)
        if transitive:
            subject, property_, value = numbers[1]
            if property_ not in self._bases:
                self._bases[property_] = len(self._terms)
                self._terms.append(None)
            numbers[1] = subject, self._bases[property_], value
        for place, atom in enumerate(numbers):
            if fed[place]:
                rest = _ordered(atom, [*numbers[:place], *numbers[place + 1 :]])
                self._triggers[atom[1]].append(_Trigger(atom, rest, self._atom(head), transitive))

    def learn(self, triples: Iterable[ox.Triple]) -> None:
        """Take in triples that hold before."""
        for triple in triples:
            subject, property_, value = map(self._number, triple)
            if key((triple.subject, triple.predicate, triple.object)) in self._fed:  # type: ignore[arg-type] # all have names
                fact = subject, property_, value
                self._first.append(fact)
                self._waiting.add(fact)
            else:
                self._relations[property_].add(subject, value)

    def found(self) -> Iterator[ox.Triple]:
        """Yield what follows, each triple once."""
        while waiting := self._first or self._last:
            fact = waiting.popleft()
            is_base = waiting is self._first
            self._take(fact, is_base=is_base)
            for head, is_transitive_ in self._consequences(fact, is_base=is_base):
                if head[0] not in self._literals and self._is_new(head):
                    self._waiting.add(head)
                    (self._last if is_transitive_ else self._first).append(head)
                    subject, property_, value = (self._terms[number] for number in head)
                    yield ox.Triple(subject, property_, value)  # type: ignore[arg-type] # all terms

    def _is_new(self, fact: _Atom) -> bool:
        subject, property_, value = fact
        known = self._relations[property_].objects.get(subject, ())
        return value not in known and fact not in self._waiting

    def _take(self, fact: _Atom, *, is_base: bool) -> None:
        """Let a triple be found by those that come later."""
        subject, property_, value = fact
        self._waiting.discard(fact)
        self._relations[property_].add(subject, value)
        if is_base and property_ in self._bases:
            self._relations[self._bases[property_]].add(subject, value)

    def _consequences(self, fact: _Atom, *, is_base: bool) -> list[tuple[_Atom, bool]]:
        """Return what follows from a triple and those before it, and whether by transitivity."""
        subject, property_, value = fact
        triggers = self._triggers[property_]
        if is_base and property_ in self._bases:
            triggers = [*triggers, *self._triggers[self._bases[property_]]]
        return [
            ((bound.get(x, x), p, bound.get(y, y)), is_transitive_)
            for atom, rest, (x, p, y), is_transitive_ in triggers
            for bound in self._solutions(_match(atom, subject, value), rest)
        ]

    def _solutions(self, bound: _Bound | None, atoms: Iterable[_Atom]) -> list[_Bound]:
        solutions = [] if bound is None else [bound]
        for subject, property_, value in atoms:
            relation = self._relations[property_]
            solutions = [
                {**known, **more}
                for known in solutions
                for more in relation.matches(known.get(subject, subject), known.get(value, value))
            ]
        return solutions

    def _atom(self, atom: Atom) -> _Atom:
        subject, property_, value = map(self._number, atom)
        return subject, property_, value

    def _number(self, term: Part) -> int:
        if isinstance(term, ox.Variable):
            return -1 - int(term.value.removeprefix("v"))
        number = self._numbers.get(term)
        if number is None:
            number = self._numbers[term] = self._new(term)
        return number

    def _new(self, term: Part) -> int:
        if isinstance(term, ox.Literal):
            written = _as_stored(term)
            if written != term:
                return self._number(written)
            self._literals.add(len(self._terms))
        self._terms.append(term)
        return len(self._terms) - 1


def _as_stored(literal: ox.Literal) -> ox.Literal:
    """Return a literal as a store has it, which writes each value in one way: 1.5 for 1.50."""
    store = ox.Store()
    store.add(ox.Quad(TYPE, TYPE, literal))
    (quad,) = store
    written = quad.object
    assert isinstance(written, ox.Literal)  # noqa: S101 - as it was given
    return written


def _match(atom: _Atom, subject: int, value: int) -> _Bound | None:
    """Return what the variables of an atom stand for if it is of these two, else None."""
    bound: _Bound = {}
    for part, given in ((atom[0], subject), (atom[2], value)):
        if part >= 0:
            if part != given:
                return None
        elif bound.setdefault(part, given) != given:
            return None
    return bound


def _ordered(first: _Atom, rest: list[_Atom]) -> tuple[_Atom, ...]:
    """Return the rest in an order in which each has as many known parts as can be."""
    known = {first[0], first[2]}
    ordered = []
    while rest:
        best = max(rest, key=lambda atom: sum(p >= 0 or p in known for p in (atom[0], atom[2])))
        rest.remove(best)
        known |= {best[0], best[2]}
        ordered.append(best)
    return tuple(ordered)
