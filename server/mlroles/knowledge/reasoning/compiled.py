"""What follows, by rules bound to the ontology: quick for small and large data.

The ontology alone is closed by owlrl. What the bound rules leave out (equality, above all), and
what may contradict, is raised as ``Undecided``; ``closure`` decides it, rule by rule over every
triple.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import starmap

import pyoxigraph as ox

from mlroles.knowledge.reasoning import coverage, covered, skolem
from mlroles.knowledge.reasoning.binding import SAME, TYPE, Atom, BoundRule, bind, is_schema
from mlroles.knowledge.reasoning.closure import Fact, close
from mlroles.knowledge.reasoning.coverage import Doubt, Question
from mlroles.knowledge.reasoning.evaluation import Local, evaluate
from mlroles.knowledge.reasoning.facts import Facts
from mlroles.knowledge.reasoning.noise import is_noise
from mlroles.knowledge.reasoning.progress import Progress, silent
from mlroles.knowledge.reasoning.strata import Key
from mlroles.knowledge.reasoning.world import Named, World


class Undecided(Exception):  # noqa: N818 - no error: somebody else has to decide
    """The bound rules do not decide; ``doubts`` says why."""

    def __init__(self, doubts: Sequence[Doubt]) -> None:
        super().__init__("; ".join(doubt.sentence for doubt in doubts))
        self.doubts = doubts


class Schema:
    """An ontology, closed, with the rules that it gives for data."""

    def __init__(self, triples: Iterable[ox.Triple], progress: Progress = silent) -> None:
        """Close the triples of the schema, whose blank nodes have names.

        Raises KnowledgeError if the OWL in them cannot be read, and Undecided.
        """
        stated = list(triples)
        closure = close(stated, progress)
        self.world = World(closure)
        self.facts = [ox.Triple(*f) for f in closure.levels if _is_kept(f)]  # type: ignore[arg-type] # no literal subject is kept
        self.rules: list[BoundRule] = bind(self.world)
        named: set[object] = {atom[2] for rule in self.rules for atom in (rule.head, *rule.body)}
        named |= {fact.object for fact in self.facts}
        #: What is derived on the way and is not told (see ``is_told``), as patterns of SPARQL.
        self.passing = [
            *(f"?x {TYPE} {class_}" for class_ in sorted(map(str, filter(skolem.is_named, named)))),
            *sorted(
                {f"?x {rule.head[1]} ?y" for rule in self.rules if skolem.is_named(rule.head[1])}
            ),
        ]
        if doubts := [
            *(Doubt("owlrl", error) for error in closure.errors),
            *starmap(Doubt, covered.unknown(stated)),
            *coverage.before(self.world, self.rules),
        ]:
            raise Undecided(doubts)

    @cached_property
    def questions(self) -> list[Question]:
        """What is to be asked of data that is closed by the rules."""
        return coverage.questions(self.world, self.rules_of_data)

    @cached_property
    def rules_of_data(self) -> list[BoundRule]:
        """The rules but those that take two names for one thing: see ``coverage``."""
        return [rule for rule in self.rules if rule.head[1] != SAME]

    def names(self, triple: Atom) -> Named:
        """Return the names that the terms of a triple have in ``world``."""
        subject, predicate, value = (self.world.name(part) for part in triple)  # type: ignore[arg-type] # no variable
        return subject, predicate, value

    def level(self, triple: Atom) -> int | None:
        """Return when a triple was found in the schema: 0 is asserted, None that it was not."""
        return self.world.level(self.names(triple))


def infer(triples: Iterable[ox.Triple], progress: Progress = silent) -> Iterator[ox.Triple]:
    """Return what follows from the triples and is no noise, each once. Raises as ``Schema`` does."""
    given = list(triples)
    schema = Schema(skolem.named(filter(is_schema, given)), progress)
    facts = Facts(given)
    saturate(schema, facts, progress)
    return facts.triples(facts.added(is_told))


def saturate(schema: Schema, facts: Facts, progress: Progress = silent) -> None:
    """Add what follows, also what is not told. Raises Undecided.

    Interrupted, it leaves facts that nobody may use.
    """
    facts.add(schema.facts)
    evaluate(schema.rules_of_data, Local(facts), progress)
    progress("Reasoning: looking for contradictions")
    if doubts := list(coverage.after(schema.questions, facts)):
        raise Undecided(doubts)


def is_told(about: Key) -> bool:
    """Return whether triples about a key are worth telling: not those of nameless things."""
    return not any(map(skolem.is_named, about))


def _is_kept(fact: Fact) -> bool:
    """Return whether a fact about the schema is needed beside the data, or worth telling."""
    subject, predicate, value = fact
    if skolem.is_named(value) and predicate == TYPE:
        return not isinstance(subject, ox.Literal) and not skolem.is_named(subject)
    return not is_noise(fact) and not any(skolem.is_named(term) for term in fact)
