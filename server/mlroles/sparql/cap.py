"""How many rows of a query: its own LIMIT and OFFSET are replaced, or left out.

They are found by the tokens that stand in no bracket, in one linear pass and without a grammar: so
SPARQL 1.2 is cut as well, which the grammar here does not know. Where an engine took the brackets
otherwise, it would meet two LIMITs, or one inside a pattern, and reject the query: none gives more.
What is put in stands on a line of the query's own, so errors are told at the right line.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mlroles.sparql.check import Form
from mlroles.sparql.tokens import Kind, Token, tokens

_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")
_CLAUSES = frozenset({"LIMIT", "OFFSET"})
_FORMS = frozenset(Form)
_DIGITS = 18  # of a number that are read: more rows there are not
_NO_LINE_END = re.compile(r"[^\r\n]")


@dataclass(frozen=True)
class Capped:
    """``first`` gives the first rows of a query; ``next`` gives the one row after these, if any."""

    first: str
    next: str


@dataclass(frozen=True)
class _Cut:
    """A SELECT without its LIMIT and OFFSET, in two pieces, between which they stood."""

    before: str
    after: str
    limit: int | None
    offset: int

    def to(self, limit: int, offset: int) -> str:
        return f"{self.before} LIMIT {limit} OFFSET {offset} {self.after}"


def cap(text: str, most: int) -> Capped | None:
    """Return a SELECT cut at ``most`` rows; None where its own LIMIT does as much, or it is none."""
    cut = _cut(text)
    if cut is None or (cut.limit is not None and cut.limit <= most):
        return None
    return Capped(cut.to(most, cut.offset), cut.to(1, cut.offset + most))


def uncut(text: str) -> str:
    """Return a SELECT without its own LIMIT and OFFSET; what is none as it is."""
    cut = _cut(text)
    return text if cut is None else f"{cut.before} {cut.after}"


def _cut(text: str) -> _Cut | None:
    """Return the pieces; None for another form.

    Where the brackets do not match, the query is taken to have neither clause.
    """
    every = list(tokens(text))
    outside = _outside(every)
    if not _selects(every):
        return None
    own, spans = _clauses(outside)
    data = next((t for t in outside if t.text.upper() == "VALUES"), None)
    end = max(token.end for token in every if data is None or token.start < data.start)
    for start, stop in spans:
        text = f"{text[:start]}{_NO_LINE_END.sub(' ', text[start:stop])}{text[stop:]}"
    place = spans[0][0] if spans else end
    return _Cut(text[:place], text[place:], own.get("LIMIT"), own.get("OFFSET", 0))


def _clauses(outside: Sequence[Token]) -> tuple[dict[str, int], list[tuple[int, int]]]:
    """Return the numbers of LIMIT and OFFSET, and where these stand."""
    own: dict[str, int] = {}
    spans: list[tuple[int, int]] = []
    for clause, number in pairwise(outside):
        name = clause.text.upper()
        if name in _CLAUSES and name not in own and number.kind is Kind.INTEGER:
            own[name] = int(number.text[:_DIGITS])
            spans.append((clause.start, number.end))
    return own, spans


def _outside(every: Iterable[Token]) -> list[Token]:
    """Return the tokens that are in no bracket; none at all if the brackets do not match."""
    found: list[Token] = []
    depth = 0
    for token in every:
        mark = token.text if token.kind is Kind.MARK else ""
        depth += (mark in _OPENING) - (mark in _CLOSING)
        if depth < 0:
            return []
        if depth == 0:
            found.append(token)
    return [] if depth else found


def _selects(every: Iterable[Token]) -> bool:
    words = (token.text.upper() for token in every if token.kind is Kind.WORD)
    return next((word for word in words if word in _FORMS), None) == Form.SELECT
