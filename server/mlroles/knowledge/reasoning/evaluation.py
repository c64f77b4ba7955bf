"""The closure of a dataset by bound rules, stratum by stratum.

A stratum that is not recursive is run where the data is, as SPARQL updates, each once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import pyoxigraph as ox

from mlroles.knowledge.reasoning.binding import Atom, BoundRule
from mlroles.knowledge.reasoning.fixpoint import Fixpoint
from mlroles.knowledge.reasoning.pruning import alive, needed
from mlroles.knowledge.reasoning.strata import Stratum, strata
from mlroles.knowledge.reasoning.unfolding import is_transitive, unfolded

Progress = Callable[[str], None]

#: Triples between two reports of progress.
_STEP = 10_000


class Dataset(Protocol):
    """Where the rules run: a store here, or any that speaks SPARQL 1.1."""

    def ask(self, pattern: str) -> bool:
        """Return whether a group graph pattern has a solution."""

    def count(self, pattern: str) -> int:
        """Return how many solutions a triple pattern has."""

    def literals(self, pattern: str) -> Iterator[ox.Literal]:
        """Yield the literals that ``?y`` stands for in the solutions of a pattern."""

    def triples(self, atom: Atom) -> Iterator[ox.Triple]:
        """Yield the triples that match."""

    def insert(self, template: str, pattern: str) -> None:
        """Add the template's triples for each solution of a pattern."""

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples, taking them one by one."""


def evaluate(rules: Iterable[BoundRule], data: Dataset, progress: Progress | None = None) -> None:
    """Add to ``data`` all that follows by ``rules``."""
    tell = progress or _silent
    plan = planned(rules, data)
    for number, stratum in enumerate(plan, 1):
        tell(f"Reasoning: {number} of {len(plan)}")
        if stratum.recursive:
            _repeat(stratum, data, tell)
        else:
            for step in stratum.steps:
                data.insert(pattern(step.heads), pattern(step.body))


def planned(rules: Iterable[BoundRule], data: Dataset) -> list[Stratum]:
    """Return what has to be run on ``data``, in order."""

    def present(atom: Atom) -> bool:
        return data.ask(pattern((atom,)))

    kept = needed(alive(rules, present), present)
    transitive = {rule.head[1] for rule in kept if is_transitive(rule.head, rule.body)}
    plan = []
    for stratum in strata(kept):
        once = unfolded(stratum.steps, transitive) if stratum.recursive else None
        plan.append(stratum if once is None else Stratum(tuple(once), recursive=False))
    return plan


def pattern(atoms: Sequence[Atom]) -> str:
    """Return atoms as the triple patterns of SPARQL, or as a template."""
    return " . ".join(" ".join(map(str, atom)) for atom in atoms)


def _repeat(stratum: Stratum, data: Dataset, tell: Progress) -> None:
    fixpoint = Fixpoint(stratum.steps)
    for atom in fixpoint.premises:
        fixpoint.learn(_told(data.triples(atom), "read", tell))
    data.add(_told(fixpoint.found(), "found", tell))


def _told(triples: Iterable[ox.Triple], verb: str, tell: Progress) -> Iterator[ox.Triple]:
    for number, triple in enumerate(triples):
        if number and number % _STEP == 0:
            tell(f"Reasoning: {number:,} triples {verb}")
        yield triple


def _silent(_message: str) -> None:
    """Tell nobody."""
