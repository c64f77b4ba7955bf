"""Answers in every result format, read by no part of the engine that wrote them."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pyoxigraph as ox

from mlroles.rows import Rows, read_solutions, read_triples
from mlroles.terms import STRING, Blank, Iri, Literal, Term, parse
from mlroles.vocab import XSD

_DOUBLE = f"{XSD}double"
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_RESULTS = "{http://www.w3.org/2005/sparql-results#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_ALL = 1 << 30

Row = tuple[Term | None, ...]


@dataclass(frozen=True)
class Answer:
    """What a query gave: rows (a graph is rows of three), or a boolean and no rows.

    The columns are in alphabetical order, as their order says nothing for ``SELECT *``.
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    boolean: bool | None = None
    graph: bool = False


def read(media_type: str, content: bytes) -> Answer:
    """Return the answer that ``content`` writes. Raises ValueError if it writes none."""
    return _READERS[media_type](content)


def is_result_set(turtle: bytes, base: str) -> bool:
    """Return whether an RDF file holds solutions or a boolean, and not a CONSTRUCT's graph."""
    return any(f"<{_RS}ResultSet>" in str(quad.object) for quad in _parse(turtle, base))


def read_result_set(turtle: bytes, base: str) -> Answer:
    """Return the solutions or the boolean that are written in the vocabulary of the tests."""
    quads = list(_parse(turtle, base))

    def values(subject: object, name: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        found = (quad for quad in quads if quad.subject == subject)
        return [q.object for q in found if q.predicate.value == _RS + name]  # type: ignore[misc]

    (top,) = (quad.subject for quad in quads if str(quad.object) == f"<{_RS}ResultSet>")
    if boolean := values(top, "boolean"):
        return Answer((), (), boolean[0].value == "true")
    solutions: list[dict[str, Term]] = [
        {
            values(binding, "variable")[0].value: parse(str(values(binding, "value")[0]))
            for binding in values(solution, "binding")
        }
        for solution in values(top, "solution")
    ]
    return _table([name.value for name in values(top, "resultVariable")], solutions)


def read_turtle(turtle: bytes, base: str) -> Answer:
    """Return the graph that a Turtle file holds."""
    triples = ox.serialize((quad.triple for quad in _parse(turtle, base)), format=_NT)
    return read("application/n-triples", triples or b"")


_NT = ox.RdfFormat.N_TRIPLES


def _parse(turtle: bytes, base: str) -> Iterator[ox.Quad]:
    return ox.parse(turtle, ox.RdfFormat.TURTLE, base_iri=base)


def _table(names: list[str], solutions: list[dict[str, Term]]) -> Answer:
    columns = tuple(sorted(names))
    stray = {name for solution in solutions for name in solution} - set(columns)
    if stray:
        raise ValueError(f"The rows bind {stray}, which the head does not name.")
    return Answer(columns, tuple(tuple(row.get(name) for name in columns) for row in solutions))


def _json(content: bytes) -> Answer:
    document = json.loads(content)
    if "boolean" in document:
        return Answer((), (), document["boolean"])
    solutions = [
        {name: _json_term(term) for name, term in row.items()}
        for row in document["results"]["bindings"]
    ]
    return _table(document["head"]["vars"], solutions)


def _json_term(term: dict[str, str]) -> Term:
    value = term["value"]
    return _term(term["type"], value, term.get("datatype"), term.get("xml:lang"))


def _term(kind: str, value: str, datatype: str | None, language: str | None) -> Term:
    if kind == "uri":
        return Iri(value)
    if kind == "bnode":
        return Blank(value)
    if kind not in ("literal", "typed-literal"):
        raise ValueError(f"A term cannot be of the kind {kind}.")
    return Literal(value, datatype or STRING, language)


def _xml(content: bytes) -> Answer:
    root = ET.fromstring(content)  # noqa: S314 - the suite's files and our own answers
    boolean = root.find(f"{_RESULTS}boolean")
    if boolean is not None:
        return Answer((), (), boolean.text == "true")
    names = [variable.attrib["name"] for variable in root.iter(f"{_RESULTS}variable")]
    solutions = [
        {binding.attrib["name"]: _xml_term(binding[0]) for binding in result}
        for result in root.iter(f"{_RESULTS}result")
    ]
    return _table(names, solutions)


def _xml_term(element: ET.Element) -> Term:
    kind = element.tag.removeprefix(_RESULTS)
    language = element.get(_LANGUAGE)
    return _term(kind, element.text or "", element.get("datatype"), language)


def _tsv(content: bytes) -> Answer:
    return _sorted(read_solutions([content], _ALL, _ALL))


def _sorted(table: Rows) -> Answer:
    solutions = [
        {name: term for name, term in zip(table.names, row, strict=True) if term is not None}
        for row in table.rows
    ]
    return _table(list(table.names), solutions)


def _csv(content: bytes) -> Answer:
    names, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    solutions = [
        {name: _csv_term(cell) for name, cell in zip(names, row, strict=True) if cell}
        for row in rows
    ]
    return _table(names, solutions)


def _csv_term(cell: str) -> Term:
    """Return a blank node or a literal; CSV tells numbers from strings, and no more."""
    if cell.startswith("_:"):
        return Blank(cell[2:])
    return Literal(cell, _DOUBLE if _NUMBER.fullmatch(cell) else STRING)


def _ntriples(content: bytes) -> Answer:
    table = read_triples([content], _ALL, _ALL)
    return Answer(table.names, tuple(dict.fromkeys(table.rows)), graph=True)


_READERS: dict[str, Callable[[bytes], Answer]] = {
    "application/sparql-results+json": _json,
    "application/sparql-results+xml": _xml,
    "text/csv": _csv,
    "text/tab-separated-values": _tsv,
    "application/n-triples": _ntriples,
}
