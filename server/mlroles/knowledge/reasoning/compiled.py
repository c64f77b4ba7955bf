"""What follows, by rules bound to the ontology and run as SPARQL: quick for small and large data.

The ontology alone is closed by owlrl. What the bound rules leave out (equality, above all), and
what may contradict, is raised as ``Undecided``; ``closure`` decides it, rule by rule over every
triple.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import pyoxigraph as ox

from mlroles.knowledge.reasoning import coverage, skolem
from mlroles.knowledge.reasoning.binding import BoundRule, bind, is_schema
from mlroles.knowledge.reasoning.closure import close
from mlroles.knowledge.reasoning.coverage import Doubt
from mlroles.knowledge.reasoning.evaluation import Dataset, evaluate
from mlroles.knowledge.reasoning.noise import is_noise
from mlroles.knowledge.reasoning.world import World

Progress = Callable[[str], None]


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
        closure = close(triples, progress)
        self.world = World(closure)
        # A literal is no subject in RDF; and what is said of one is not kept.
        self.facts = [ox.Triple(*f) for f in closure.levels if not isinstance(f[0], ox.Literal)]  # type: ignore[arg-type] # an IRI is left
        self.rules: list[BoundRule] = bind(self.world)
        if doubts := [
            *(Doubt("owlrl", error) for error in closure.errors),
            *coverage.before(self.world, self.rules),
        ]:
            raise Undecided(doubts)


class Memory(Dataset):
    """A dataset in this process: the default graph of a store."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def ask(self, pattern: str) -> bool:
        """Return whether a group graph pattern has a solution."""
        return bool(self.store.query(f"ASK {{ {pattern} }}"))

    def count(self, pattern: str) -> int:
        """Return how many solutions a pattern has."""
        return sum(
            int(r["n"].value) for r in self._rows(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        )

    def literals(self, pattern: str) -> Iterator[ox.Literal]:
        """Yield the literals that ``?y`` stands for."""
        for row in self._rows(f"SELECT ?y {{ {pattern} }}"):
            if isinstance(row["y"], ox.Literal):
                yield row["y"]

    def insert(self, template: str, pattern: str) -> None:
        """Add the template's triples for each solution of a pattern."""
        self.store.update(f"INSERT {{ {template} }} WHERE {{ {pattern} }}")

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
    close_store(schema, store, progress)
    asserted = {ox.Quad(*triple) for triple in given}
    return [quad.triple for quad in store if quad not in asserted and _is_told(quad)]


def close_store(schema: Schema, store: ox.Store, progress: Progress | None = None) -> None:
    """Add what follows to the default graph of ``store``. Raises Undecided."""
    data = Memory(store)
    store.bulk_extend(ox.Quad(*fact) for fact in schema.facts)
    rules = [rule for rule in schema.rules if rule.head[1] != coverage.SAME]
    evaluate(rules, data, progress)
    if doubts := list(coverage.after(schema.world, rules, data)):
        raise Undecided(doubts)


def _is_told(quad: ox.Quad) -> bool:
    terms = (quad.subject, quad.predicate, quad.object)
    return not any(skolem.is_named(term) for term in terms) and not is_noise(terms)  # type: ignore[arg-type] # RDF 1.1 has no triple terms
