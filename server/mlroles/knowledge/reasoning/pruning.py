"""Bound rules that would find nothing new are left out, by what the data holds at the start."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from mlroles.knowledge.reasoning.binding import Atom, BoundRule
from mlroles.knowledge.reasoning.strata import Key, key, match, put

#: From an atom to what follows from it alone.
_Singles = Mapping[Key, Sequence[BoundRule]]


def alive(rules: Iterable[BoundRule], stated: Collection[Key]) -> list[BoundRule]:
    """Return the rules whose premises are ``stated`` or follow from other rules of these."""
    waiting = list(rules)
    known = set(stated)
    found: list[BoundRule] = []
    while True:
        ready = {rule for rule in waiting if all(key(atom) in known for atom in rule.body)}
        if not ready:
            return found
        found += [rule for rule in waiting if rule in ready]
        known |= {key(rule.head) for rule in ready}
        waiting = [rule for rule in waiting if rule not in ready]


def needed(rules: Iterable[BoundRule], stated: Collection[Key]) -> list[BoundRule]:
    """Return the rules but for those whose conclusions are there whenever their premise is.

    Such a rule has one premise, which is not ``stated``; and from what the premise is derived of, by
    whatever rule, the conclusion follows as well. So ``?x mlr:fulfils ?y`` need not be asked for
    persons: it only comes of ``?x mlr:holdsRole ?z``, which only persons do. By induction over
    derivations nothing is lost, even where such rules vouch for each other.
    """
    given = list(rules)
    producers: dict[Key, list[BoundRule]] = defaultdict(list)
    singles: dict[Key, list[BoundRule]] = defaultdict(list)
    for rule in given:
        producers[key(rule.head)].append(rule)
        if len(rule.body) == 1:
            singles[key(rule.body[0])].append(rule)
    return [rule for rule in given if not _is_vouched_for(rule, stated, producers, singles)]


def _is_vouched_for(
    rule: BoundRule,
    stated: Collection[Key],
    producers: Mapping[Key, Sequence[BoundRule]],
    singles: _Singles,
) -> bool:
    if len(rule.body) != 1 or key(rule.body[0]) in stated:
        return False
    (premise,) = rule.body
    for producer in producers.get(key(premise), ()):
        if _differ(premise, producer.head):
            continue
        bound = match(premise, producer.head)
        if bound is None or put(rule.head, bound) not in _conclusions(producer.body, singles):
            return False
    return True


def _differ(atom: Atom, other: Atom) -> bool:
    """Return whether no triple can be both: they have different terms in one place."""
    return any(
        one != two and not isinstance(one, ox.Variable) and not isinstance(two, ox.Variable)
        for one, two in zip(atom, other, strict=True)
    )


def _conclusions(body: Sequence[Atom], singles: _Singles) -> Iterator[Atom]:
    """Yield the premises, and what follows from each of them alone."""
    for atom in body:
        yield atom
        for rule in singles.get(key(atom), ()):
            bound = match(rule.body[0], atom)
            if bound is not None:
                yield put(rule.head, bound)
