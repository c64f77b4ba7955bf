"""Rules of SPARQL 1.1 that its grammar does not hold: what may be named, grouped and repeated."""

from mlroles.sparql.finding import Finding, Words
from mlroles.sparql.parser import Tree


def explain(words: Words, tree: Tree, message: str) -> Finding | None:
    """Return the first rule that the query breaks, or None."""
    return None
