"""DESCRIBE: what it gives is the endpoint's choice (SPARQL 1.1 Query, 16.4).

Ours is each resource's concise bounded description, and the labels of what that points to: every
triple of which the resource is the subject, the same of each blank node that these lead to, and
the ``rdfs:label`` of the other objects. (https://www.w3.org/submissions/CBD/, without reification.)
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from mlroles.sparql.parser import Tree, UnexpectedError, branches, parse
from mlroles.vocab import RDFS

_LABEL = ox.NamedNode(f"{RDFS}label")
_Node = ox.NamedNode | ox.BlankNode
_Graph = ox.NamedNode | ox.DefaultGraph
_Ask = Callable[[str], ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples]


@dataclass(frozen=True)
class Description:
    """The triples of a DESCRIBE, each once."""

    triples: Iterator[ox.Triple]


@dataclass(frozen=True)
class Asked:
    """A DESCRIBE as SELECTs, each of which gives resources to describe."""

    selects: tuple[str, ...]


def read(text: str) -> Asked | None:
    """Return what a DESCRIBE asks for; None for another form, or what is no SPARQL 1.1."""
    if "DESCRIBE" not in text.upper():
        return None
    try:
        tree = parse(text)
    except UnexpectedError:
        return None
    query = branches(tree)[1]
    return Asked(tuple(_selects(text, tree, query))) if query.data == "describe_query" else None


def describe(asked: Asked, ask: _Ask, store: ox.Store, graphs: Sequence[_Graph]) -> Description:
    """Return the description of what ``asked`` selects, in the graphs of the default graph.

    Raises what ``ask`` raises.
    """
    solutions = [ask(select) for select in asked.selects]
    return Description(_described(solutions, store, graphs))


def _selects(text: str, tree: Tree, query: Tree) -> Iterator[str]:
    """Yield a SELECT of the IRIs that are named, and one of the variables."""
    start = query.meta.start_pos
    named = [part for part in branches(query) if part.data == "var_or_iri"]
    iris = [part for part in named if branches(part)]
    rest = [part for part in branches(query) if part.data != "var_or_iri"]
    if iris:
        columns = (f"({_span(text, iri)} AS ?d{n})" for n, iri in enumerate(iris))
        yield f"{text[:start]}SELECT {' '.join(columns)} {{}}"
    if len(iris) < len(named) or not named:
        names = " ".join(_span(text, part) for part in named if not branches(part)) or "*"
        begin = next((p.meta.start_pos for p in rest if not p.meta.empty), tree.meta.end_pos)
        yield f"{text[:start]}SELECT {names} {text[begin:]}"


def _span(text: str, part: Tree) -> str:
    return text[part.meta.start_pos : part.meta.end_pos]


def _described(
    solutions: Sequence[object], store: ox.Store, graphs: Sequence[_Graph]
) -> Iterator[ox.Triple]:
    seen: set[object] = set()
    labelled: set[object] = set()
    for found in solutions:
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - SELECTs give nothing else
        for solution in found:
            for term in solution:
                if isinstance(term, _Node):
                    yield from _bounded(term, store, graphs, seen, labelled)


def _bounded(
    resource: _Node,
    store: ox.Store,
    graphs: Sequence[_Graph],
    seen: set[object],
    labelled: set[object],
) -> Iterator[ox.Triple]:
    """Yield the triples of one resource that have not been given yet."""
    waiting = [resource]
    while waiting:
        subject = waiting.pop()
        if subject in seen:
            continue
        seen.add(subject)
        triples = list(_about(store, graphs, subject))
        yield from (t for t in triples if not (subject in labelled and t.predicate == _LABEL))
        waiting += [t.object for t in triples if isinstance(t.object, ox.BlankNode)]
        for pointed in {t.object: None for t in triples if isinstance(t.object, ox.NamedNode)}:
            if pointed not in labelled and pointed not in seen:
                labelled.add(pointed)
                yield from _about(store, graphs, pointed, _LABEL)


def _about(
    store: ox.Store, graphs: Sequence[_Graph], subject: _Node, predicate: ox.NamedNode | None = None
) -> Iterator[ox.Triple]:
    """Yield the triples about a subject, each once whichever graphs hold it."""
    quads = (
        q for graph in graphs for q in store.quads_for_pattern(subject, predicate, None, graph)
    )
    yield from dict.fromkeys(quad.triple for quad in quads)
