"""The grammar at work: a query as a tree, or the first token that cannot stand where it does.

The only importer of lark. LALR(1) without recursion, so time is linear and depth does no harm.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

import lark
from lark.lexer import Lexer

from mlroles.sparql.tokens import Kind, Token, tokens
from mlroles.sparql.words import AGGREGATES, FUNCTIONS

Leaf = lark.Token
Tree = lark.Tree[Leaf]

_PLAIN = {Kind.IRI, Kind.VARIABLE, Kind.BLANK, Kind.STRING, Kind.LANGUAGE}
_NUMBERS = {Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE}


@dataclass
class UnexpectedError(Exception):
    """The ``place``-th token cannot stand there; what could.

    Keywords and marks are given as they are written, other terminals by their names in the
    grammar; ``$END`` is the end. ``place`` is the number of tokens where the query ends too early.
    """

    place: int
    accepts: frozenset[str]


def parse(text: str) -> Tree:
    """Return the tree of a query. Raises UnexpectedError."""
    try:
        return _grammar().parse(text)
    except lark.UnexpectedToken as error:
        offset = error.token.start_pos
        before = [token for token in tokens(text) if offset is None or token.start < offset]
        place = len(before) if error.token.type != "$END" else sum(1 for _ in tokens(text))
        spellings = _spellings()
        accepts = frozenset(spellings.get(name, name) for name in error.accepts or error.expected)
        raise UnexpectedError(place, accepts) from error


def branches(tree: Tree) -> list[Tree]:
    """Return the children that are trees."""
    return [child for child in tree.children if isinstance(child, lark.Tree)]


def leaves(tree: Tree) -> Iterator[Leaf]:
    """Yield the tree's tokens in the order of the text."""
    stack: list[Any] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Leaf):
            yield node
        else:
            stack.extend(reversed(node.children))


@functools.cache
def _grammar() -> lark.Lark:
    return lark.Lark(
        resources.files(__package__).joinpath("grammar.lark").read_text("utf-8"),
        start="query",
        parser="lalr",
        lexer=_Lexer,
        propagate_positions=True,
    )


@functools.cache
def _spellings() -> dict[str, str]:
    return {t.name: t.pattern.value for t in _grammar().terminals if t.pattern}


class _Lexer(Lexer):
    """Hands our tokens to lark under the names of the grammar's terminals."""

    def __init__(self, conf: Any) -> None:
        self._names: dict[str, str] = {t.pattern.value: t.name for t in conf.terminals if t.pattern}

    def lex(self, data: Any, *_: Any) -> Iterator[Leaf]:
        for token in tokens(str(data)):
            yield Leaf(self._terminal(token), token.text, start_pos=token.start, end_pos=token.end)

    def _terminal(self, token: Token) -> str:
        kind, text = token.kind, token.text
        if kind in _PLAIN:
            return kind.name
        if kind is Kind.NAME:
            return "PREFIX_NAME" if text.endswith(":") and text.count(":") == 1 else "NAME"
        if kind in _NUMBERS:
            return "SIGNED" if text[0] in "+-" else kind.name
        if kind is Kind.WORD:
            return self._word(text)
        return self._names.get(text, "UNKNOWN") if kind is Kind.MARK else "UNKNOWN"

    def _word(self, text: str) -> str:
        upper = text.upper()
        if upper in FUNCTIONS:
            return "FUNCTION"
        if upper in AGGREGATES:
            return "AGGREGATE"
        spelled = text.lower() if upper in {"TRUE", "FALSE"} else upper
        return self._names.get("a" if text == "a" else spelled, "UNKNOWN")
