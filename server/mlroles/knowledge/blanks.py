"""Stable labels for blank nodes: from what is said of them, never random.

A blank node is named by a hash of its neighbourhood, taken just as far as it needs to be told
from the others (colour refinement). Nodes that look alike all the way are numbered in the order
of the text. The same file always gets the same labels, and a change elsewhere in a file leaves
them alone, which full canonicalisation (RDFC-1.0 numbers the nodes) does not promise.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

#: A node's neighbours: whether it is the subject, the predicate, the other end.
_Edges = dict[str, list[tuple[bool, str, str]]]

#: Hashes to spend at most; a graph of many blank nodes gets fewer rounds.
_BUDGET = 400_000
_ROUNDS = 64


def labels(triples: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Map each blank node (``_:…``) of the triples, terms as in N-Triples, to its label.

    Labels have no ``_:`` and are distinct.
    """
    edges = _edges(triples)
    colours = _refine(edges)
    seen: Counter[str] = Counter()
    named = {}
    for node in edges:
        colour = colours[node][:16]
        seen[colour] += 1
        named[node] = f"b{colour}" if seen[colour] == 1 else f"b{colour}n{seen[colour]}"
    return named


def relabel(triples: Sequence[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the triples, every blank node with its stable label."""
    named = [t for t in triples if any(of(t))]
    found = labels((str(t.subject), str(t.predicate), str(t.object)) for t in named)
    return rename(triples, {old.removeprefix("_:"): new for old, new in found.items()})


def rename(triples: Iterable[ox.Triple], names: Mapping[str, str]) -> Iterator[ox.Triple]:
    """Yield the triples with each blank node's label as ``names`` says, else as it was."""
    nodes = {ox.BlankNode(old): ox.BlankNode(new) for old, new in names.items()}
    for t in triples:
        if any(of(t)):
            subject, value = _swap(t.subject, nodes), _swap(t.object, nodes)
            yield ox.Triple(subject, t.predicate, value)
        else:
            yield t


def of(triple: ox.Triple) -> Iterator[str]:
    """Yield the labels of the triple's blank nodes."""
    for term in (triple.subject, triple.object):
        if isinstance(term, ox.BlankNode):
            yield term.value


def _swap(term: Any, nodes: Mapping[ox.BlankNode, ox.BlankNode]) -> Any:
    return nodes.get(term, term) if isinstance(term, ox.BlankNode) else term


def _edges(triples: Iterable[tuple[str, str, str]]) -> _Edges:
    edges: _Edges = defaultdict(list)
    for subject, predicate, value in triples:
        if subject.startswith("_:"):
            edges[subject].append((True, predicate, value))
        if value.startswith("_:"):
            edges[value].append((False, predicate, subject))
    return edges


def _refine(edges: _Edges) -> dict[str, str]:
    colours = dict.fromkeys(edges, "")
    alike = set(edges)
    rounds = max(2, min(_ROUNDS, _BUDGET // (len(edges) or 1)))
    kinds = 0
    for _ in range(rounds):
        colours |= {node: _colour(node, edges, colours) for node in alike}
        count = Counter(colours[node] for node in alike)
        before, kinds = kinds, len(edges) - len(alike) + len(count)
        alike = {node for node in alike if count[colours[node]] > 1}
        if not alike or kinds == before:
            break
    return colours


def _colour(node: str, edges: _Edges, colours: dict[str, str]) -> str:
    sides = sorted(
        f"{outward} {predicate} {colours.get(other, other)}"
        for outward, predicate, other in edges[node]
    )
    return hashlib.sha256("\n".join([colours[node], *sides]).encode()).hexdigest()
