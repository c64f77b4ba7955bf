"""RDF terms as results write them: N-Triples, and the Turtle short forms of SPARQL's TSV."""

import re
from dataclasses import dataclass

import pyoxigraph as ox

from mlroles.vocab import XSD

STRING = f"{XSD}string"

_ESCAPES = {
    "t": "\t",
    "b": "\b",
    "n": "\n",
    "r": "\r",
    "f": "\f",
    '"': '"',
    "'": "'",
    "\\": "\\",
}
_UNESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_UNSAFE = re.compile(r'[\x00-\x1f"\\\x7f]')
_IRI = re.compile(r'<([^\x00-\x20<>"{}|^`]*)>\Z')
_LITERAL = re.compile(
    r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^\x00-\x20<>"{}|^`]*)>)?\Z', re.DOTALL
)
_SHORT = (
    (re.compile(r"[+-]?[0-9]+\Z"), f"{XSD}integer"),
    (re.compile(r"[+-]?[0-9]*\.[0-9]+\Z"), f"{XSD}decimal"),
    (re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+\Z"), f"{XSD}double"),
    (re.compile(r"(?:true|false)\Z"), f"{XSD}boolean"),
)


@dataclass(frozen=True)
class Iri:
    """An IRI; ``str`` gives N-Triples. Raises ValueError for one that no query can hold."""

    value: str

    def __post_init__(self) -> None:
        try:
            ox.NamedNode(self.value)  # as strict as the engine's own reader of queries
        except ValueError as error:
            raise ValueError(f"{self.value!r} is no absolute IRI: {error}.") from error

    def __str__(self) -> str:
        return f"<{self.value}>"


@dataclass(frozen=True)
class Blank:
    """A blank node."""

    label: str

    def __str__(self) -> str:
        return f"_:{self.label}"


@dataclass(frozen=True)
class Literal:
    """A literal; ``str`` gives N-Triples."""

    value: str
    datatype: str = STRING
    language: str | None = None

    def __str__(self) -> str:
        quoted = f'"{_UNSAFE.sub(_escape, self.value)}"'
        if self.language is not None:
            return f"{quoted}@{self.language}"
        return quoted if self.datatype == STRING else f"{quoted}^^<{self.datatype}>"


@dataclass(frozen=True)
class Other:
    """What is none of these, such as a triple term of RDF 1.2, as it was written."""

    text: str

    def __str__(self) -> str:
        return self.text


Term = Iri | Blank | Literal | Other


def plain(term: Term) -> str:
    """Return what a term says, without marks: the IRI, or the text of a literal."""
    return term.value if isinstance(term, Iri | Literal) else str(term)


def parse(text: str) -> Term:
    """Return the term that ``text`` writes; one that cannot be read is an Other."""
    if text.startswith("_:"):
        return Blank(text[2:])
    if (iri := _IRI.match(text)) is not None:
        return _iri(iri[1], text)
    if (literal := _LITERAL.match(text)) is not None:
        value, language, datatype = literal.groups()
        return Literal(_plain(value), _plain(datatype or STRING), language)
    for pattern, datatype in _SHORT:
        if pattern.match(text):
            return Literal(text, datatype)
    return Other(text)


def _iri(value: str, text: str) -> Iri | Other:
    try:
        return Iri(_plain(value))
    except ValueError:
        return Other(text)


def _plain(text: str) -> str:
    return _UNESCAPE.sub(_unescape, text) if "\\" in text else text


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code is None:
        return _ESCAPES.get(match[3], match[0])
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else match[0]  # noqa: PLR2004 - Unicode's last


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return f"\\{char}" if char in '"\\' else f"\\u{ord(char):04X}"
