"""Rules of SPARQL 1.1 that its grammar does not hold.

They are looked at only after an engine has rejected the query, to say which one it breaks.
"""

from collections.abc import Callable

from mlroles.sparql import scope_rules, term_rules
from mlroles.sparql.finding import Finding, Words
from mlroles.sparql.parser import Tree

#: Takes the query, its tree and the engine's message; returns where the rule is broken, if it is.
Rule = Callable[[Words, Tree, str], Finding | None]

#: In the order in which a reader would mend them.
RULES: tuple[Rule, ...] = (
    term_rules.undeclared_prefix,
    term_rules.iri,
    term_rules.escape,
    term_rules.language,
    term_rules.number,
    scope_rules.arguments,
    scope_rules.values,
    scope_rules.star,
    scope_rules.twice,
    scope_rules.ungrouped,
    scope_rules.overridden,
    scope_rules.rebound,
    scope_rules.misplaced_aggregate,
    scope_rules.blank_node,
    term_rules.custom_function,
)


def explain(words: Words, tree: Tree, message: str) -> Finding | None:
    """Return the first rule that the query breaks, or None."""
    return next((found for rule in RULES if (found := rule(words, tree, message))), None)
