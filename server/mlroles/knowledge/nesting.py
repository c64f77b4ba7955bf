"""Which blank nodes can be written where they are used, and which of those are lists."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

import pyoxigraph as ox

from mlroles import vocab

FIRST = ox.NamedNode(f"{vocab.RDF}first")
REST = ox.NamedNode(f"{vocab.RDF}rest")
_NIL = ox.NamedNode(f"{vocab.RDF}nil")

#: Brackets in brackets at most; what is deeper has a label. Parsers recurse.
_DEEPEST = 12

Subject: TypeAlias = ox.NamedNode | ox.BlankNode
Value: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal


class Nesting:
    """The triples by subject, each once, and how its blank nodes are to be written.

    ``roots`` are the subjects that have a block of their own, ``nested`` the blank nodes that
    stand inside another's, ``lists`` the heads and cells of well-formed lists among these,
    ``labelled`` the blank nodes that need a label.
    """

    def __init__(self, triples: Iterable[ox.Triple], pinned: Collection[ox.BlankNode]) -> None:
        self.about: defaultdict[Subject, dict[ox.NamedNode, list[Value]]] = defaultdict(dict)
        users: defaultdict[ox.BlankNode, list[tuple[Subject, ox.NamedNode]]] = defaultdict(list)
        for t in dict.fromkeys(triples):
            values = self.about[t.subject].setdefault(t.predicate, [])  # type: ignore[index] # RDF 1.1
            values.append(t.object)  # type: ignore[arg-type] # RDF 1.1 has no triple terms
            if isinstance(t.object, ox.BlankNode):
                users[t.object].append((t.subject, t.predicate))  # type: ignore[arg-type] # as above
        self._users = users
        single = {node for node, used in users.items() if len(used) == 1 and node not in pinned}
        self.lists = self._find_lists(single)
        self.nested = self._reachable(single)
        self.lists &= self.nested
        subjects = [node for node in self.about if node not in self.nested]
        self.roots = tuple(subjects)
        blank = {node for node in subjects if isinstance(node, ox.BlankNode)}
        self.labelled = {node for node in {*blank, *users} if node in users or node in pinned}
        self.labelled -= self.nested

    def cells(self, head: ox.BlankNode) -> Iterator[ox.BlankNode]:
        """Yield the cells of a list of ``lists``."""
        cell: Value = head
        while isinstance(cell, ox.BlankNode):
            yield cell
            cell = self.about[cell][REST][0]

    def _find_lists(self, single: set[ox.BlankNode]) -> set[ox.BlankNode]:
        """Go back from each last cell, as long as the cells are whole and used once."""
        lists: set[ox.BlankNode] = set()
        for node in single:
            if not self._is_cell(node) or self.about[node][REST] != [_NIL]:
                continue
            cell: Subject = node
            while isinstance(cell, ox.BlankNode) and cell in single and self._is_cell(cell):
                lists.add(cell)
                user, predicate = self._users[cell][0]
                if predicate != REST:
                    break
                cell = user
        return lists

    def _is_cell(self, node: ox.BlankNode) -> bool:
        about = self.about.get(node, {})
        return about.keys() == {FIRST, REST} and all(len(values) == 1 for values in about.values())

    def _reachable(self, single: set[ox.BlankNode]) -> set[ox.BlankNode]:
        """Return the nodes of ``single`` that a root leads to, without those too deep.

        What only leads in a circle has no root; one node of the circle becomes one.
        """
        nested: set[ox.BlankNode] = set()
        roots: set[Subject] = {node for node in self.about if node not in single}
        left = set(single)
        while True:
            waiting = [(root, 0) for root in roots]
            while waiting:
                node, depth = waiting.pop()
                for child, deeper in self._children(node, depth):
                    if child not in left:
                        continue
                    left.discard(child)
                    if deeper <= _DEEPEST:
                        nested.add(child)
                    waiting.append((child, deeper if deeper <= _DEEPEST else 0))
            if not left:
                return nested
            roots = {min(left, key=str)}
            left -= roots

    def _children(self, node: Subject, depth: int) -> Iterator[tuple[ox.BlankNode, int]]:
        for predicate, values in self.about.get(node, {}).items():
            for value in values:
                if isinstance(value, ox.BlankNode):
                    within = predicate == REST and node in self.lists
                    yield value, depth if within else depth + 1
