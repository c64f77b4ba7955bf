"""What is stated in the ontology of which a rule was made: to say where."""

from mlroles.knowledge.reasoning.binding import Atom, BoundRule, is_about_schema, put
from mlroles.knowledge.reasoning.causes import causes, ground, text
from mlroles.knowledge.reasoning.compiled import Schema
from mlroles.knowledge.reasoning.rules import RULES, Rule
from mlroles.knowledge.reasoning.world import Row


def stated(schema: Schema, bound: BoundRule) -> list[Atom]:
    """Return the asserted axioms that a rule was bound to, none for a rule of equality.

    Those that follow from others are led back to these.
    """
    for rule in RULES:
        if rule.name != bound.name or is_about_schema(rule.head):
            continue
        patterns = [pattern for pattern in rule.body if is_about_schema(pattern)]
        row = _row(schema, rule, bound) if patterns else None
        if row is not None:
            named = (cause for p in patterns for cause in causes(schema.world, ground(p, row)))
            return [schema.world.fact(triple) for triple in dict.fromkeys(named)]  # type: ignore[misc] # all have names
    return []


def _row(schema: Schema, rule: Rule, bound: BoundRule) -> Row | None:
    """Return what the variables of the table stand for in the rule as it was bound."""
    patterns = [text(p) for p in rule.body if is_about_schema(p)]
    data = [p for p in rule.body if not is_about_schema(p)]
    known: Row = {}
    for pattern, atom in ((rule.head, bound.head), *zip(data, bound.body, strict=False)):
        for part, term in zip(pattern, atom, strict=True):
            if part.startswith("?") and not str(term).startswith("?"):
                known[part[1:]] = schema.world.name(term)  # type: ignore[arg-type] # no variable
    for found in schema.world.rows(" ".join([*patterns, rule.where]), known):
        row = {**known, **found}
        if put(schema.world, rule.head, row) == bound.head:
            return row
    return None
