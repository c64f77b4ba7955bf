"""``SELECT *`` with its columns in the order in which the query names them.

Oxigraph gives them alphabetically. The order says nothing in the algebra (SPARQL 1.1 Query,
18.2.4.4), and much to a reader.
"""

from mlroles.sparql import scopes
from mlroles.sparql.parser import Tree, branches
from mlroles.store.mending.edits import Edit


def edits(text: str, tree: Tree) -> list[Edit]:
    """Return the edit that names the columns of the outermost SELECT, if it has a ``*``.

    None where it would have no column, which SPARQL has no other way to write.
    """
    outer = next(iter(scopes.selects(tree)), None)
    if outer is None or outer.projected or branches(tree)[1].data != "select_query":
        return []
    end = next(scopes.find(tree, "select_clause")).meta.end_pos
    names = " ".join(f"?{name}" for name in scopes.columns(tree))
    return [Edit(end - 1, end, names)] if names and text[end - 1] == "*" else []
