"""What follows, by rules bound to the ontology and run as SPARQL: quick for small and large data.

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
from mlroles.knowledge.reasoning.evaluation import Dataset, Progress, evaluate
from mlroles.knowledge.reasoning.interruptible import interruptible
from mlroles.knowledge.reasoning.noise import is_noise
from mlroles.knowledge.reasoning.strata import match
from mlroles.knowledge.reasoning.world import Named, World


class Undecided(Exception):  # noqa: N818 - no error: somebody else has to decide
    """The bound rules do not decide; ``doubts`` says why."""

    def __init__(self, doubts: Sequence[Doubt]) -> None:
        super().__init__("; ".join(doubt.sentence for doubt in doubts))
        self.doubts = doubts


class Schema:
    """An ontology, closed, with the rules that it gives for data."""

    def __init__(self, triples: Iterable[ox.Triple], progress: Progress | None = None) -> None:
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
        self.expressions = sorted(map(str, filter(skolem.is_named, named)))
        #: What is derived on the way and tells nobody anything: of nameless classes and inverses.
        self.passing = [
            *(f"?x {TYPE} {class_}" for class_ in self.expressions),
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


class Memory(Dataset):
    """A dataset in this process: the default graph of a store."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def ask(self, pattern: str) -> bool:
        """Return whether a group graph pattern has a solution."""
        return bool(self.store.query(f"ASK {{ {pattern} }}"))

    def count(self, pattern: str) -> int:
        """Return how many solutions a pattern has."""
        return int(next(self._rows(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"))["n"].value)

    def literals(self, pattern: str) -> Iterator[ox.Literal]:
        """Yield the literals that ``?y`` stands for."""
        for row in self._rows(f"SELECT ?y {{ {pattern} }}"):
            if isinstance(row["y"], ox.Literal):
                yield row["y"]

    def triples(self, atom: Atom) -> Iterator[ox.Triple]:
        """Yield the triples that match."""
        subject, predicate, value = (None if isinstance(p, ox.Variable) else p for p in atom)
        for quad in self.store.quads_for_pattern(subject, predicate, value, ox.DefaultGraph()):  # type: ignore[arg-type] # no literal is in front
            if match(atom, (quad.subject, quad.predicate, quad.object)) is not None:  # type: ignore[arg-type] # all have names
                yield quad.triple

    def insert(self, template: str, pattern: str) -> None:
        """Add the template's triples for each solution of a pattern."""
        self.store.update(f"INSERT {{ {template} }} WHERE {{ {pattern} }}")

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples, taking them one by one."""
        self.store.bulk_extend(ox.Quad(*triple) for triple in triples)

    def _rows(self, query: str) -> ox.QuerySolutions:
        found = self.store.query(query)
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - a SELECT gives these
        return found


def infer(triples: Iterable[ox.Triple], progress: Progress | None = None) -> list[ox.Triple]:
    """Return what follows from the triples and is no noise. Raises as ``Schema`` does."""
    given = list(skolem.named(triples))
    schema = Schema((triple for triple in given if is_schema(triple)), progress)
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in given)
    asserted = set(store)  # not as it was given: a store writes 1 for 01 and for 1.0
    close_store(schema, store, progress)
    return [quad.triple for quad in store if quad not in asserted]


def close_store(schema: Schema, store: ox.Store, progress: Progress | None = None) -> None:
    """Add what follows, and is no noise, to the default graph of ``store``. Raises Undecided."""
    saturate(schema, store, progress)
    for pattern in schema.passing:
        store.update(f"DELETE WHERE {{ {pattern} }}")


def stored(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Return the triples as a store has them, which writes each value in one way: 1 for 01."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples)
    return {quad.triple for quad in store}


def saturate(schema: Schema, store: ox.Store, progress: Progress | None = None) -> None:
    """Add what follows, also what only says in which nameless class something is.

    Raises Undecided. Interrupted, it leaves a store that nobody may use.
    """

    def work(tell: Progress) -> list[Doubt]:
        data = Memory(store)
        store.bulk_extend(ox.Quad(*fact) for fact in schema.facts)
        evaluate(schema.rules_of_data, data, tell)
        tell("Reasoning: looking for contradictions")
        return list(coverage.after(schema.questions, data))

    if doubts := interruptible(work, progress):
        raise Undecided(doubts)


def _is_kept(fact: Fact) -> bool:
    """Return whether a fact about the schema is needed beside the data, or worth telling."""
    subject, predicate, value = fact
    if skolem.is_named(value) and predicate == TYPE:
        return not isinstance(subject, ox.Literal) and not skolem.is_named(subject)
    return not is_noise(fact) and not any(skolem.is_named(term) for term in fact)
