"""One linear pass over a query before any parser sees it: its form, its dataset and its bounds."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urljoin

from mlroles.errors import QuerySyntaxError, RefusedError, TooLargeError
from mlroles.sparql.diagnosis import diagnose
from mlroles.sparql.tokens import Kind, Lines, Token, tokens
from mlroles.vocab import BASE


class Form(StrEnum):
    """What a query asks for (SPARQL 1.1 Query, 16)."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"


@dataclass(frozen=True)
class Limits:
    """How long in bytes, how deep and how many operators at one level a query may be."""

    max_query: int
    max_depth: int
    max_chain: int


@dataclass(frozen=True)
class CheckedQuery:
    """A query that may be run. The graphs are those of its own FROM and FROM NAMED, as IRIs.

    ``volatile`` says that the same data may answer it differently next time.
    """

    text: str
    form: Form
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    volatile: bool = False


_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())
_OPENING = {"(", "[", "{", "<<", "{|"}
_CLOSING = {")", "]", "}", ">>", "|}"}
#: What a parser or an evaluator may nest one level for, each time that it stands in a row.
_OPERATORS = set("|| && ! = != < > <= >= + - * / | ^ ^^ ? ;".split())
_OPERATOR_WORDS = frozenset(
    "UNION OPTIONAL MINUS FILTER BIND GRAPH VALUES EXISTS NOT IN AS FROM PREFIX BASE".split()
)
#: Found in a string or a name as well, which does no harm.
_VOLATILE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\b", re.IGNORECASE)
_NO_CHARACTER = re.compile("[\\0\\ud800-\\udfff]")
#: The first characters of these marks, and of signed numbers.
_OPERATOR_MARKS = "|&!=<>+-*/^?;"
_SHORTEST = 3  # characters that a word of these takes, with what parts it from the next
_SIGNED = {Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE}


def check(text: str, limits: Limits) -> CheckedQuery:
    """Return the query if it may be run; whether it is SPARQL throughout, the engine will say.

    Raises TooLargeError over a limit, RefusedError for an update and for SERVICE, and
    QuerySyntaxError for what no query holds, or if it is of no form.
    """
    _check_characters(text)
    _check_length(text, limits.max_query)
    head = _Head()
    bounds = _Bounds(text, limits)
    harmless = _is_harmless(text, limits)
    for token in tokens(text):
        head.take(token)
        if head.over and harmless:
            break
        bounds.take(token)
        if token.kind is Kind.WORD and token.text.upper() == "SERVICE":
            raise _refused(
                text,
                token,
                "This endpoint asks no other endpoint on a query's behalf: SERVICE is refused.",
                "Leave the SERVICE clause out, or send the query from an engine of your own.",
            )
    if head.first is not None and head.first.text.upper() in _UPDATES:
        raise _refused(
            text,
            head.first,
            f"This endpoint is read-only: {head.first.text.upper()} is refused.",
            "Ask with SELECT, ASK, CONSTRUCT or DESCRIBE.",
        )
    if head.form is None:
        raise diagnose(text, "")
    return CheckedQuery(
        text,
        head.form,
        tuple(head.default_graphs),
        tuple(head.named_graphs),
        bool(_VOLATILE.search(text)),
    )


def dataset(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the IRIs that a query names by FROM, and those by FROM NAMED."""
    head = _Head()
    for token in tokens(text):
        head.take(token)
    return tuple(head.default_graphs), tuple(head.named_graphs)


def _is_harmless(text: str, limits: Limits) -> bool:
    """Return whether no bound can be broken, nor SERVICE be named, wherever the tokens begin."""
    openings = sum(map(text.count, ("(", "[", "{", "<<")))
    operators = sum(map(text.count, _OPERATOR_MARKS)) + len(text) // _SHORTEST + 1
    return (
        openings <= limits.max_depth
        and operators <= limits.max_chain
        and "SERVICE" not in text.upper()
    )


def _check_characters(text: str) -> None:
    bad = _NO_CHARACTER.search(text)
    if bad is None:
        return
    line, column = Lines(text).place(bad.start())
    name = f"U+{ord(bad[0]):04X}"
    raise QuerySyntaxError(
        f"The query holds {name}, which no text holds.",
        hint=r"Leave it out; inside a string, write a character as \uXXXX or \UXXXXXXXX.",
        line=line,
        column=column,
        offending=name,
    )


def _check_length(text: str, most: int) -> None:
    length = len(text.encode())
    if length > most:
        raise TooLargeError(
            f"The query is {length:,} bytes long; at most {most:,} are taken.",
            hint="Ask in several smaller queries.",
            extra={"limit": most, "length": length},
        )


def _refused(text: str, token: Token, detail: str, hint: str) -> RefusedError:
    line, column = Lines(text).place(token.start)
    return RefusedError(detail, hint=hint, line=line, column=column, offending=token.text)


class _Head:
    """Reads the prologue, the query's form, and its dataset clauses.

    A prefix that is not declared is left as it is for the engine.
    """

    def __init__(self) -> None:
        self.first: Token | None = None
        self.default_graphs: list[str] = []
        self.named_graphs: list[str] = []
        self._prefixes: dict[str, str] = {}
        self._base = BASE
        self._before = self._last = ""
        self._prefix = ""
        self.over = False

    @property
    def form(self) -> Form | None:
        """The form, or None where the first keyword is of none."""
        word = self.first.text.upper() if self.first else ""
        return Form(word) if word in set(Form) else None

    def take(self, token: Token) -> None:
        """Read the next token; where WHERE begins, nothing more is to be learnt."""
        if self.over:
            return
        if self.first is None:
            self._prologue(token)
        elif self._last == "FROM" and token.text.upper() != "NAMED":
            self.default_graphs.append(self._iri(token))
        elif self._before == "FROM" and self._last == "NAMED":
            self.named_graphs.append(self._iri(token))
        self._before, self._last = self._last, token.text.upper()
        self.over = token.text == "{" and self.form is not Form.CONSTRUCT  # its first is no WHERE

    def _prologue(self, token: Token) -> None:
        if self._last == "BASE":
            self._base = self._iri(token)
        elif self._before == "PREFIX":
            self._prefixes[self._prefix] = self._iri(token)
        elif self._last == "PREFIX":
            self._prefix = token.text
        elif token.text.upper() not in {"PREFIX", "BASE"}:
            self.first = token

    def _iri(self, token: Token) -> str:
        if token.kind is Kind.IRI:
            return urljoin(self._base, token.text[1:-1])
        prefix, colon, local = token.text.partition(":")
        return self._prefixes.get(prefix + colon, prefix + colon) + local.replace("\\", "")


@dataclass
class _Bounds:
    """Counts how deep the brackets are, and how many operators stand at each level."""

    text: str
    limits: Limits
    chains: list[int] = field(default_factory=lambda: [0])

    def take(self, token: Token) -> None:
        """Count ``token``. Raises TooLargeError."""
        if token.text in _OPENING:
            self.chains.append(0)
            if len(self.chains) - 1 > self.limits.max_depth:
                raise self._over(token, "nested", "levels deep", self.limits.max_depth)
        elif token.text in _CLOSING:
            if len(self.chains) > 1:
                self.chains.pop()
        elif _chains(token):
            self.chains[-1] += 1
            if self.chains[-1] > self.limits.max_chain:
                raise self._over(token, "chained", "operators at one level", self.limits.max_chain)

    def _over(self, token: Token, how: str, unit: str, most: int) -> TooLargeError:
        line, column = Lines(self.text).place(token.start)
        return TooLargeError(
            f"The query is {how} more than {most:,} {unit}.",
            hint="Use VALUES or IN in place of many alternatives, or ask in several queries.",
            line=line,
            column=column,
            offending=token.text,
            extra={"limit": most},
        )


def _chains(token: Token) -> bool:
    if token.kind is Kind.MARK:
        return token.text in _OPERATORS
    if token.kind is Kind.WORD:
        return token.text.upper() in _OPERATOR_WORDS
    return token.kind in _SIGNED and token.text[0] in "+-"
