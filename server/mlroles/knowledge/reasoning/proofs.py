"""Why a triple holds: the shortest way from what is asserted, rule by rule.

Each premise is proved by its own shortest way, so that none ever comes back to its conclusion.
What is said of class expressions is in no store; it is proved where it is needed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import TYPE, Atom, BoundRule, Part
from mlroles.knowledge.reasoning.causes import premises
from mlroles.knowledge.reasoning.compiled import Schema
from mlroles.knowledge.reasoning.known import Known
from mlroles.knowledge.reasoning.strata import Key, key, match, put

_Bound: TypeAlias = Mapping[Part, Part]

#: Ways that are tried for one rule before others get their turn, and how long a proof may be.
_WAYS = 24
_DEEPEST = 24

NOTHING = ox.NamedNode(f"{vocab.OWL}Nothing")
#: The rules that put something into a class expression for what is said of it.
_DEFINING = {"cls-int1", "cls-uni", "cls-svf1", "cls-svf2", "cls-hv2"}


@dataclass(frozen=True)
class Proof:
    """Why ``fact`` holds: asserted if ``rule`` is empty, else by it, of the premises.

    ``bound`` is the rule as it was bound to its axioms, None for a rule of the schema.
    """

    fact: Atom
    rule: str = ""
    premises: tuple["Proof", ...] = ()
    bound: BoundRule | None = None

    @property
    def depth(self) -> int:
        """How many rules the longest branch has: 0 for what is asserted."""
        if not self.rule:
            return 0
        return 1 + max((premise.depth for premise in self.premises), default=0)


@dataclass(frozen=True)
class Gap:
    """What ``rule`` needs for a conclusion: atoms, which may hold variables, and which are met."""

    rule: BoundRule
    needs: tuple[tuple[Atom, bool], ...]

    @property
    def lacking(self) -> int:
        """How many of the atoms nothing meets."""
        return sum(not met for _, met in self.needs)


class Prover:
    """Proofs over a closed dataset; ``schema`` is its own."""

    def __init__(self, schema: Schema, known: Known) -> None:
        self._schema = schema
        self._known = known
        self._rules: dict[Key, list[BoundRule]] = defaultdict(list)
        for rule in schema.rules:
            self._rules[key(rule.head)].append(rule)
        self._shortest: dict[Atom, Proof] = {}
        self._failed: dict[Atom, int] = {}

    def holds(self, fact: Atom) -> bool:
        """Return whether a triple is asserted or inferred."""
        return any(True for _ in self._known.found(fact))

    def is_asserted(self, fact: Atom) -> bool:
        """Return whether a triple is asserted."""
        return any(asserted for _, asserted in self._known.found(fact))

    def proofs(self, fact: Atom, most: int = 5) -> list[Proof]:
        """Return ways to ``fact``, the shortest first, at most one for the same premises.

        What is asserted has one; what does not hold has none.
        """
        if self.is_asserted(fact):
            return [Proof(fact)]
        if not self.holds(fact):
            return []
        first = self.prove(fact)
        ways = {} if first is None else {frozenset(p.fact for p in first.premises): first}
        for rule, facts in self._ways(fact):
            if fact not in facts and frozenset(facts) not in ways:
                proved = self._all(facts, _DEEPEST)
                if proved is not None and not any(_uses(proof, fact) for proof in proved):
                    ways[frozenset(facts)] = _proof(fact, rule, proved)
        return sorted(ways.values(), key=lambda proof: proof.depth)[:most]

    def prove(self, fact: Atom, deepest: int = _DEEPEST) -> Proof | None:
        """Return the shortest proof of at most ``deepest`` rules in a branch, None without one."""
        known = self._shortest.get(fact)
        if known is not None:
            return known if known.depth <= deepest else None
        if self.is_asserted(fact):
            return self._kept(Proof(fact))
        for depth in range(self._failed.get(fact, 0) + 1, deepest + 1):
            found = self._proved(fact, depth)
            if found is not None:
                return self._kept(found)
            self._failed[fact] = depth
        return None

    def missing(self, fact: Atom, most: int = 5) -> list["Gap"]:
        """Return rules by which ``fact`` would follow, with what they need; the nearest first."""
        gaps: dict[frozenset[Atom], Gap] = {}
        for rule in self._rules_for(fact):
            bound = match(rule.head, fact)
            needs = [] if bound is None else list(self._needs([put(a, bound) for a in rule.body]))
            if needs and not any(NOTHING in atom or atom == fact for atom, _ in needs):
                gaps.setdefault(frozenset(atom for atom, _ in needs), Gap(rule, tuple(needs)))
        return sorted(gaps.values(), key=lambda gap: (gap.lacking, len(gap.needs)))[:most]

    def _needs(self, atoms: Iterable[Atom], depth: int = 4) -> Iterator[tuple[Atom, bool]]:
        """Yield atoms with whether something is there; class expressions as what they ask for."""
        for atom in atoms:
            rules = self._rules_for(atom) if _is_virtual(atom) and depth else ()
            ways = [(rule, match(rule.head, atom)) for rule in rules if rule.name in _DEFINING]
            rule, bound = next(((r, b) for r, b in ways if b is not None), (None, None))
            if rule is None or bound is None:
                yield atom, self.holds(atom)
            else:
                yield from self._needs([put(a, bound) for a in rule.body], depth - 1)

    def _kept(self, proof: Proof) -> Proof:
        self._shortest[proof.fact] = proof
        return proof

    def _proved(self, fact: Atom, depth: int) -> Proof | None:
        if self._is_of_schema(fact):
            return self._by_schema(fact, depth)
        for rule, facts in self._ways(fact):
            proved = self._all(facts, depth - 1)
            if proved is not None:
                return _proof(fact, rule, proved)
        return None

    def _all(self, facts: Iterable[Atom], deepest: int) -> list[Proof] | None:
        proved = []
        for fact in facts:
            proof = self.prove(fact, deepest)
            if proof is None:
                return None
            proved.append(proof)
        return proved

    def _ways(self, fact: Atom) -> Iterator[tuple[BoundRule, list[Atom]]]:
        """Yield the premises that lead to ``fact`` in one step; few of each rule at first."""
        rest = []
        for rule in self._rules_for(fact):
            bound = match(rule.head, fact)
            if bound is not None:
                solutions = self._solutions(rule.body, bound)
                yield from ((rule, _ground(rule, found)) for found in islice(solutions, _WAYS))
                rest.append((rule, solutions))
        for rule, solutions in rest:
            yield from ((rule, _ground(rule, found)) for found in solutions)

    def _rules_for(self, fact: Atom) -> Sequence[BoundRule]:
        return self._rules.get(key(fact), ())

    def _solutions(self, body: Sequence[Atom], bound: _Bound) -> Iterator[_Bound]:
        """Yield what the variables of ``body`` may stand for, asserted triples before others."""
        real = [atom for atom in body if not _is_virtual(atom)]
        if not real:
            yield bound
            return
        # The atom with the fewest variables left is asked first.
        first = min(real, key=lambda atom: sum(_is_free(part, bound) for part in atom))
        rest = [atom for atom in body if atom is not first]
        asked = put(first, bound)
        for fact, _ in self._known.found(asked):
            more = match(asked, fact)
            if more is not None:
                yield from self._solutions(rest, {**bound, **more})

    def _is_of_schema(self, fact: Atom) -> bool:
        return self._schema.level(fact) is not None and not self._rules_for(fact)

    def _by_schema(self, fact: Atom, depth: int) -> Proof | None:
        world = self._schema.world
        rule, found = premises(world, self._schema.names(fact))
        if rule is None:
            return None
        facts = [tuple(world.term(name) for name in named) for named in found]
        proved = self._all_of_schema(facts, depth - 1)  # type: ignore[arg-type] # three terms each
        return None if proved is None else Proof(fact, rule.name, tuple(proved))

    def _all_of_schema(self, facts: Iterable[Atom], deepest: int) -> list[Proof] | None:
        proved = []
        for fact in facts:
            is_given = self._schema.level(fact) == 0
            proof = Proof(fact) if is_given else self.prove(fact, deepest)
            if proof is None:
                return None
            proved.append(proof)
        return proved


def _proof(fact: Atom, rule: BoundRule, proved: Sequence[Proof]) -> Proof:
    return Proof(fact, rule.name, tuple(proved), rule)


def _ground(rule: BoundRule, bound: _Bound) -> list[Atom]:
    return [put(atom, bound) for atom in rule.body]


def _uses(proof: Proof, fact: Atom) -> bool:
    return proof.fact == fact or any(_uses(premise, fact) for premise in proof.premises)


def _is_virtual(atom: Atom) -> bool:
    return atom[1] == TYPE and skolem.is_named(atom[2])


def _is_free(part: Part, bound: _Bound) -> bool:
    return isinstance(part, ox.Variable) and part not in bound
