"""Bound rules put together and in order: what a rule needs is there before it is asked.

Rules with the same body become one step with several heads, so that the data is read once. Steps
that wait for each other make one stratum, which has to go on until nothing new is found.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from mlroles.knowledge.reasoning.binding import TYPE, Atom, BoundRule, Part

#: What an atom is about: a property, or rdf:type and a class that something is in.
Key: TypeAlias = tuple[Part, Part | None]


@dataclass(frozen=True)
class Step:
    """All ``heads`` follow from ``body``; variables are named by their first use in it."""

    heads: tuple[Atom, ...]
    body: tuple[Atom, ...]


@dataclass(frozen=True)
class Stratum:
    """Steps that belong together; ``recursive`` if one may feed another, or itself."""

    steps: tuple[Step, ...]
    recursive: bool


def key(atom: Atom) -> Key:
    """Return what an atom is about."""
    _, predicate, value = atom
    return predicate, value if predicate == TYPE else None


def pattern(atoms: Sequence[Atom]) -> str:
    """Return atoms as the triple patterns of SPARQL, or as a template."""
    return " . ".join(" ".join(map(str, atom)) for atom in atoms)


def strata(rules: Iterable[BoundRule]) -> list[Stratum]:
    """Return the rules as strata, in an order in which each finds what it needs."""
    steps = _steps(rules)
    feeds: dict[int, set[int]] = {place: set() for place in range(len(steps))}
    readers = defaultdict(set)
    for place, step in enumerate(steps):
        for atom in step.body:
            readers[key(atom)].add(place)
    for place, step in enumerate(steps):
        for head in step.heads:
            feeds[place] |= readers[key(head)]
    return [
        Stratum(
            tuple(steps[place] for place in sorted(component)),
            any(feeds[place] & component for place in component),
        )
        for component in _components(feeds)
    ]


def _steps(rules: Iterable[BoundRule]) -> list[Step]:
    heads: dict[tuple[Atom, ...], dict[Atom, None]] = {}
    for rule in rules:
        body, head = renamed(rule.body, rule.head)
        heads.setdefault(body, {})[head] = None
    single = {body[0]: list(found) for body, found in heads.items() if len(body) == 1}
    circle = _circles(single)
    return [
        Step(tuple(_needed(body, found, single, circle)), body)
        for body, found in sorted(heads.items(), key=str)
    ]


def _circles(single: Mapping[Atom, Sequence[Atom]]) -> dict[Key, int]:
    """Return a number for each key; those have the same that follow from each other alone."""
    found = [*single, *(head for heads in single.values() for head in heads)]
    keys = list(dict.fromkeys(map(key, found)))
    places = {about: place for place, about in enumerate(keys)}
    feeds: dict[int, set[int]] = {place: set() for place in places.values()}
    for atom, heads in single.items():
        feeds[places[key(atom)]] |= {places[key(head)] for head in heads}
    return {
        keys[place]: number
        for number, component in enumerate(_components(feeds))
        for place in component
    }


def renamed(body: Iterable[Atom], head: Atom) -> tuple[tuple[Atom, ...], Atom]:
    """Return body and head, with variables named ``v0``, ``v1``… by their first use."""
    names: dict[ox.Variable, ox.Variable] = {}

    def part(given: Part) -> Part:
        if not isinstance(given, ox.Variable):
            return given
        return names.setdefault(given, ox.Variable(f"v{len(names)}"))

    def atom(given: Atom) -> Atom:
        subject, predicate, value = given
        return part(subject), part(predicate), part(value)

    return tuple(atom(given) for given in body), atom(head)


def _needed(
    body: Sequence[Atom],
    heads: Iterable[Atom],
    single: Mapping[Atom, Sequence[Atom]],
    circle: Mapping[Key, int],
) -> Iterator[Atom]:
    """Yield the heads that do not follow from another head by a rule with one premise.

    Of heads that follow from each other the first by name is kept. A head from which the body
    follows in turn vouches for none: its own step might leave the same out for the body's sake.
    """
    found = sorted(heads, key=str)
    implied = {head: set(_implied(head, single)) for head in found}
    begun = circle.get(key(body[0])) if len(body) == 1 else None
    for head in found:
        if not any(
            head in implied[other] and (other not in implied[head] or str(other) < str(head))
            for other in found
            if other != head and circle.get(key(other), -1) != begun
        ):
            yield head


def _implied(atom: Atom, single: Mapping[Atom, Sequence[Atom]]) -> Iterator[Atom]:
    """Yield what follows from an atom alone, with the atom's own variables."""
    variables = dict.fromkeys(part for part in atom if isinstance(part, ox.Variable))
    names: dict[Part, Part] = {old: ox.Variable(f"v{n}") for n, old in enumerate(variables)}
    for head in single.get(put(atom, names), ()):
        yield put(head, {new: old for old, new in names.items()})


def match(atom: Atom, given: Atom) -> dict[Part, Part] | None:
    """Return what the variables of ``atom`` stand for if it is ``given``, None if it cannot be."""
    bound: dict[Part, Part] = {}
    for part, other in zip(atom, given, strict=True):
        if not isinstance(part, ox.Variable):
            if part != other:
                return None
        elif bound.setdefault(part, other) != other:
            return None
    return bound


def put(atom: Atom, names: Mapping[Part, Part]) -> Atom:
    """Return an atom with other parts in the place of some."""
    subject, predicate, value = (names.get(part, part) for part in atom)
    return subject, predicate, value


def _components(feeds: Mapping[int, set[int]]) -> list[set[int]]:
    """Return the strongly connected components, those that feed others first (Tarjan 1972)."""
    walk = _Walk(feeds)
    for root in feeds:
        if root not in walk.order:
            walk.start(root)
    return walk.found[::-1]


class _Walk:
    """Tarjan's depth-first walk, with a stack of its own: a chain of rules may be long."""

    def __init__(self, feeds: Mapping[int, set[int]]) -> None:
        self._feeds = feeds
        self._lowest: dict[int, int] = {}
        self._stack: dict[int, None] = {}
        self._path: list[tuple[int, Iterator[int]]] = []
        self.order: dict[int, int] = {}
        self.found: list[set[int]] = []

    def start(self, root: int) -> None:
        """Visit all that can be reached from ``root``."""
        self._enter(root)
        while self._path:
            node, rest = self._path[-1]
            other = next(rest, None)
            if other is None:
                self._leave(node)
            elif other not in self.order:
                self._enter(other)
            elif other in self._stack:
                self._lowest[node] = min(self._lowest[node], self.order[other])

    def _enter(self, node: int) -> None:
        self.order[node] = self._lowest[node] = len(self.order)
        self._stack[node] = None
        self._path.append((node, iter(sorted(self._feeds[node]))))

    def _leave(self, node: int) -> None:
        self._path.pop()
        if self._path:
            above = self._path[-1][0]
            self._lowest[above] = min(self._lowest[above], self._lowest[node])
        if self._lowest[node] == self.order[node]:
            component = set()
            while node not in component:
                component.add(self._stack.popitem()[0])
            self.found.append(component)
