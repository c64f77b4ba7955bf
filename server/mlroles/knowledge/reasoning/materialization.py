"""A closed dataset that grows: what is added is joined with what is there, triple by triple.

This is semi-naive evaluation: a rule runs only where one of its premises is new. So adding a
person costs what follows of that person, however large the dataset is.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

import pyoxigraph as ox

from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import TYPE, Atom, Part, is_schema
from mlroles.knowledge.reasoning.compiled import Memory, Schema, Undecided, saturate, stored
from mlroles.knowledge.reasoning.evaluation import Progress, pattern
from mlroles.knowledge.reasoning.strata import match, put

#: Triples that may be joined one by one, however few there are.
_LEAST = 1_000
#: How many triples all are closed anew in while one is joined.
_SLOWER = 10

T = TypeVar("T")
_Bound = Mapping[Part, Part]


class Materialization:
    """Triples and all that follows from them, in memory.

    Making one, and each change, raises ``Undecided`` where the rules do not decide whether all is
    well, and KnowledgeError where the OWL cannot be read; a change that fails changes nothing.
    """

    def __init__(self, triples: Iterable[ox.Triple], progress: Progress | None = None) -> None:
        self._close(stored(skolem.named(triples)), progress)

    @property
    def asserted(self) -> frozenset[ox.Triple]:
        """The triples that were given, as a store writes them; blank nodes have names."""
        return frozenset(self._asserted)

    def inferred(self) -> list[ox.Triple]:
        """Return what follows and was not given, without noise."""
        return list(self._told(quad.triple for quad in self._store))

    def add(self, triples: Iterable[ox.Triple]) -> list[ox.Triple]:
        """Add triples; return what follows now and did not before.

        Where one of them is about classes or properties all is closed anew, and where more has to be
        joined than that would take.
        """
        new = stored(skolem.named(triples)) - self._asserted
        if any(map(is_schema, new)):
            return self._anew(new)
        found: list[ox.Triple] = []
        try:
            is_grown = self._grow(new, found)
            if is_grown:
                self._doubt(found)
        except BaseException:  # an interruption as well must leave nothing half done
            self._forget(found)
            raise
        if not is_grown:
            self._forget(found)
            return self._anew(new)
        self._asserted |= new
        return list(self._told(found))

    def remove(self, triples: Iterable[ox.Triple]) -> None:
        """Take triples away, and close what is left anew."""
        self._close(self._asserted - stored(skolem.named(triples)))

    def _anew(self, new: set[ox.Triple]) -> list[ox.Triple]:
        before = set(self.inferred())
        self._close(self._asserted | new)
        return [triple for triple in self.inferred() if triple not in before]

    def _forget(self, found: Iterable[ox.Triple]) -> None:
        for triple in found:
            self._store.remove(ox.Quad(*triple))

    def _close(self, asserted: set[ox.Triple], progress: Progress | None = None) -> None:
        schema = Schema(filter(is_schema, asserted), progress)
        store = ox.Store()
        store.bulk_extend(ox.Quad(*triple) for triple in asserted)
        saturate(schema, store, progress)
        self._asserted, self._store = asserted, store
        self._most = _LEAST + len(store) // _SLOWER
        self._expressions = set(schema.expressions)
        self._rules = _Index((rule, rule.body) for rule in schema.rules_of_data)
        self._questions = _Index((question, question.atoms) for question in schema.questions)

    def _grow(self, new: Iterable[ox.Triple], found: list[ox.Triple]) -> bool:
        """Add ``new`` and what follows to the store, and to ``found`` what was not there.

        Return whether that is all; it is left where there is too much.
        """
        waiting, joined = deque(new), 0
        while waiting:
            triple = waiting.popleft()
            quad = ox.Quad(*triple)
            if quad in self._store:
                continue
            self._store.add(quad)
            found.append(triple)
            for rule, rest, bound in self._rules.about(triple):
                for solution in self._solutions(rest, bound):
                    joined += 1
                    subject, predicate, value = put(rule.head, solution)
                    if not isinstance(subject, ox.Literal):  # which no triple has
                        waiting.append(ox.Triple(subject, predicate, value))  # type: ignore[arg-type] # all bound
            if joined > self._most:
                return False
        return True

    def _solutions(self, atoms: Sequence[Atom], bound: _Bound) -> Iterator[_Bound]:
        """Yield what makes all ``atoms`` hold, beginning with the one of which most is known."""
        if not atoms:
            yield bound
            return
        known = [put(atom, bound) for atom in atoms]
        first = min(range(len(known)), key=lambda place: _variables(known[place]))
        rest = [atom for place, atom in enumerate(known) if place != first]
        for triple in self._matching(known[first]):
            more = match(known[first], triple)
            if more is not None:
                yield from self._solutions(rest, {**bound, **more})

    def _matching(self, atom: Atom) -> Iterator[Atom]:
        if isinstance(atom[0], ox.Literal):
            return
        subject, predicate, value = (None if isinstance(p, ox.Variable) else p for p in atom)
        for quad in self._store.quads_for_pattern(subject, predicate, value, ox.DefaultGraph()):  # type: ignore[arg-type] # no literal is left in front
            yield quad.subject, quad.predicate, quad.object  # type: ignore[misc] # all have names

    def _doubt(self, found: Iterable[ox.Triple]) -> None:
        """Raise Undecided where something new takes part in what must not be."""
        data = Memory(self._store)
        doubts = []
        for triple in found:
            for question, rest, bound in self._questions.about(triple):
                atoms = [put(atom, bound) for atom in (*rest, _atom(triple))]
                if any(isinstance(atom[0], ox.Literal) for atom in atoms):
                    continue
                known = " ".join(f"BIND({value} AS {name})" for name, value in bound.items())
                if question.is_raised(f"{pattern(atoms)} {known} {question.condition}", data):
                    doubts.append(question.doubt)
        if doubts:
            raise Undecided(list(dict.fromkeys(doubts)))

    def _told(self, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
        """Yield the triples that were not given, and are of no nameless class or inverse."""
        for triple in triples:
            nameless = triple.predicate == TYPE and str(triple.object) in self._expressions
            nameless |= skolem.is_named(triple.predicate)
            if triple not in self._asserted and not nameless:
                yield triple


class _Index(Generic[T]):
    """Things by the atoms of their bodies, for a new triple to find those that it is part of."""

    def __init__(self, bodies: Iterable[tuple[T, Sequence[Atom]]]) -> None:
        self._places: dict[object, list[tuple[T, Atom, list[Atom]]]] = defaultdict(list)
        for thing, body in bodies:
            for place, atom in enumerate(body):
                rest = [other for number, other in enumerate(body) if number != place]
                self._places[_key(atom)].append((thing, atom, rest))

    def about(self, triple: ox.Triple) -> Iterator[tuple[T, list[Atom], _Bound]]:
        """Yield things, the atoms that are left of them, and what their variables stand for."""
        given = _atom(triple)
        for about in dict.fromkeys((_key(given), triple.predicate, None)):
            for thing, atom, rest in self._places.get(about, ()):
                bound = match(atom, given)
                if bound is not None:
                    yield thing, rest, bound


def _key(atom: Atom) -> object:
    """Return what an atom is about, as far as it says: a class, a property, or nothing."""
    _, predicate, value = atom
    if isinstance(predicate, ox.Variable):
        return None
    return value if predicate == TYPE and not isinstance(value, ox.Variable) else predicate


def _atom(triple: ox.Triple) -> Atom:
    return triple.subject, triple.predicate, triple.object  # type: ignore[return-value] # all have names


def _variables(atom: Atom) -> int:
    return sum(isinstance(part, ox.Variable) for part in atom)
