"""Where variables and blank nodes are in scope in a query's tree (SPARQL 1.1 Query, 18.2.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mlroles.sparql.parser import Leaf, Tree, branches, leaves

_SUB = "sub_select"


@dataclass
class Select:
    """A SELECT: its variables with their expressions, if any, and what it groups by.

    ``grouped`` are the names among the ``conditions``.
    """

    start: int
    projected: list[tuple[Leaf, Tree | None]]
    where: Tree
    grouped: set[str]
    is_grouped: bool
    conditions: tuple[Tree, ...] = ()


def find(tree: Tree, name: str, *, stop: str | None = None) -> Iterator[Tree]:
    """Yield the subtrees of that name in the order of the text, but none below ``stop``."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if node.data == name:
            yield node
        stack.extend(child for child in reversed(branches(node)) if child.data != stop)


def selects(tree: Tree) -> Iterator[Select]:
    """Yield each SELECT, outer before inner."""
    for node in (*find(tree, "select_query"), *find(tree, _SUB)):
        parts = {part.data: part for part in branches(node)}
        clause, modifier = parts["select_clause"], parts["solution_modifier"]
        projected = [_projection(part) for part in branches(clause)]
        group = next(find(modifier, "group_clause", stop=_SUB), None)
        counted = (*(e for _, e in projected if e is not None), modifier)
        yield Select(
            clause.meta.start_pos,
            projected,
            parts["where_clause"],
            set(_conditions(group)) if group else set(),
            group is not None or any(any(find(e, "aggregate", stop=_SUB)) for e in counted),
            tuple(branches(group)) if group else (),
        )


def variable(part: Tree) -> Leaf:
    """Return the variable that ends a projection or a BIND."""
    last = part.children[-1]
    assert isinstance(last, Leaf)  # noqa: S101 - the grammar's productions say so
    return last


def _projection(part: Tree) -> tuple[Leaf, Tree | None]:
    return variable(part), next(iter(branches(part)), None)


def _conditions(group: Tree) -> Iterator[str]:
    """Yield the names of the variables that a GROUP BY names."""
    for condition in branches(group):
        last = condition.children[-1]
        if isinstance(last, Leaf):
            yield last[1:]
            continue
        named = list(leaves(last))
        if len(named) == 1 and named[0].type == "VARIABLE":
            yield named[0][1:]  # GROUP BY (?x)


def visible(part: Tree) -> set[str]:
    """Return the names of the variables that the pattern ``part`` binds."""
    return set(appearing(part))


def appearing(*parts: Tree) -> list[str]:
    """Return the names of the variables that ``parts`` bind, as they first appear in the text."""
    names: dict[str, None] = {}
    stack: list[Any] = list(reversed(parts))
    while stack:
        node = stack.pop()
        if isinstance(node, Leaf):
            names |= {node[1:]: None} if _is_variable(node) else {}
        elif node.data == _SUB:
            names |= dict.fromkeys(columns(node))
        elif node.data == "bind":
            stack.append(variable(node))
        elif node.data not in {"filter", "minus_graph_pattern"}:
            stack.extend(reversed(node.children))
    return list(names)


def columns(select: Tree) -> list[str]:
    """Return the names that a SELECT gives: those it lists, else all it binds (18.2.4.4).

    ``select`` is a ``query`` of that form or a ``sub_select``.
    """
    inner = next(selects(select))
    listed = [leaf[1:] for leaf, _ in inner.projected]
    data = [part for part in branches(select) if part.data == "values_clause"]
    return listed or appearing(inner.where, *data)


def outside_aggregates(expression: Tree) -> list[Leaf]:
    """Return the variables of an expression that stand in none of its aggregates."""
    found: list[Leaf] = []
    stack: list[Any] = [expression]
    while stack:
        node = stack.pop()
        if _is_variable(node):
            found.append(node)
        elif not isinstance(node, Leaf) and node.data not in {"aggregate", "group_graph_pattern"}:
            stack.extend(reversed(node.children))
    return found


def blank_nodes(tree: Tree) -> Iterator[tuple[int, Leaf]]:
    """Yield each labelled blank node of a pattern, with a number for its basic graph pattern.

    A FILTER does not end such a pattern (SPARQL 1.1 Query, 5.1.1 and 18.2.2.5).
    """
    for group in find(tree, "group_graph_pattern"):
        number = id(group)
        for place, part in enumerate(branches(group)):
            if part.data == "triples_block":
                yield from ((number, leaf) for leaf in leaves(part) if leaf.type == "BLANK")
            elif part.data != "filter":
                number = id(group) + place + 1


def _is_variable(node: Any) -> bool:
    return isinstance(node, Leaf) and node.type == "VARIABLE"
