"""GROUP_CONCAT gives a simple literal (SPARQL 1.1 Query, 18.5.1.7).

Oxigraph keeps the language where all strings have the same one.
"""

from mlroles.sparql import scopes
from mlroles.sparql.parser import Tree
from mlroles.store.mending.edits import Edit, span


def edits(text: str, tree: Tree) -> list[Edit]:
    """Return the edits that take the language away from each GROUP_CONCAT."""
    found = [
        part.meta
        for part in scopes.find(tree, "aggregate")
        if span(text, part).upper().startswith("GROUP_CONCAT")
    ]
    return [
        edit
        for meta in found
        for edit in (
            Edit(meta.start_pos, meta.start_pos, "STR("),
            Edit(meta.end_pos, meta.end_pos, ")"),
        )
    ]
