"""Steps that feed each other, run to their end: each new fact is joined once with what is there.

A store would join its whole dataset anew in each round: a transitive chain of 400 took 4 s and
more in rounds of SPARQL, and by a path of 2,000 it took 20 s.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from mlroles.knowledge.reasoning.binding import Atom, Part
from mlroles.knowledge.reasoning.bodies import Bodies
from mlroles.knowledge.reasoning.facts import Facts, New, Pair, Relation
from mlroles.knowledge.reasoning.joining import Head, ends
from mlroles.knowledge.reasoning.progress import Progress
from mlroles.knowledge.reasoning.strata import Key, Step, key, match, renamed
from mlroles.knowledge.reasoning.unfolding import is_transitive

#: Facts between two reports of how many were found.
_STEP = 10_000


class _Conclusion(NamedTuple):
    head: Head
    is_transitive: bool


class Fixpoint:
    """Steps ready to be run whenever there are new facts about ``watched`` keys.

    A transitive property grows at its end, by what holds of it for other reasons, its base:
    ``:p+`` is ``:p+/:p``. So a chain of n has n² / 2 derivations, and not n³ / 6. What is found in
    this way waits until the rest is done, lest it be taken for such a reason.
    """

    def __init__(self, facts: Facts, steps: Sequence[Step], watched: Collection[Key]) -> None:
        self._facts = facts
        self._watched = watched
        self._bodies = Bodies[_Conclusion](facts)
        for step in steps:
            for head in step.heads:
                self._prepare(head, step.body)

    def start(self, tell: Progress) -> None:
        """Run the steps on all that is there."""
        there: deque[New] = deque()
        for about in self._watched:
            relation, first = self._facts.about(about)
            if first is None:
                there.extend((relation, *pair) for pair in relation)
            else:
                there.extend(
                    (relation, first, second) for second in relation.seconds.get(first, ())
                )
        self._run(deque(), there, tell)

    def extend(self, new: Iterable[New], tell: Progress) -> None:
        """Run the steps on facts that were just added."""
        self._run(deque(new), deque(), tell)

    def _prepare(self, head: Atom, body: Sequence[Atom]) -> None:
        atoms = [ends(self._facts, atom) for atom in body]
        transitive = is_transitive(head, body)
        if transitive:
            atoms[1] = atoms[1]._replace(relation=self._base(head[1]))
        conclusion = _Conclusion(Head(self._facts, head, body), transitive)
        for place, atom in enumerate(body):
            if key(atom) in self._watched:
                self._bodies.put(conclusion, atoms, place, also=conclusion.head.parts)

    def _base(self, property_: Part) -> Relation:
        """Return the base of a transitive property; it has all that is there at first."""
        relation = self._facts.relation(property_)
        if relation not in self._facts.bases:
            base = self._facts.bases[relation] = Relation()
            base.update(relation)
        return self._facts.bases[relation]

    def _run(self, new: deque[New], old: deque[New], tell: Progress) -> None:
        """Join what waits, the ``new`` first; what is ``old`` is in its base already, if any."""
        found = 0
        while waiting := new or old:
            relation, first, second = waiting.popleft()
            base = self._facts.bases.get(relation) if waiting is new else None
            grown = (relation,) if base is None else (relation, base)
            if base is not None:
                base.add(first, second)
            for where in grown:
                for head, is_transitive_, more in self._following(where, first, second):
                    (old if is_transitive_ else new).extend((head.relation, *pair) for pair in more)
                    found += len(more)
                    if found // _STEP > (found - len(more)) // _STEP:
                        tell(f"Reasoning: {found:,} triples found")

    def _following(
        self, relation: Relation, first: int, second: int
    ) -> Iterator[tuple[Head, bool, list[Pair]]]:
        """Yield what follows from a pair and is new, after adding it."""
        for (head, is_transitive_), join, row in self._bodies.of(relation, first, second):
            size = len(head.relation.added)
            head.relation.update(list(head.pairs(join, join.rows(row))))
            if len(head.relation.added) > size:
                yield head, is_transitive_, list(head.relation.since(size))


def fed(steps: Iterable[Step]) -> set[Key]:
    """Return the keys that steps lead to."""
    return {key(head) for step in steps for head in step.heads}


def premises(steps: Iterable[Step]) -> list[Atom]:
    """Return the patterns of what takes part in steps."""
    found = dict.fromkeys(renamed((), atom)[1] for step in steps for atom in step.body)
    return [
        atom
        for atom in found
        if not any(atom != other and match(other, atom) is not None for other in found)
    ]
