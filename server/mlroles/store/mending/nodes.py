"""BNODE of a string: the same blank node within a row, another in each (SPARQL 1.1 Query, 17.4.2.9).

Oxigraph gives the same one in every row, and none for a string that is no label.
"""

from collections.abc import Iterator

from mlroles.sparql import scopes
from mlroles.sparql.parser import Leaf, Tree, branches
from mlroles.store.mending.edits import Edit, fresh, span
from mlroles.vocab import XSD


def edits(text: str, tree: Tree) -> list[Edit]:
    """Return the edits for the BNODEs of each SELECT clause that stands over ungrouped rows."""
    found: list[Edit] = []
    row = fresh(text)
    for select in scopes.selects(tree):
        calls = [call for _, given in select.projected if given for call in _calls(given)]
        if not calls or select.is_grouped or select.where.data != "where_clause":
            continue
        group = branches(select.where)[-1].meta
        found += [
            *(_renamed(text, argument, row) for argument in calls),
            Edit(group.start_pos, group.start_pos, "{ "),
            Edit(group.end_pos, group.end_pos, f" BIND(STRUUID() AS {row}) }}"),
        ]
    return found


def _renamed(text: str, argument: Tree, row: str) -> Edit:
    """Return the edit that makes a BNODE's label of its argument, if that is a string, and row."""
    given = span(text, argument)
    label = f'CONCAT("b", MD5(CONCAT(STR({given}), {row})))'
    one = f"IF(DATATYPE({given}) = <{XSD}string>, {label}, 1/0)"
    return Edit(argument.meta.start_pos, argument.meta.end_pos, one)


def _calls(expression: Tree) -> Iterator[Tree]:
    """Yield the argument of each BNODE with one, outside patterns; none inside another."""
    stack = [expression]
    while stack:
        node = stack.pop()
        name = node.children[0] if node.children else None
        if node.data == "group_graph_pattern":
            continue
        if isinstance(name, Leaf) and name.upper() == "BNODE":
            arguments = branches(branches(node)[0])
            yield from arguments
            continue
        stack.extend(branches(node))
