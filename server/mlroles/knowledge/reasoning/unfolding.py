"""Recursive steps told as others that are run once: by joining rules, before any data is read.

Of ``?x :p ?y => ?y :q ?x`` and ``?x :q ?y => ?y :p ?x`` nothing more follows in a second run.
What cannot be told so is left to ``fixpoint``.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

import pyoxigraph as ox

from mlroles.knowledge.reasoning.binding import Atom, Part
from mlroles.knowledge.reasoning.strata import Step, put, renamed

#: A rule with one premise: this, and what follows.
_Single: TypeAlias = tuple[Atom, Atom]


def unfolded(steps: Sequence[Step], transitive: Collection[Part]) -> list[Step] | None:
    """Return steps that find in one run what these find in many; None if there may be none.

    ``transitive`` are the properties of which all that follows by transitivity is there before.
    """
    if all(len(step.body) == 1 for step in steps):
        return _joined(steps)
    if len(steps) == 1 and _is_idempotent(steps[0], transitive):
        return list(steps)
    return None


def is_transitive(head: Atom, body: Sequence[Atom]) -> bool:
    """Return whether a rule is ``?x :p ?y . ?y :p ?z => ?x :p ?z``."""
    return _ends(head, body) and body[0][1] == body[1][1] == head[1]


def _is_idempotent(step: Step, transitive: Collection[Part]) -> bool:
    """Return whether the step goes along a closed property: ``?x :p ?y . ?y :q ?z => ?x :p ?z``.

    What it finds by two steps along ``:q`` it finds by one.
    """
    return all(
        _ends(head, step.body)
        and any(atom[1] in transitive and atom[1] != head[1] for atom in step.body)
        for head in step.heads
    )


def _ends(head: Atom, body: Sequence[Atom]) -> bool:
    """Return whether the head leads from where the first premise begins to where the next ends."""
    if len(body) != 2:  # noqa: PLR2004 - the form of a composition
        return False
    (x, _, y), (other, _, z) = body
    parts = {x, y, z}
    is_open = len(parts) == 3 and all(isinstance(part, ox.Variable) for part in parts)  # noqa: PLR2004 - as above
    return is_open and other == y and (head[0], head[2]) == (x, z)


def _joined(steps: Iterable[Step]) -> list[Step]:
    """Return the steps with all that follows of each premise by any number of them."""
    first = [_single(step.body[0], head) for step in steps for head in step.heads]
    found = dict.fromkeys(first)
    waiting = list(found)
    while waiting:
        one = waiting.pop()
        for other in first:
            single = _join(one, other)
            if single is not None and single not in found:
                found[single] = None
                waiting.append(single)
    heads: dict[Atom, list[Atom]] = {}
    for premise, head in sorted(found, key=str):
        heads.setdefault(premise, []).append(head)
    return [Step(tuple(those), (premise,)) for premise, those in heads.items()]


def _join(one: _Single, other: _Single) -> _Single | None:
    """Return what follows by one rule and then by the other, None if nothing new does."""
    apart: dict[Part, Part] = {
        part: ox.Variable(f"w{n}") for n, part in enumerate(_variables(other[0]))
    }
    names = _unifier(one[1], put(other[0], apart))
    if names is None:
        return None
    premise, head = _put(one[0], names), _put(put(other[1], apart), names)
    if premise == head or isinstance(premise[0], ox.Literal) or isinstance(head[0], ox.Literal):
        return None
    return _single(premise, head)


def _single(premise: Atom, head: Atom) -> _Single:
    (body, *_), renamed_head = renamed((premise,), head)
    return body, renamed_head


def _unifier(one: Atom, other: Atom) -> dict[Part, Part] | None:
    """Return what variables have to stand for if the two are to be one, None if they cannot."""
    names: dict[Part, Part] = {}
    for left, right in zip(one, other, strict=True):
        first, second = _end(left, names), _end(right, names)
        if first == second:
            continue
        if isinstance(first, ox.Variable):
            names[first] = second
        elif isinstance(second, ox.Variable):
            names[second] = first
        else:
            return None
    return names


def _put(atom: Atom, names: dict[Part, Part]) -> Atom:
    return put(atom, {part: _end(part, names) for part in atom})


def _end(part: Part, names: dict[Part, Part]) -> Part:
    while part in names:
        part = names[part]
    return part


def _variables(atom: Atom) -> list[ox.Variable]:
    return list(dict.fromkeys(part for part in atom if isinstance(part, ox.Variable)))
