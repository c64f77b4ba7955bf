"""A result as a table for people: labels beside IRIs, numbers told from text."""

from collections.abc import Mapping
from dataclasses import dataclass

from mlroles import vocab
from mlroles.rows import Rows
from mlroles.terms import STRING, Blank, Iri, Literal, Term

_WEB = ("http://", "https://")
_NUMBERS = frozenset(
    f"{vocab.XSD}{name}"
    for name in (
        *("integer", "decimal", "double", "float", "long", "int", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)


@dataclass(frozen=True)
class Cell:
    """One term as it is shown.

    ``text`` is the term itself, ``label`` what it is called. ``iri`` is that of a thing of ours,
    ``link`` an address outside. ``note`` is a literal's datatype or language.
    """

    text: str = ""
    label: str = ""
    iri: str = ""
    link: str = ""
    note: str = ""
    kind: str = "none"

    @property
    def address(self) -> str:
        """The IRI, of ours or of others on the Web; empty if it is none."""
        return self.iri or self.link


@dataclass(frozen=True)
class Table:
    """Names and cells; ``numeric`` says which columns hold nothing but numbers."""

    names: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: bool


def build(rows: Rows, labels: Mapping[str, str]) -> Table:
    """Return the table of a result, with the labels of its IRIs."""
    cells = tuple(tuple(cell(term, labels) for term in row) for row in rows.rows)
    kinds = [{row[n].kind for row in cells} - {"none"} for n in range(len(rows.names))]
    numeric = tuple(kind == {"number"} for kind in kinds)
    return Table(rows.names, numeric, cells, rows.more)


def iris(rows: Rows) -> set[Iri]:
    """Return the IRIs in a result."""
    return {term for row in rows.rows for term in row if isinstance(term, Iri)}


def cell(term: Term | None, labels: Mapping[str, str]) -> Cell:
    """Return how a term is shown, with the label of an IRI that has one."""
    if term is None:
        return Cell()
    if isinstance(term, Iri):
        return _iri(term.value, labels.get(term.value, ""))
    if isinstance(term, Literal):
        return _literal(term)
    return Cell(str(term), kind="blank" if isinstance(term, Blank) else "other")


def _iri(value: str, label: str) -> Cell:
    ours = value.startswith(vocab.BASE)
    return Cell(
        text=vocab.shorten(value).removeprefix("<").removesuffix(">"),
        label=label,
        iri=value if ours else "",
        link=value if not ours and value.startswith(_WEB) else "",
        kind="iri",
    )


def _literal(term: Literal) -> Cell:
    if term.language is not None:
        return Cell(term.value, note=term.language, kind="literal")
    if term.datatype in _NUMBERS:
        return Cell(term.value, note=_unless_plain(term.datatype), kind="number")
    note = "" if term.datatype == STRING else vocab.shorten(term.datatype)
    return Cell(term.value, note=note, kind="literal")


def _unless_plain(datatype: str) -> str:
    return "" if datatype == f"{vocab.XSD}integer" else vocab.shorten(datatype)
