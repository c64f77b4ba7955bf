"""The tokens of a query, as SPARQL 1.1 names them (Query, 19.8), with their places.

Every pattern is possessive where it repeats, and no token is looked at more than a bounded number
of times, so the time is linear in the length of the text, whatever it holds.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a token is; the value names it to a reader."""

    IRI = "an IRI"
    NAME = "a prefixed name"
    VARIABLE = "a variable"
    BLANK = "a blank node"
    STRING = "a string"
    LANGUAGE = "a language tag"
    INTEGER = "an integer"
    DECIMAL = "a decimal number"
    DOUBLE = "a number with an exponent"
    WORD = "a keyword"
    MARK = "a mark"
    ERROR = "a character that SPARQL does not know"


class Token(NamedTuple):
    """A token; ``start`` counts characters from 0. :class:`Lines` tells line and column."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset just after it."""
        return self.start + len(self.text)


_BASE = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_MORE = r"0-9\u00B7\u0300-\u036F\u203F-\u2040"
_PN_CHARS = rf"[{_BASE}_{_MORE}\-]"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_BASE}_:0-9]|{_PLX})(?:\.*+(?:{_PN_CHARS}|:|{_PLX}))*+"
#: A prefix with more than 16 dots is told as an error, which keeps the scan linear.
_PREFIX = rf"[{_BASE}]{_PN_CHARS}*+(?:\.++{_PN_CHARS}++){{0,16}}+"
_NUMBER_END = r"(?:[eE][+-]?[0-9]++)"

_TOKEN = re.compile(
    rf"""
    (?P<space>[\x20\t\r\n]++|\#[^\r\n]*+)
  | (?P<IRI><[^<>"{{}}|^`\\\x00-\x20]*+>)
  | (?P<bare>https?://[^\s<>"{{}}|\\^`()\[\],;]*+)
  | (?P<NAME>(?:{_PREFIX})?:(?:{_LOCAL})?)
  | (?P<VARIABLE>[?$][{_BASE}_0-9][{_BASE}_{_MORE}]*+)
  | (?P<BLANK>_:[{_BASE}_0-9](?:\.*+{_PN_CHARS})*+)
  | (?P<STRING>"{{3}}(?:"{{0,2}}(?:[^"\\]|\\.))*+"{{3}}|'{{3}}(?:'{{0,2}}(?:[^'\\]|\\.))*+'{{3}}
              |"(?!"")(?:[^"\\\r\n]|\\.)*+"|'(?!'')(?:[^'\\\r\n]|\\.)*+')
  | (?P<open>"{{3}}.*+|'{{3}}.*+|["'][^\r\n]*+)
  | (?P<LANGUAGE>@[A-Za-z]++(?:--?[A-Za-z0-9]++)*+)
  | (?P<DOUBLE>[+-]?(?:[0-9]++\.[0-9]*+{_NUMBER_END}|\.?[0-9]++{_NUMBER_END}))
  | (?P<DECIMAL>[+-]?[0-9]*+\.[0-9]++)
  | (?P<INTEGER>[+-]?[0-9]++)
  | (?P<WORD>[A-Za-z_][A-Za-z0-9_]*+)
  | (?P<double>==++)
  | (?P<MARK>&&|\|\||\^\^|!=|<=|>=|<<|>>|\{{\||\|\}}|[{{}}()\[\].,;*/|^?+\-!=<>~])
  | (?P<ERROR>.)
    """,
    re.VERBOSE | re.DOTALL,
)
#: Groups that are no kind of their own: an unclosed string, ``==``, an IRI without brackets.
_ERRORS = {"open", "double", "bare"}
_LINE_END = re.compile(r"\r\n|\r|\n")


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of any text, without white space and comments. Raises nothing."""
    context = _Context()
    offset = 0
    while match := _TOKEN.match(text, offset):
        group = match.lastgroup or ""
        if group == "IRI" and context.awaits_operator():
            match = _LESS.match(text, offset) or match
            group = "MARK"
        offset = match.end()
        if group != "space":
            token = Token(Kind.ERROR if group in _ERRORS else Kind[group], match[0], match.start())
            context.take(token)
            yield token


_LESS = re.compile("<=?")
_OPENING = {"(": ")", "[": "]", "{": "}"}
_OPERANDS = set(Kind) - {Kind.MARK, Kind.WORD, Kind.ERROR}
_OPERAND_TEXTS = {")", "}", "true", "false"}


class _Context:
    """Whether a ``<`` compares, as in ``FILTER(?a<?b&&?c>?d)``, or begins an IRI.

    It compares where it follows an operand between the parentheses of an expression. These are
    told from lists, ``?s ?p (?a <b>)``, by what stands before them and around them.
    """

    def __init__(self) -> None:
        self._inside = [("", True)]  # each open bracket, and whether parentheses in it calculate
        self._last = self._last_but_one = Token(Kind.MARK, "", 0)

    def awaits_operator(self) -> bool:
        """Return whether an operator, and no operand, can come next."""
        return self._inside[-1] == ("(", True) and (
            self._last.kind in _OPERANDS or self._last.text.lower() in _OPERAND_TEXTS
        )

    def take(self, token: Token) -> None:
        """Note the next token."""
        text = token.text
        if text in _OPENING:
            self._inside.append((text, text == "(" and self._calculates()))
        elif len(self._inside) > 1 and text == _OPENING[self._inside[-1][0]]:
            self._inside.pop()
        elif token.kind is Kind.WORD and text.upper() == "SELECT":
            self._inside[-1] = (self._inside[-1][0], True)
        self._last_but_one, self._last = self._last, token

    def _calculates(self) -> bool:
        """Return whether the parenthesis that opens here is of an expression."""
        by_name = self._last.kind in {Kind.IRI, Kind.NAME}  # FILTER ex:function(…)
        word = self._last_but_one if by_name else self._last
        called = word.kind is Kind.WORD and word.text != "a" and word.text.upper() != "VALUES"
        return self._inside[-1][1] or called


class Lines:
    """Where the lines of a text begin, to turn offsets into places."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1, of a character's offset from 0."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
