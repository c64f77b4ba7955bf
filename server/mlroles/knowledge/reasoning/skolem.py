"""Names for blank nodes: patterns of SPARQL can speak of a class expression only if it has one."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from mlroles import vocab

PREFIX = vocab.SKOLEM


def named(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the triples with an IRI in the place of each blank node (RDF 1.1 Concepts, 3.5)."""
    for triple in triples:
        yield ox.Triple(_name(triple.subject), triple.predicate, _name(triple.object))  # type: ignore[arg-type] # a name for a node


def name(node: ox.BlankNode) -> ox.NamedNode:
    """Return the name of a blank node."""
    return ox.NamedNode(f"{PREFIX}{node.value}")


def renamed(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the triples with the blank nodes that their names stand for."""
    for triple in triples:
        yield ox.Triple(_node(triple.subject), triple.predicate, _node(triple.object))  # type: ignore[arg-type] # a node for a name


def is_named(term: object) -> bool:
    """Return whether a term stands for what was a blank node."""
    return isinstance(term, ox.NamedNode) and term.value.startswith(PREFIX)


def unnamed(term: ox.NamedNode) -> ox.BlankNode:
    """Return the blank node that a name stands for."""
    return ox.BlankNode(term.value.removeprefix(PREFIX))


def _name(term: object) -> object:
    return name(term) if isinstance(term, ox.BlankNode) else term


def _node(term: object) -> object:
    return unnamed(term) if isinstance(term, ox.NamedNode) and is_named(term) else term
