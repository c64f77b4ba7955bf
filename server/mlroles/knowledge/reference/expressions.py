"""Class expressions in readable form: OWL 2 Manchester syntax, with labels for names."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.reference.index import Index, Value
from mlroles.knowledge.reference.names import Name, name


@dataclass(frozen=True)
class Keyword:
    """A word of the syntax, such as ``and``."""

    text: str


#: What a line of the page is made of: names, keywords and plain text.
Piece: TypeAlias = Name | Keyword | str
Expression: TypeAlias = Sequence[Piece]

_OWL = vocab.OWL
_Write: TypeAlias = Callable[[Index, Value], Iterator[Piece]]


def expression(index: Index, node: Value) -> Expression:
    """Return a class expression, an individual or a literal."""
    return tuple(_pieces(index, node))


def chain(index: Index, list_: Value) -> Expression:
    """Return a property chain: ``has requirement o of skill``."""
    return tuple(_joined(index, index.members(list_), "o"))


def _pieces(index: Index, node: Value) -> Iterator[Piece]:
    if isinstance(node, ox.NamedNode):
        yield name(index, node)
    elif isinstance(node, ox.Literal):
        yield f"“{node.value}”"
    else:
        yield from _anonymous(index, node)


def _anonymous(index: Index, node: ox.BlankNode) -> Iterator[Piece]:
    for property_, write in _WRITERS.items():
        for value in index.values(node, f"{_OWL}{property_}"):
            for property_used in index.values(node, f"{_OWL}onProperty"):
                yield from _pieces(index, property_used)
            yield from write(index, value)
            for counted in index.values(node, f"{_OWL}onClass"):
                yield from _joined(index, iter((counted,)), "")
            return
    yield "something without a name"


def _joined(index: Index, nodes: Iterator[Value], word: str) -> Iterator[Piece]:
    for place, node in enumerate(nodes):
        if place:
            yield Keyword(word)
        nested = isinstance(node, ox.BlankNode) and _is_compound(index, node)
        yield from ("(", *_pieces(index, node), ")") if nested else _pieces(index, node)


def _is_compound(index: Index, node: ox.BlankNode) -> bool:
    return any(index.values(node, f"{_OWL}{kind}") for kind in ("intersectionOf", "unionOf"))


def _boolean(word: str) -> _Write:
    return lambda index, value: _joined(index, index.members(value), word)


def _restriction(word: str) -> _Write:
    def write(index: Index, value: Value) -> Iterator[Piece]:
        yield Keyword(word)
        yield from _joined(index, iter((value,)), "")

    return write


def _not(index: Index, value: Value) -> Iterator[Piece]:
    yield Keyword("not")
    yield from _joined(index, iter((value,)), "")


def _one_of(index: Index, value: Value) -> Iterator[Piece]:
    yield "{"
    yield from _joined(index, index.members(value), ",")
    yield "}"


def _inverse(index: Index, value: Value) -> Iterator[Piece]:
    yield Keyword("inverse")
    yield from _pieces(index, value)


def _number(word: str) -> _Write:
    def write(_: Index, value: Value) -> Iterator[Piece]:
        yield Keyword(word)
        yield value.value

    return write


#: By the property of OWL that says what kind of expression it is (OWL 2 Manchester Syntax, 2.4).
_WRITERS: Mapping[str, _Write] = {
    "intersectionOf": _boolean("and"),
    "unionOf": _boolean("or"),
    "complementOf": _not,
    "oneOf": _one_of,
    "inverseOf": _inverse,
    "someValuesFrom": _restriction("some"),
    "allValuesFrom": _restriction("only"),
    "hasValue": _restriction("value"),
    "minCardinality": _number("min"),
    "maxCardinality": _number("max"),
    "cardinality": _number("exactly"),
    "minQualifiedCardinality": _number("min"),
    "maxQualifiedCardinality": _number("max"),
    "qualifiedCardinality": _number("exactly"),
}
