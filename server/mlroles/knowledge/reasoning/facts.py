"""Triples as numbers, by property: what the rules work on in this process.

A term has one number however often it is said, and a property has pairs of numbers. A rule goes
from set to set, and an index is made once a rule needs it. A store, which keeps four indexes of
whole terms, took three times as long, and longer for each triple the more there were.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import TypeAlias

import pyoxigraph as ox

from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import TYPE, Atom, Part
from mlroles.knowledge.reasoning.strata import Key

Pair: TypeAlias = tuple[int, int]
#: The number of a property, and a pair of it.
Numbers: TypeAlias = tuple[int, int, int]

_TEXTS = {ox.Literal("").datatype, ox.Literal("", language="en").datatype}


class Relation:
    """Pairs of numbers, by the first, and by the second as well once somebody asks for that."""

    __slots__ = ("_firsts", "_given", "added", "seconds")

    def __init__(self) -> None:
        #: From each first number to its seconds.
        self.seconds: defaultdict[int, set[int]] = defaultdict(set)
        #: What was added to what was given, pair after pair.
        self.added = array("I")
        self._firsts: defaultdict[int, set[int]] | None = None
        self._given = 0

    def __len__(self) -> int:
        return self._given + len(self.added) // 2

    def __iter__(self) -> Iterator[Pair]:
        return ((first, second) for first, seconds in self.seconds.items() for second in seconds)

    @property
    def firsts(self) -> Mapping[int, set[int]]:
        """From each second number to its firsts."""
        if self._firsts is None:
            firsts: defaultdict[int, set[int]] = defaultdict(set)
            for first, second in self:
                firsts[second].add(first)
            self._firsts = firsts  # whole, or not at all: it may take long, and be interrupted
        return self._firsts

    def give(self, first: int, second: int) -> None:
        """Put in a pair that is there from the beginning, before anything is added."""
        known = self.seconds[first]
        if second not in known:
            known.add(second)
            self._given += 1

    def add(self, first: int, second: int) -> bool:
        """Add a pair; return whether it is new."""
        before = len(self.added)
        self.update([(first, second)])
        return len(self.added) > before

    def update(self, pairs: Iterable[Pair]) -> None:
        """Add pairs, and note those that are new."""
        seconds, firsts, note = self.seconds, self._firsts, self.added.append
        for first, second in pairs:
            known = seconds[first]
            if second not in known:
                note(first)
                note(second)
                known.add(second)
                if firsts is not None:
                    firsts[second].add(first)

    def since(self, size: int) -> Iterator[Pair]:
        """Yield the pairs that were added since ``added`` had that size."""
        numbers = iter(self.added[size:] if size else self.added)
        return zip(numbers, numbers, strict=True)

    def shrink(self, size: int) -> None:
        """Take away what was added last, until ``size`` numbers of ``added`` are left.

        An interruption may have left a pair half added.
        """
        if len(self.added) % 2:
            self.added.pop()
        while len(self.added) > size:
            second, first = self.added.pop(), self.added.pop()
            self.seconds[first].discard(second)
            if self._firsts is not None:
                self._firsts[second].discard(first)


#: A relation and a pair of it.
New: TypeAlias = tuple[Relation, int, int]


class Facts:
    """Triples, their terms as a store writes them; blank nodes have names.

    Pairs of ``rdf:type`` are the other way round, a class and then what is in it: few classes have
    many members.
    """

    def __init__(self, given: Iterable[ox.Triple] = ()) -> None:
        self._numbers = _Numbers()
        self._relations: defaultdict[int, Relation] = defaultdict(Relation)
        #: From the pairs of a transitive property to those that hold otherwise, see ``fixpoint``.
        self.bases: dict[Relation, Relation] = {}
        self._type = self._numbers[TYPE]
        for property_, first, second in self.numbered(given):
            self._relations[property_].give(first, second)

    def __len__(self) -> int:
        return sum(map(len, self._relations.values()))

    def numbered(self, triples: Iterable[ox.Triple]) -> Iterator[Numbers]:
        """Yield triples as numbers."""
        numbers, type_ = self._numbers, self._type
        for subject, predicate, value in triples:
            property_ = numbers[predicate]
            if property_ == type_:
                yield property_, numbers[value], numbers[subject]
            else:
                yield property_, numbers[subject], numbers[value]

    def add(self, triples: Iterable[ox.Triple]) -> list[New]:
        """Add triples to those that were given; return those that are new."""
        found = ((self._relations[p], first, second) for p, first, second in self.numbered(triples))
        return [new for new in found if new[0].add(*new[1:])]

    def news(self, since: Mapping[Relation, int]) -> Iterator[New]:
        """Yield what was added since there was so much of it, see ``sizes``."""
        for relation in self._relations.values():
            yield from ((relation, *pair) for pair in relation.since(since.get(relation, 0)))

    def added(
        self, is_told: Callable[[Key], bool], since: Mapping[Relation, int] | None = None
    ) -> Iterator[Numbers]:
        """Yield what was added, since ``since``, about the keys that are to be told."""
        terms, sizes = self._numbers.terms, since or {}
        for property_, relation in self._relations.items():
            pairs = relation.since(sizes.get(relation, 0))
            if property_ == self._type:
                told = cache(lambda class_: is_told((TYPE, terms[class_])))
                yield from ((property_, *pair) for pair in pairs if told(pair[0]))
            elif is_told((terms[property_], None)):
                yield from ((property_, *pair) for pair in pairs)

    def triples(self, facts: Iterable[Numbers]) -> Iterator[ox.Triple]:
        """Yield facts as triples."""
        terms, type_, triple = self._numbers.terms, self._type, ox.Triple
        for property_, first, second in facts:
            if property_ == type_:
                yield triple(terms[second], TYPE, terms[first])  # type: ignore[arg-type] # no literal is a subject
            else:
                yield triple(terms[first], terms[property_], terms[second])  # type: ignore[arg-type] # as above

    def sizes(self) -> dict[Relation, int]:
        """Return how much was added so far."""
        return {relation: len(relation.added) for relation in self._every()}

    def shrink(self, sizes: Mapping[Relation, int]) -> None:
        """Take away what was added since."""
        for relation in self._every():
            relation.shrink(sizes.get(relation, 0))

    def _every(self) -> Iterator[Relation]:
        return chain(self._relations.values(), self.bases.values())

    def has(self, key: Key) -> bool:
        """Return whether there is a triple about a key."""
        relation, first = self.about(key)
        if first is None:
            return any(relation.seconds.values())
        return bool(relation.seconds.get(first))

    def about(self, key: Key) -> tuple[Relation, int | None]:
        """Return the pairs that a key is about, and what is first in them if it says so."""
        property_, class_ = key
        return self.relation(property_), None if class_ is None else self.number(class_)

    def relation(self, property_: Part) -> Relation:
        """Return the pairs of a property, which may grow."""
        return self._relations[self.number(property_)]

    def number(self, term: Part) -> int:
        """Return the number of a term, a new one if it has none yet."""
        return self._numbers[term]

    def term(self, number: int) -> Part:
        """Return the term that has a number."""
        return self._numbers.terms[number]

    @property
    def literals(self) -> set[int]:
        """The numbers of literals."""
        return self._numbers.literals


def turned(atom: Atom) -> tuple[Part, Part, Part]:
    """Return the property of an atom, and its ends in the order of ``Facts``."""
    subject, predicate, value = atom
    return (predicate, value, subject) if predicate == TYPE else (predicate, subject, value)


class _Numbers(dict[object, int]):
    """A number for each term, given at its first use."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: list[Part] = []
        self.literals: set[int] = set()

    def __missing__(self, term: object) -> int:
        told = written(term)
        if told != term:
            number = self[told]
        else:
            number = len(self.terms)
            self.terms.append(told)
            if isinstance(told, ox.Literal):
                self.literals.add(number)
        self[term] = number
        return number


def written(term: object) -> Part:
    """Return a term as our store has it, which writes each value in one way: 1.5 for 1.50.

    A blank node has a name.
    """
    if isinstance(term, ox.BlankNode):
        return skolem.name(term)
    if isinstance(term, ox.Literal) and term.datatype not in _TEXTS:
        store = ox.Store()
        store.add(ox.Quad(TYPE, TYPE, term))
        (quad,) = store
        assert isinstance(quad.object, ox.Literal)  # noqa: S101 - as it was given
        return quad.object
    assert isinstance(term, ox.NamedNode | ox.Literal)  # noqa: S101 - all that is left
    return term
