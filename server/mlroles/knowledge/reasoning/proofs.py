"""Why a triple holds: the shortest way from what is asserted, rule by rule.

Each premise is proved by its own shortest way, so that none ever comes back to its conclusion.
What is said of class expressions is in no store; it is proved where it is needed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from mlroles.knowledge.reasoning import axioms
from mlroles.knowledge.reasoning.binding import Atom, BoundRule
from mlroles.knowledge.reasoning.causes import premises
from mlroles.knowledge.reasoning.known import Bound, Known, OutOfTimeError
from mlroles.knowledge.reasoning.leading import Rules, is_free, is_virtual
from mlroles.knowledge.reasoning.strata import match, put

#: Ways that are tried for one rule before others get their turn, and how long a proof may be.
_WAYS = 24
_DEEPEST = 24
#: Ways that are found for each that is told.
_CHOICE = 3
#: How many rules longer than the shortest proof one may be that leaves some triples out.
_LONGER = 6


@dataclass(frozen=True)
class Proof:
    """Why ``fact`` holds: asserted if ``rule`` is empty, else by it, of the premises.

    ``bound`` is the rule as it was bound to its axioms, None for a rule of the schema; ``axioms``
    proves those of them that nobody stated.
    """

    fact: Atom
    rule: str = ""
    premises: tuple["Proof", ...] = ()
    bound: BoundRule | None = None
    axioms: tuple["Proof", ...] = ()

    @property
    def depth(self) -> int:
        """How many rules the longest branch has: 0 for what is asserted.

        An axiom that follows counts as the rules that its stated ones would have taken instead.
        """
        if not self.rule:
            return 0
        instead = sum(axiom.stated - 1 for axiom in self.axioms)
        return 1 + instead + max((premise.depth for premise in self.premises), default=0)

    @property
    def stated(self) -> int:
        """How many asserted triples it ends in, one that is used twice counted twice."""
        if not self.rule:
            return 1
        return sum(proof.stated for proof in (*self.premises, *self.axioms))


class Prover:
    """Proofs over a closed dataset; ``is_late`` says that time ran out while one was looked for."""

    def __init__(self, rules: Rules, known: Known) -> None:
        self._schema = rules.schema
        self._rules = rules
        self._known = known
        self._shortest: dict[Atom, Proof] = {}
        self._failed: dict[Atom, int] = {}
        self._axioms: dict[BoundRule, tuple[Proof, ...]] = {}
        self.is_late = False

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
        ways: dict[frozenset[Atom], Proof] = {}
        try:
            self._collect(fact, ways, most)
        except OutOfTimeError:
            self.is_late = True
        return sorted(ways.values(), key=lambda proof: proof.depth)[:most]

    def _collect(self, fact: Atom, ways: dict[frozenset[Atom], Proof], most: int) -> None:
        """Put into ``ways`` the shortest, and then others as they are found."""
        first = self.prove(fact)
        if first is None:
            return
        ways[frozenset(p.fact for p in first.premises)] = first
        for rule, facts in islice(self._ways(fact), _WAYS * most):
            if fact not in facts and frozenset(facts) not in ways:
                deepest = first.depth + _LONGER
                proved = self._all_without(facts, frozenset([fact]), deepest)
                if proved is not None:
                    ways[frozenset(facts)] = self._proof(fact, rule, proved)
                    if len(ways) == _CHOICE * most:
                        return

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

    def _without(self, fact: Atom, barred: frozenset[Atom], deepest: int) -> Proof | None:
        """Return a proof in which none of the triples ``barred`` is used, None without one."""
        shortest = self.prove(fact, deepest)
        if shortest is None or not _uses(shortest, barred):
            return shortest
        for rule, facts in islice(self._ways(fact), _WAYS):
            if barred.isdisjoint(facts) and fact not in facts:
                proved = self._all_without(facts, barred | {fact}, deepest - 1)
                if proved is not None:
                    return self._proof(fact, rule, proved)
        return None

    def _all_without(
        self, facts: Iterable[Atom], barred: frozenset[Atom], deepest: int
    ) -> list[Proof] | None:
        proved = []
        for fact in facts:
            proof = None if fact in barred else self._without(fact, barred, deepest)
            if proof is None:
                return None
            proved.append(proof)
        return proved

    def _kept(self, proof: Proof) -> Proof:
        self._shortest[proof.fact] = proof
        return proof

    def _proved(self, fact: Atom, depth: int) -> Proof | None:
        if self._schema.level(fact) is not None and not self._rules.bound(fact):
            of_schema = self._by_schema(fact, depth)
            if of_schema is not None:
                return of_schema
        for rule, facts in self._ways(fact):
            proved = self._all(facts, depth - 1)
            if proved is not None:
                found = self._proof(fact, rule, proved)
                if found.depth <= depth:
                    return found
        return None

    def _proof(self, fact: Atom, rule: BoundRule, proved: Sequence[Proof]) -> Proof:
        return Proof(fact, rule.name, tuple(proved), rule, self._axioms_of(rule))

    def _axioms_of(self, rule: BoundRule) -> tuple[Proof, ...]:
        """Return why the axioms of a rule hold that nobody stated, as far as that is known."""
        if rule not in self._axioms:
            facts = (self._schema.world.fact(axiom) for axiom in axioms.of(self._schema, rule))
            proofs = (self.prove(fact) for fact in facts if self._schema.level(fact))  # type: ignore[arg-type] # all have names
            self._axioms[rule] = tuple(proof for proof in proofs if proof is not None)
        return self._axioms[rule]

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
        for rule in self._rules.leading_to(fact):
            bound = match(rule.head, fact)
            if bound is not None:
                solutions = self._solutions(rule.body, bound)
                yield from ((rule, _ground(rule, found)) for found in islice(solutions, _WAYS))
                rest.append((rule, solutions))
        for rule, solutions in rest:
            yield from ((rule, _ground(rule, found)) for found in solutions)

    def _solutions(self, body: Sequence[Atom], bound: Bound) -> Iterator[Bound]:
        """Yield what the variables of ``body`` may stand for, asserted triples before others."""
        asked = [put(atom, bound) for atom in body]
        real = [atom for atom in asked if not is_virtual(atom)]
        virtual = [atom for atom in asked if is_virtual(atom)]
        condition = " ".join(self._rules.condition(atom) for atom in virtual if is_free(atom))
        for more in self._known.joined(real, condition) if real else ({},):
            yield {**bound, **more}

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


def _ground(rule: BoundRule, bound: Bound) -> list[Atom]:
    return [put(atom, bound) for atom in rule.body]


def _uses(proof: Proof, facts: frozenset[Atom]) -> bool:
    return proof.fact in facts or any(_uses(premise, facts) for premise in proof.premises)
