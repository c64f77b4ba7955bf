"""The closure of a dataset by bound rules, run as SPARQL updates, stratum by stratum."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import pyoxigraph as ox

from mlroles.knowledge.reasoning.binding import Atom, BoundRule
from mlroles.knowledge.reasoning.pruning import alive, needed
from mlroles.knowledge.reasoning.strata import Step, Stratum, strata

Progress = Callable[[str], None]


class Dataset(Protocol):
    """Where the rules run: a store here, or any that speaks SPARQL 1.1."""

    def ask(self, pattern: str) -> bool:
        """Return whether a group graph pattern has a solution."""

    def count(self, pattern: str) -> int:
        """Return how many solutions a triple pattern has."""

    def literals(self, pattern: str) -> Iterator[ox.Literal]:
        """Yield the literals that ``?y`` stands for in the solutions of a pattern."""

    def insert(self, template: str, pattern: str) -> None:
        """Add the template's triples for each solution of a pattern."""


def evaluate(rules: Iterable[BoundRule], data: Dataset, progress: Progress | None = None) -> None:
    """Add to ``data`` all that follows by ``rules``."""
    plan = planned(rules, data)
    for number, stratum in enumerate(plan, 1):
        if progress is not None:
            progress(f"Reasoning: {number} of {len(plan)}")
        _run(stratum, data)


def planned(rules: Iterable[BoundRule], data: Dataset) -> list[Stratum]:
    """Return what has to be run on ``data``, in order."""

    def present(atom: Atom) -> bool:
        return data.ask(pattern((atom,)))

    return strata(needed(alive(rules, present), present))


def pattern(atoms: Sequence[Atom]) -> str:
    """Return atoms as the triple patterns of SPARQL, or as a template."""
    return " . ".join(" ".join(map(str, atom)) for atom in atoms)


def _run(stratum: Stratum, data: Dataset) -> None:
    before = -1
    while True:
        for step in stratum.steps:
            data.insert(pattern(step.heads), pattern(step.body))
        if not stratum.recursive:
            return
        after = sum(data.count(text) for text in _heads(stratum.steps))
        if after == before:
            return
        before = after


def _heads(steps: Iterable[Step]) -> list[str]:
    return sorted({pattern((head,)) for step in steps for head in step.heads})
