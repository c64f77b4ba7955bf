"""``GRAPH ?g { … }`` as it is defined: the pattern in each graph, joined with the graph's name.

(SPARQL 1.1 Query, 18.6.) Oxigraph makes ``?g`` a part of each triple pattern instead, which is
not the same where a pattern has none, names ``?g`` itself, or holds MINUS, VALUES, a sub-query or
a path of no steps.
"""

from collections.abc import Iterator, Sequence

from mlroles.sparql import scopes
from mlroles.sparql.parser import Leaf, Tree, branches, leaves
from mlroles.store.mending.edits import Edit, span

_LONGEST = 1 << 16  # characters that a query may grow to
_APART = {"minus_graph_pattern", "inline_data", "sub_select", "bind", "graph_graph_pattern"}
_SPREADING = {"group_graph_pattern", "union_graph_pattern"}


def edits(text: str, tree: Tree, names: Sequence[str]) -> list[Edit]:
    """Return the edits for the outermost patterns of that kind; ``names`` are the graphs' IRIs.

    The pattern is written once for each graph, so a query over many graphs is left as it is.
    """
    found = []
    room = _LONGEST - len(text)
    for pattern in _outermost(tree):
        variable, group = _parts(pattern)
        written = span(text, group)
        if _is_sound(text, variable, group) or len(written) * len(names) > room:
            continue
        room -= len(written) * len(names)
        each = [f"{{ GRAPH <{iri}> {written} VALUES {variable} {{ <{iri}> }} }}" for iri in names]
        if not each:
            bound = dict.fromkeys([str(variable)[1:], *scopes.appearing(group)])
            each = [f"{{ VALUES ({' '.join(f'?{name}' for name in bound)}) {{ }} }}"]
        meta = pattern.meta
        found.append(Edit(meta.start_pos, meta.end_pos, " UNION ".join(each)))
    return found


def _outermost(tree: Tree) -> Iterator[Tree]:
    """Yield the GRAPH patterns with a variable that are in no other of these."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if node.data == "graph_graph_pattern" and isinstance(_parts(node)[0], Leaf):
            yield node
        else:
            stack.extend(branches(node))


def _parts(pattern: Tree) -> tuple[object, Tree]:
    """Return the variable, or the tree of an IRI, and the group."""
    name, group = branches(pattern)
    return name.children[0], group


def _is_sound(text: str, variable: object, group: Tree) -> bool:
    """Return whether the engine answers as defined, or a blank node's label forbids a copy."""
    found = list(leaves(group))
    if any(leaf.type == "BLANK" for leaf in found):
        return True
    if any(leaf.type == "VARIABLE" and leaf[1:] == str(variable)[1:] for leaf in found):
        return False
    if any(span(text, step)[-1] in "*?" for step in scopes.find(group, "path_elt")):
        return False
    return _binds(group) and not any(any(scopes.find(group, name)) for name in _APART)


def _binds(group: Tree) -> bool:
    """Return whether each solution of a group takes a triple pattern, which names the graph."""
    parts = [part for part in branches(group) if part.data in {*_SPREADING, "triples_block"}]
    return any(
        part.data == "triples_block"
        or all(_binds(inner) for inner in branches(part) if inner.data == "group_graph_pattern")
        for part in parts
    )
