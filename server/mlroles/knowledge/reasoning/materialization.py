"""A closed dataset that grows: what is added is joined with what is there, fact by fact.

This is semi-naive evaluation: a rule runs only where one of its premises is new. So adding a
person costs what follows of that person, however large the dataset is.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import is_schema
from mlroles.knowledge.reasoning.bodies import Bodies
from mlroles.knowledge.reasoning.compiled import Schema, Undecided, is_told, saturate
from mlroles.knowledge.reasoning.coverage import Question
from mlroles.knowledge.reasoning.facts import Facts, Numbers, Relation
from mlroles.knowledge.reasoning.fixpoint import Fixpoint
from mlroles.knowledge.reasoning.joining import ends
from mlroles.knowledge.reasoning.progress import Progress, silent
from mlroles.knowledge.reasoning.strata import Step, key

#: Triples that may be joined, however few there are.
_LEAST = 1_000
#: How many triples all are closed anew in while one is joined with them.
_SLOWER = 10


class _Closed(NamedTuple):
    """A closed dataset, ready to grow: all of it is replaced, or nothing."""

    asserted: set[Numbers]
    facts: Facts
    fixpoint: Fixpoint
    questions: Bodies[Question]


class Materialization:
    """Triples and all that follows from them, in memory.

    Making one, and each change, raises ``Undecided`` where the rules do not decide whether all is
    well, and KnowledgeError where the OWL cannot be read; a change that fails changes nothing, and
    one that is interrupted is done or not.
    """

    def __init__(self, triples: Iterable[ox.Triple], progress: Progress = silent) -> None:
        self._closed = _close(list(triples), progress)

    @property
    def asserted(self) -> frozenset[ox.Triple]:
        """The triples that were given, as a store writes them; blank nodes have names."""
        return frozenset(self._closed.facts.triples(self._closed.asserted))

    def inferred(self) -> list[ox.Triple]:
        """Return what follows and was not given, without noise."""
        return self._told()

    def add(self, triples: Iterable[ox.Triple]) -> list[ox.Triple]:
        """Add triples; return what follows now and did not before.

        Where one of them is about classes or properties all is closed anew, and where there are so
        many that this is sooner done.
        """
        asserted, facts, fixpoint, _ = self._closed
        new = set(facts.numbered(triples)) - asserted
        given = list(facts.triples(new))
        if any(map(is_schema, given)) or len(new) > _LEAST + len(asserted) // _SLOWER:
            return self._anew(given)
        before = facts.sizes()
        try:
            fixpoint.extend(facts.add(given), silent)
            self._doubt(before)
            asserted |= new
        except BaseException:
            asserted -= new
            facts.shrink(before)
            raise
        return self._told(before)

    def remove(self, triples: Iterable[ox.Triple]) -> None:
        """Take triples away, and close what is left anew."""
        asserted, facts, _, _ = self._closed
        left = asserted - set(facts.numbered(triples))
        self._closed = _close(list(facts.triples(left)))

    def _anew(self, given: Iterable[ox.Triple]) -> list[ox.Triple]:
        before = set(self.inferred())
        self._closed = _close([*self._closed.facts.triples(self._closed.asserted), *given])
        return [triple for triple in self.inferred() if triple not in before]

    def _doubt(self, before: Mapping[Relation, int]) -> None:
        """Raise Undecided where something new takes part in what must not be."""
        _, facts, _, questions = self._closed
        doubts = dict.fromkeys(
            doubt
            for new in facts.news(before)
            for question, join, row in questions.of(*new)
            if (doubt := question.answer(facts, join.distinct(question.about, row)))
        )
        if doubts:
            raise Undecided(list(doubts))

    def _told(self, since: Mapping[Relation, int] | None = None) -> list[ox.Triple]:
        """Return what follows and was not given, and is of no nameless class or inverse."""
        asserted, facts, _, _ = self._closed
        told = (fact for fact in facts.added(is_told, since) if fact not in asserted)
        return list(facts.triples(told))


def _close(given: Sequence[ox.Triple], progress: Progress = silent) -> _Closed:
    schema = Schema(skolem.named(filter(is_schema, given)), progress)
    facts = Facts(given)
    saturate(schema, facts, progress)
    steps = [Step((rule.head,), rule.body) for rule in schema.rules_of_data]
    fixpoint = Fixpoint(facts, steps, {key(atom) for step in steps for atom in step.body})
    questions = Bodies[Question](facts)
    for question in schema.questions:
        atoms = [ends(facts, atom) for atom in question.atoms]
        for place in range(len(atoms)):
            questions.put(question, atoms, place)
    return _Closed(set(facts.numbered(given)), facts, fixpoint, questions)
