"""What a triple that does not hold would follow from: how much of a rule is there, and what lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.reasoning.binding import Atom, BoundRule, Part
from mlroles.knowledge.reasoning.known import Bound, Known, OutOfTimeError
from mlroles.knowledge.reasoning.leading import Rules, is_free, is_virtual
from mlroles.knowledge.reasoning.strata import match, put

NOTHING = ox.NamedNode(f"{vocab.OWL}Nothing")
#: The rules that put something into a class expression for what is said of it.
_DEFINING = {"cls-int1", "cls-uni", "cls-svf1", "cls-svf2", "cls-hv2"}
#: Class expressions within each other, alternatives of one rule, atoms that are tried together.
_DEEPEST = 4
_ALTERNATIVES = 12
_JOINED = 7


@dataclass(frozen=True)
class Gap:
    """What ``rule`` needs for a conclusion: atoms, and whether they are there.

    Those that are there hold together, with one choice for each variable: ``example`` is one.
    """

    rule: BoundRule
    needs: tuple[tuple[Atom, bool], ...]
    example: Bound

    @property
    def lacking(self) -> int:
        """How many of the atoms are not there."""
        return sum(not met for _, met in self.needs)

    @property
    def rank(self) -> tuple[int, bool, int, int, str]:
        """Less is nearer: what lacks little, and names it, before what could be anything."""
        lacking = [atom for atom, met in self.needs if not met]
        vague = sum(is_free(atom) for atom in lacking)
        is_new = len(lacking) == len(self.needs)
        return len(lacking), is_new, vague, len(self.needs), str(self.needs)


class Gaps:
    """Ways to what does not hold, in a closed dataset; ``is_late`` says that time ran out."""

    def __init__(self, rules: Rules, known: Known) -> None:
        self._rules = rules
        self._known = known
        self.is_late = False

    def of(self, fact: Atom, most: int = 5) -> list[Gap]:
        """Return rules by which ``fact`` would follow, with what they need; the nearest first."""
        found: dict[frozenset[Atom], Gap] = {}
        try:
            for rule, atoms in self._leading(fact):
                if not any(NOTHING in atom for atom in atoms):
                    for needs in islice(self._alternatives(atoms), _ALTERNATIVES):
                        self._add(rule, needs, fact, found)
        except OutOfTimeError:
            self.is_late = True
        return sorted(found.values(), key=lambda gap: gap.rank)[:most]

    def _add(
        self,
        rule: BoundRule,
        needs: Sequence[Atom],
        fact: Atom,
        found: dict[frozenset[Atom], Gap],
    ) -> None:
        name = frozenset(needs)
        if fact in name or name in found:
            return
        gap = self._gap(rule, needs)
        if gap.lacking:
            found[name] = gap

    def _leading(self, fact: Atom) -> Iterator[tuple[BoundRule, list[Atom]]]:
        """Yield rules and their premises; of what only says the same the other way round, its own."""
        waiting, seen = [fact], {fact}
        for same in waiting:
            for rule in self._rules.bound(same):
                bound = match(rule.head, same)
                if bound is None:
                    continue
                atoms = [put(atom, bound) for atom in rule.body]
                if len(atoms) == 1 and self._implies(same, atoms[0]):
                    if atoms[0] not in seen:
                        seen.add(atoms[0])
                        waiting.append(atoms[0])
                elif not seen & set(atoms):
                    yield rule, atoms

    def _implies(self, fact: Atom, other: Atom) -> bool:
        """Return whether ``other`` follows from ``fact`` alone, so that it says no more."""
        if is_free(other) or is_virtual(other):
            return False
        for rule in self._rules.bound(other):
            bound = match(rule.head, other)
            if bound is not None and len(rule.body) == 1 and put(rule.body[0], bound) == fact:
                return True
        return False

    def _alternatives(self, atoms: Sequence[Atom], path: str = "") -> Iterator[list[Atom]]:
        """Yield the atoms, with what class expressions ask for in their place."""
        choices = [
            list(self._asked_for(atom, f"{path}{place}")) for place, atom in enumerate(atoms)
        ]
        for chosen in product(*choices):
            yield list(dict.fromkeys(atom for some in chosen for atom in some))

    def _asked_for(self, atom: Atom, path: str) -> Iterator[list[Atom]]:
        found = False
        is_known = is_virtual(atom) and len(path) <= _DEEPEST
        for rule in self._rules.bound(atom) if is_known else ():
            bound = match(rule.head, atom) if rule.name in _DEFINING else None
            if bound is not None:
                found = True
                yield from self._alternatives(_apart(rule, bound, path), path)
        if not found:
            yield [atom]

    def _gap(self, rule: BoundRule, needs: Sequence[Atom]) -> Gap:
        """Return the most of the needs that hold together, those that name more things first."""
        real = [atom for atom in needs if not is_virtual(atom)][:_JOINED]
        for size in range(len(real), 0, -1):
            for some in sorted(combinations(real, size), key=_vague):
                example = next(iter(self._known.joined(some)), None)
                if example is not None:
                    return Gap(rule, tuple((atom, atom in some) for atom in needs), example)
        return Gap(rule, tuple((atom, False) for atom in needs), {})


def _vague(atoms: Sequence[Atom]) -> int:
    return sum(isinstance(part, ox.Variable) for atom in atoms for part in atom)


def _apart(rule: BoundRule, bound: Bound, path: str) -> list[Atom]:
    """Return a rule's body, whose own variables are not those of the rule that asks for it."""
    own: dict[Part, Part] = {
        part: ox.Variable(f"{part.value}_{path}")
        for atom in rule.body
        for part in atom
        if isinstance(part, ox.Variable) and part not in bound
    }
    return [put(atom, {**own, **bound}) for atom in rule.body]
