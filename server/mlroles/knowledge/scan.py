"""Read Turtle that is known to be sound once more, to learn where each statement stands.

The fast parser gives no places. This one is slow, gives a line and a column for each triple and
for each name, and runs only when a problem must be told. It never recurses.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urljoin

import pyoxigraph as ox

from mlroles import vocab


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


class Statement(NamedTuple):
    """A triple, its terms as in N-Triples, and the place of its object."""

    subject: str
    predicate: str
    object: str
    place: Place


@dataclass
class Scan:
    """What a file says, and where each IRI is named first."""

    statements: list[Statement] = field(default_factory=list)
    names: dict[str, Place] = field(default_factory=dict)


_TOKEN = re.compile(
    r"""
    (?P<space>\s+|\#[^\r\n]*)
  | (?P<iri><[^>]*>)
  | (?P<text>\"{3}(?:[^"\\]|\\.|"(?!""))*"*?\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'*?'{3}
            |"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
  | (?P<number>[+-]?(?:\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+))
  | (?P<word>@?(?:[^\s<>"'(){}\[\];,.\\^@\#]|\\.|\.(?=[^\s<>"'(){}\[\];,^@\#]))+)
  | (?P<mark>\^\^|[\[\](){};,.])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_CONTROL = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LANGUAGE = re.compile(r"@[A-Za-z]+(-[A-Za-z0-9]+)*\Z")
_LONG = 6

_RDF_TYPE, _FIRST, _REST, _NIL = (
    f"<{vocab.RDF}{name}>" for name in ("type", "first", "rest", "nil")
)
_BOOLEAN = f"{vocab.XSD}boolean"


class _Token(NamedTuple):
    kind: str
    text: str
    start: int


@dataclass
class _Frame:
    """An open statement, bracket or list: its subject, predicate and what comes next."""

    kind: str  # "." a statement, "[" a blank node, "(" a list
    start: int = 0
    subject: str | None = None
    predicate: str | None = None
    head: str | None = None


def scan(text: str) -> Scan:
    """Return the statements and names of ``text``, which must be sound Turtle."""
    return _Scanner(text).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", text))]
        self._found = Scan()
        self._prefixes: dict[str, str] = {}
        self._base = ""
        self._blank = 0
        self._stack = [_Frame(".")]

    def run(self) -> Scan:
        tokens = self._tokens()
        for token in tokens:
            if token.text in ("@prefix", "@base") or token.text.upper() in ("PREFIX", "BASE"):
                self._directive(token.text, tokens)
            elif token.kind == "mark":
                self._mark(token)
            else:
                self._take(self._term(token, tokens), token.start)
        return self._found

    def _tokens(self) -> "_Lookahead":
        return _Lookahead(
            _Token(match.lastgroup or "", match[0], match.start())
            for match in _TOKEN.finditer(self._text)
            if match.lastgroup != "space"
        )

    def _directive(self, word: str, tokens: "_Lookahead") -> None:
        if word.upper().endswith("PREFIX"):
            prefix = next(tokens).text[:-1]
            self._prefixes[prefix] = self._resolve(next(tokens).text)
        else:
            self._base = self._resolve(next(tokens).text)
        if word.startswith("@"):
            next(tokens)

    def _mark(self, token: _Token) -> None:
        frame = self._stack[-1]
        if token.text in "[(":
            subject = self._fresh() if token.text == "[" else None
            self._stack.append(_Frame(token.text, token.start, subject))
        elif token.text in "])":
            self._close()
        elif token.text == ".":
            self._stack = [_Frame(".")]
        elif token.text == ";":
            frame.predicate = None

    def _close(self) -> None:
        frame = self._stack.pop()
        if frame.kind == "(" and frame.subject is not None:
            self._state(frame.subject, _REST, _NIL, frame.start)
        node = frame.subject if frame.kind == "[" else frame.head
        self._take(node or _NIL, frame.start)

    def _take(self, term: str, start: int) -> None:
        frame = self._stack[-1]
        if frame.kind == "(":
            self._member(frame, term, start)
        elif frame.subject is None:
            frame.subject = term
        elif frame.predicate is None:
            frame.predicate = _RDF_TYPE if term == "a" else term
        else:
            self._state(frame.subject, frame.predicate, term, start)

    def _member(self, frame: _Frame, term: str, start: int) -> None:
        cell = self._fresh()
        if frame.subject is None:
            frame.head = cell
        else:
            self._state(frame.subject, _REST, cell, start)
        self._state(cell, _FIRST, term, start)
        frame.subject = cell

    def _state(self, subject: str, predicate: str, value: str, start: int) -> None:
        statement = Statement(subject, predicate, value, self._place(start))
        self._found.statements.append(statement)

    def _term(self, token: _Token, tokens: "_Lookahead") -> str:
        if token.kind == "iri":
            return self._name(self._resolve(token.text), token.start)
        if token.kind == "text":
            return self._literal(token.text, tokens)
        if token.kind == "number":
            return str(ox.Literal(token.text, datatype=ox.NamedNode(_number_type(token.text))))
        if token.text in ("true", "false"):
            return str(ox.Literal(token.text, datatype=ox.NamedNode(_BOOLEAN)))
        if token.text == "a" or token.text.startswith("_:"):
            return token.text
        prefix, _, local = token.text.partition(":")
        iri = self._prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)
        return self._name(iri, token.start)

    def _literal(self, quoted: str, tokens: "_Lookahead") -> str:
        width = 3 if len(quoted) >= _LONG and quoted[:3] in ('"""', "'''") else 1
        value = _unescape(quoted[width:-width])
        after = tokens.peek()
        if after is not None and _LANGUAGE.match(after.text):
            return str(ox.Literal(value, language=next(tokens).text[1:].lower()))
        if after is not None and after.text == "^^":
            next(tokens)
            datatype = self._term(next(tokens), tokens)
            return str(ox.Literal(value, datatype=ox.NamedNode(datatype[1:-1])))
        return str(ox.Literal(value))

    def _name(self, iri: str, start: int) -> str:
        if iri not in self._found.names:
            self._found.names[iri] = self._place(start)
        return f"<{iri}>"

    def _resolve(self, token: str) -> str:
        return urljoin(self._base, _unescape(token[1:-1])) if self._base else _unescape(token[1:-1])

    def _fresh(self) -> str:
        self._blank += 1
        return f"_:scanned {self._blank}"

    def _place(self, start: int) -> Place:
        line = bisect_right(self._starts, start)
        return Place(line, start - self._starts[line - 1] + 1)


class _Lookahead(Iterator[_Token]):
    def __init__(self, tokens: Iterator[_Token]) -> None:
        self._tokens = tokens
        self._next = next(tokens, None)

    def __next__(self) -> _Token:
        if self._next is None:
            raise StopIteration
        token, self._next = self._next, next(self._tokens, None)
        return token

    def peek(self) -> _Token | None:
        return self._next


def _number_type(text: str) -> str:
    if "e" in text.lower():
        return f"{vocab.XSD}double"
    return f"{vocab.XSD}decimal" if "." in text else f"{vocab.XSD}integer"


def _unescape(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return _CONTROL.get(code, code)
