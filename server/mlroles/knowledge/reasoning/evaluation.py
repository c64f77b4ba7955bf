"""The closure of a dataset by bound rules, stratum by stratum.

A stratum that is not recursive is run once. What ``facts`` does in this process another store is
told in SPARQL.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from mlroles.knowledge.reasoning.binding import BoundRule
from mlroles.knowledge.reasoning.facts import Facts
from mlroles.knowledge.reasoning.fixpoint import Fixpoint, fed
from mlroles.knowledge.reasoning.joining import conclude
from mlroles.knowledge.reasoning.progress import Progress, silent
from mlroles.knowledge.reasoning.pruning import alive, needed
from mlroles.knowledge.reasoning.strata import Key, Step, Stratum, key, strata
from mlroles.knowledge.reasoning.unfolding import is_transitive, unfolded


class Dataset(Protocol):
    """Where the rules run: facts in this process, or any store that speaks SPARQL 1.1."""

    def stated(self, keys: Collection[Key]) -> set[Key]:
        """Return the keys that some of its triples are about."""

    def conclude(self, step: Step) -> None:
        """Add what follows by a step that does not feed itself."""

    def repeat(self, steps: Sequence[Step], tell: Progress) -> None:
        """Add all that follows by steps that feed each other."""


class Local(Dataset):
    """Facts in this process."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def stated(self, keys: Collection[Key]) -> set[Key]:
        """Return the keys that some of its triples are about."""
        return set(filter(self._facts.has, keys))

    def conclude(self, step: Step) -> None:
        """Add what follows by a step that does not feed itself."""
        conclude(self._facts, step)

    def repeat(self, steps: Sequence[Step], tell: Progress) -> None:
        """Add all that follows by steps that feed each other."""
        Fixpoint(self._facts, steps, fed(steps)).start(tell)


def evaluate(rules: Iterable[BoundRule], data: Dataset, progress: Progress = silent) -> None:
    """Add to ``data`` all that follows by ``rules``."""
    plan = planned(rules, data)
    for number, stratum in enumerate(plan, 1):
        progress(f"Reasoning: {number} of {len(plan)}")
        if stratum.recursive:
            data.repeat(stratum.steps, progress)
        else:
            for step in stratum.steps:
                data.conclude(step)


def planned(rules: Iterable[BoundRule], data: Dataset) -> list[Stratum]:
    """Return what has to be run on ``data``, in order."""
    given = list(rules)
    stated = data.stated({key(atom) for rule in given for atom in rule.body})
    kept = needed(alive(given, stated), stated)
    transitive = {rule.head[1] for rule in kept if is_transitive(rule.head, rule.body)}
    plan = []
    for stratum in strata(kept):
        once = unfolded(stratum.steps, transitive) if stratum.recursive else None
        plan.append(stratum if once is None else Stratum(tuple(once), recursive=False))
    return plan
