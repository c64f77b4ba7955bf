"""What a closed dataset holds, for proofs to look things up: held here, or asked for."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.asking import Row, Select
from mlroles.knowledge.formats import Graphs
from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import Atom

#: A triple, and whether it is asserted.
Found: TypeAlias = tuple[Atom, bool]

_ASSERTED = ox.NamedNode(vocab.ASSERTED)
#: Triples that are looked at where an atom matches more of them; lookups that are remembered.
_MOST = 200
_REMEMBERED = 20_000


class Known(Protocol):
    """A closed dataset, whose blank nodes have names: see ``skolem``."""

    def found(self, atom: Atom) -> Iterable[Found]:
        """Return the triples that an atom matches, asserted ones first."""


class Held(Known):
    """A dataset in this process: the graphs ``vocab.ASSERTED`` and ``vocab.INFERRED``."""

    def __init__(self, graphs: Graphs) -> None:
        self._store = ox.Store()
        asserted = list(skolem.named(graphs[vocab.ASSERTED]))
        inferred = skolem.named(graphs[vocab.INFERRED])
        self._store.bulk_extend(
            ox.Quad(t.subject, t.predicate, t.object, _ASSERTED) for t in asserted
        )
        self._store.bulk_extend(ox.Quad(*triple) for triple in (*asserted, *inferred))

    def found(self, atom: Atom) -> Iterator[Found]:
        """Yield the triples that an atom matches, asserted ones first."""
        yield from ((fact, True) for fact in self._matching(atom, _ASSERTED))
        for fact in self._matching(atom, ox.DefaultGraph()):
            if not any(True for _ in self._matching(fact, _ASSERTED)):
                yield fact, False

    def _matching(self, atom: Atom, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[Atom]:
        subject, predicate, value = (None if isinstance(p, ox.Variable) else p for p in atom)
        if isinstance(subject, ox.Literal) or isinstance(predicate, ox.Literal):
            return
        for quad in self._store.quads_for_pattern(subject, predicate, value, graph):
            yield quad.subject, quad.predicate, quad.object  # type: ignore[misc] # no blank nodes


class Asked(Known):
    """A dataset elsewhere, however large, whose default graph is all of it.

    A lookup gives some hundred triples at most, and none with blank nodes, which no query can
    name. It raises what ``select`` does.
    """

    def __init__(self, select: Select) -> None:
        self._select = select
        self._lookup = lru_cache(maxsize=_REMEMBERED)(self._look_up)

    def found(self, atom: Atom) -> Iterable[Found]:
        """Return the triples that an atom matches, asserted ones first."""
        if any(isinstance(part, ox.Literal) for part in atom[:2]) or any(
            map(skolem.is_named, atom)
        ):
            return ()
        return self._lookup(atom)

    def _look_up(self, atom: Atom) -> tuple[Found, ...]:
        pattern = " ".join(map(str, atom))
        stated = f"EXISTS {{ GRAPH {_ASSERTED} {{ {pattern} }} }}"
        variables = " ".join(dict.fromkeys(str(p) for p in atom if isinstance(p, ox.Variable)))
        text = f"SELECT {variables} ({stated} AS ?stated) {{ {pattern} }} LIMIT {_MOST}"
        found = [_found(atom, row) for row in self._select(text)]
        whole = [one for one in found if not any(isinstance(p, ox.BlankNode) for p in one[0])]
        return tuple(sorted(whole, key=lambda one: not one[1]))


def _found(atom: Atom, row: Row) -> Found:
    subject, predicate, value = (
        row[part.value] if isinstance(part, ox.Variable) else part for part in atom
    )
    stated = row["stated"]
    return (subject, predicate, value), isinstance(stated, ox.Literal) and stated.value == "true"  # type: ignore[return-value] # terms
