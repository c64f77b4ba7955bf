"""BNODE of a string: the same blank node within a row, another in each (SPARQL 1.1 Query, 17.4.2.9).

Oxigraph gives the same one in every row, and none for a string that is no label. So each row is
given a name of its own, of which, with the string, a label is made.
"""

import itertools
from collections.abc import Iterator

from mlroles.sparql import scopes
from mlroles.sparql.parser import Leaf, Tree, branches
from mlroles.sparql.scopes import Select
from mlroles.store.mending.edits import Edit, fresh, span
from mlroles.vocab import XSD


def edits(text: str, tree: Tree) -> list[Edit]:
    """Return the edits for the BNODEs of each SELECT and each BIND."""
    names = (f"{fresh(text)}_{n}" for n in itertools.count())
    found: list[Edit] = []
    for select in scopes.selects(tree):
        found += _in_select(text, select, next(names))
    for group in scopes.find(tree, "group_graph_pattern"):
        found += _in_group(text, group, names)
    return found


def _in_select(text: str, select: Select, row: str) -> list[Edit]:
    """Return the edits for a SELECT clause and what it groups by.

    Its pattern names the rows. A group has the least name of its rows, outside aggregates.
    """
    if select.where.data != "where_clause":
        return []
    found: list[Edit] = []
    per_group = f'COALESCE(MIN({row}), "")' if select.is_grouped else row
    for given in (part for _, part in select.projected if part):
        for call, inside in _calls(given):
            found.append(_renamed(text, call, row if inside else per_group))
    found += [
        _renamed(text, call, row)
        for condition in select.conditions
        for call, _ in _calls(condition)
    ]
    if not found:
        return []
    group = branches(select.where)[-1].meta
    return [
        *found,
        Edit(group.start_pos, group.start_pos, "{ "),
        Edit(group.end_pos, group.end_pos, f" BIND(STRUUID() AS {row}) }}"),
    ]


def _in_group(text: str, group: Tree, names: Iterator[str]) -> list[Edit]:
    """Return the edits for the BINDs of a group; those in a row share its names."""
    found: list[Edit] = []
    row = ""
    for part in branches(group):
        if part.data != "bind":
            row = ""
            continue
        calls = list(_calls(branches(part)[0]))
        if calls and not row:
            row = next(names)
            start = part.meta.start_pos
            found.append(Edit(start, start, f"BIND(STRUUID() AS {row}) "))
        found += [_renamed(text, call, row) for call, _ in calls]
    return found


def _renamed(text: str, argument: Tree, row: str) -> Edit:
    """Return the edit that makes a BNODE's label of its argument, if that is a string, and row."""
    given = span(text, argument)
    label = f'CONCAT("b", MD5(CONCAT(STR({given}), {row})))'
    one = f"IF(DATATYPE({given}) = <{XSD}string>, {label}, 1/0)"
    return Edit(argument.meta.start_pos, argument.meta.end_pos, one)


def _calls(expression: Tree) -> Iterator[tuple[Tree, bool]]:
    """Yield the argument of each BNODE with one, and whether it stands in an aggregate.

    Those inside patterns and inside another's argument are left out.
    """
    stack = [(expression, False)]
    while stack:
        node, inside = stack.pop()
        name = node.children[0] if node.children else None
        if node.data == "group_graph_pattern":
            continue
        if isinstance(name, Leaf) and name.upper() == "BNODE":
            yield from ((argument, inside) for argument in branches(branches(node)[0]))
            continue
        stack.extend((child, inside or child.data == "aggregate") for child in branches(node))
