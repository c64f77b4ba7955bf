"""What is wrong with a query, as one place in it and two sentences."""

from collections.abc import Sequence
from typing import NamedTuple

from mlroles.errors import QuerySyntaxError
from mlroles.sparql.parser import Leaf
from mlroles.sparql.tokens import Lines, Token

_SHOWN = 60  # characters of the offending text


class Finding(NamedTuple):
    """The text from ``start`` (an offset from 0) on is at fault."""

    start: int
    offending: str
    detail: str
    hint: str


class Words(NamedTuple):
    """A query and its tokens."""

    text: str
    tokens: Sequence[Token]

    def place(self, offset: int) -> str:
        """Return “line 3, column 7”."""
        line, column = Lines(self.text).place(offset)
        return f"line {line}, column {column}"

    def at(self, token: Token, detail: str, hint: str) -> Finding:
        """Return that ``token`` is at fault."""
        return Finding(token.start, token.text, detail, hint)

    def at_leaf(self, leaf: Leaf, detail: str, hint: str) -> Finding:
        """Return that a token of the query's tree is at fault."""
        return Finding(leaf.start_pos or 0, str(leaf), detail, hint)

    def error(self, finding: Finding) -> QuerySyntaxError:
        """Return the finding as the error that a user is told."""
        line, column = Lines(self.text).place(finding.start)
        return QuerySyntaxError(
            finding.detail,
            hint=finding.hint,
            line=line,
            column=column,
            offending=shown(finding.offending),
        )


def shown(text: str) -> str:
    """Return the first line of ``text``, cut if it is long."""
    line = text.split("\n", 1)[0].rstrip("\r")
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
