"""Rules about variables, blank nodes and calls: what may be named, grouped and repeated."""

from mlroles.sparql import scopes
from mlroles.sparql.finding import Finding, Words
from mlroles.sparql.parser import Leaf, Tree, branches
from mlroles.sparql.words import FUNCTIONS


def arguments(words: Words, tree: Tree, _message: str) -> Finding | None:
    """Return a built-in function with too few or too many arguments (19.8, 121)."""
    for call in scopes.find(tree, "built_in_call"):
        name = call.children[0]
        if not isinstance(name, Leaf) or name.type != "FUNCTION":
            continue
        given = len(branches(branches(call)[0]))
        fewest, most = FUNCTIONS[name.upper()]
        if not fewest <= given <= most:
            count = str(fewest) if fewest == most else f"{fewest} to {most}"
            return words.at_leaf(
                name,
                f"{name.upper()} takes {count} arguments and is given {given}.",
                f"Write {name.upper()} with {count} in its parentheses.",
            )
    return None


def values(words: Words, tree: Tree, _message: str) -> Finding | None:
    """Return a row of VALUES that has not a value for each variable (10.2)."""
    for block in scopes.find(tree, "data_block"):
        parts = branches(block)
        if not parts or parts[0].data != "variables":
            continue
        wanted = len(parts[0].children)
        for row in parts[1:]:
            given = len(row.children)
            if given != wanted:
                return Finding(
                    row.meta.start_pos,
                    words.text[row.meta.start_pos : row.meta.end_pos],
                    f"This row of VALUES has {given} of {wanted} values.",
                    "Give each variable a value, or UNDEF.",
                )
    return None


def star(words: Words, tree: Tree, _message: str) -> Finding | None:
    """Return a SELECT * beside GROUP BY or an aggregate (18.2.4.1)."""
    for select in scopes.selects(tree):
        if not select.projected and select.is_grouped:
            place = next(token for token in words.tokens if token.start >= select.start + 6)
            return words.at(
                place,
                "SELECT * cannot stand with GROUP BY or an aggregate.",
                "Name the grouped variables and the aggregates after SELECT.",
            )
    return None


def twice(words: Words, tree: Tree, _message: str) -> Finding | None:
    """Return a variable that is selected twice."""
    for select in scopes.selects(tree):
        seen: set[str] = set()
        for variable, _expression in select.projected:
            if variable[1:] in seen:
                return words.at_leaf(
                    variable,
                    f"{variable} is selected twice.",
                    "Leave one out, or rename it.",
                )
            seen.add(variable[1:])
    return None


def overridden(words: Words, tree: Tree, _message: str) -> Finding | None:
    """Return a variable after AS that the pattern binds already (18.2.4.4)."""
    for select in scopes.selects(tree):
        visible = scopes.visible(select.where)
        for variable, expression in select.projected:
            if expression is not None and variable[1:] in visible:
                return words.at_leaf(
                    variable,
                    f"{variable} is bound in the pattern already; AS needs a new variable.",
                    f"Write AS {variable}_2, or another name.",
                )
    return None


def rebound(words: Words, tree: Tree, _message: str) -> Finding | None:
    """Return the variable of a BIND that its group binds before it (10.1)."""
    for group in scopes.find(tree, "group_graph_pattern"):
        before: set[str] = set()
        for part in branches(group):
            if part.data == "bind":
                variable = scopes.variable(part)
                if variable[1:] in before:
                    return words.at_leaf(
                        variable,
                        f"{variable} is bound before this BIND in the same group.",
                        "BIND needs a new variable; to compare, use FILTER.",
                    )
                before.add(variable[1:])
            before |= scopes.visible(part)
    return None


def misplaced_aggregate(words: Words, tree: Tree, _message: str) -> Finding | None:
    """Return an aggregate inside a FILTER or a BIND (11.1)."""
    for holder in (*scopes.find(tree, "filter"), *scopes.find(tree, "bind")):
        for aggregate in scopes.find(holder, "aggregate", stop="sub_select"):
            start = aggregate.meta.start_pos
            return Finding(
                start,
                words.text[start : aggregate.meta.end_pos],
                "An aggregate cannot stand inside the pattern.",
                "Move the condition to HAVING, or put the aggregate into a subquery.",
            )
    return None


def ungrouped(words: Words, tree: Tree, _message: str) -> Finding | None:
    """Return a selected variable that is neither grouped nor aggregated (11.4)."""
    for select in scopes.selects(tree):
        if not select.is_grouped:
            continue
        for variable, expression in select.projected:
            used = [variable] if expression is None else scopes.outside_aggregates(expression)
            for leaf in used:
                if leaf[1:] not in select.grouped:
                    return words.at_leaf(
                        leaf,
                        f"{leaf} is neither grouped nor inside an aggregate.",
                        f"Add {leaf} to GROUP BY, or write SAMPLE({leaf}).",
                    )
            select.grouped.add(variable[1:])
    return None


def blank_node(words: Words, tree: Tree, _message: str) -> Finding | None:
    """Return a blank node whose label two basic graph patterns use (5.1.1)."""
    homes: dict[str, int] = {}
    for block, leaf in scopes.blank_nodes(tree):
        if homes.setdefault(str(leaf), block) != block:
            return words.at_leaf(
                leaf,
                f"The blank node {leaf} is used in two patterns.",
                "A blank node's label is of one pattern only; use a variable.",
            )
    return None
