"""The axioms of which a rule was made: whether they are stated, and where what they follow from is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlroles.knowledge.reasoning.binding import Atom, BoundRule, is_about_schema, put
from mlroles.knowledge.reasoning.causes import causes, ground, text
from mlroles.knowledge.reasoning.compiled import Schema
from mlroles.knowledge.reasoning.rules import RULES, Rule
from mlroles.knowledge.reasoning.world import Named

if TYPE_CHECKING:
    from mlroles.knowledge.reasoning.world import Row


def of(schema: Schema, bound: BoundRule) -> list[Named]:
    """Return the axioms that a rule was bound to, none for a rule of equality.

    Where several make the same rule, those that were found first are taken: stated ones if any.
    """
    ways = [way for rule in RULES if _may_be(rule, bound) for way in _ways(schema, rule, bound)]
    return min(ways, key=lambda way: _latest(schema, way), default=[])


def is_stated(schema: Schema, bound: BoundRule) -> bool:
    """Return whether the axioms of a rule are asserted themselves; none are."""
    return _latest(schema, of(schema, bound)) == 0


def stated(schema: Schema, bound: BoundRule) -> list[Atom]:
    """Return the asserted axioms that a rule was bound to, none for a rule of equality.

    Those that follow from others are led back to these.
    """
    named = (cause for axiom in of(schema, bound) for cause in causes(schema.world, axiom))
    return [schema.world.fact(triple) for triple in dict.fromkeys(named)]  # type: ignore[misc] # all have names


def _may_be(rule: Rule, bound: BoundRule) -> bool:
    return rule.name == bound.name and not is_about_schema(rule.head)


def _latest(schema: Schema, axioms: list[Named]) -> int:
    return max((schema.world.level(axiom) or 0 for axiom in axioms), default=0)


def _ways(schema: Schema, rule: Rule, bound: BoundRule) -> Iterator[list[Named]]:
    """Yield the axioms for what the variables of the table stand for in the rule as it was bound."""
    patterns = [p for p in rule.body if is_about_schema(p)]
    data = [p for p in rule.body if not is_about_schema(p)]
    if not patterns:
        return
    known: Row = {}
    for pattern, atom in ((rule.head, bound.head), *zip(data, bound.body, strict=False)):
        for part, term in zip(pattern, atom, strict=True):
            if part.startswith("?") and not str(term).startswith("?"):
                known[part[1:]] = schema.world.name(term)  # type: ignore[arg-type] # no variable
    where = " ".join([*map(text, patterns), rule.where])
    for found in schema.world.rows(where, known):
        row = {**known, **found}
        if put(schema.world, rule.head, row) == bound.head:
            yield [ground(pattern, row) for pattern in patterns]
