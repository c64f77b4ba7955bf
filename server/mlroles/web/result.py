"""A result to be shown on a page: a part of it that the page takes, and what of it was inferred."""

import json
import time
from contextlib import closing
from dataclasses import dataclass, replace

from mlroles import sparql, vocab
from mlroles.errors import MlrolesError
from mlroles.rows import Rows, read_lines, read_solutions, read_text, read_triples
from mlroles.saved.labels import labels
from mlroles.sparql import Form
from mlroles.store import QueryRequest
from mlroles.store.media import MediaType, serving
from mlroles.terms import Blank
from mlroles.web import headers, notices, table
from mlroles.web.inquiry import Inquiry
from mlroles.web.notices import Unknown
from mlroles.web.services import Services
from mlroles.web.table import Table

_SIZE = 4 << 20  # bytes of a result that a page takes at most
_TURTLE_SIZE = 64 << 10
_TSV = "text/tab-separated-values"
#: Seconds that it may take to learn what of a result is stated, beside those that the result took.
_PATIENCE = 1.0


@dataclass(frozen=True)
class Result:
    """What a page shows: a table, or yes or no. ``turtle`` is a graph's text, if it is one.

    ``milliseconds`` is from the request to the last row read, without the labels. The table is
    the ``page``, counted from 1, of a result, and ``first`` the number of its first row.
    ``inferred`` tells of each row whether it is missing where what is stated is asked alone, and of
    each triple whether it is there and nobody stated it; it is empty where that is not known.
    ``unknown`` are terms of the query that the graph has not, and ``beyond`` says what all that holds
    gives where what is stated alone gives nothing.
    """

    form: str
    milliseconds: float
    formats: tuple[MediaType, ...]
    page: int = 1
    first: int = 1
    table: Table | None = None
    inferred: tuple[bool, ...] = ()
    boolean: bool | None = None
    turtle: str = ""
    turtle_more: bool = False
    unknown: tuple[Unknown, ...] = ()
    beyond: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is no row, or no for an answer."""
        return self.boolean is False or bool(self.table and not self.table.rows and self.page == 1)


def read(inquiry: Inquiry, services: Services, page: int = 1) -> Result:
    """Return a page of the result of a query. Raises what the engine raises."""
    found = _read(inquiry, services, page)
    beyond = notices.follows(inquiry, services) if found.is_empty else ""
    return replace(found, unknown=notices.unknown(inquiry, services), beyond=beyond)


def _read(inquiry: Inquiry, services: Services, page: int) -> Result:
    form = inquiry.checked.form
    begun = time.monotonic()
    if form is Form.ASK:
        with closing(inquiry.run(services.engine, "application/sparql-results+json")) as answer:
            boolean = bool(json.loads(b"".join(answer.chunks))["boolean"])
        return Result(form, _since(begun), serving(form), boolean=boolean)
    skip = (page - 1) * services.settings.page_rows
    rows = _rows(inquiry, services, skip)
    taken = _since(begun)
    shown = table.build(rows, _labels(services, rows))
    found = Result(form, taken, serving(form), page, skip + 1, shown)
    if form is Form.SELECT:
        return replace(found, inferred=_inferred(inquiry, services, rows, taken))
    with closing(inquiry.run(services.engine, "text/turtle")) as answer:
        text, more = read_text(answer.chunks, _TURTLE_SIZE)
    return replace(found, turtle=text, turtle_more=more, inferred=_triples_inferred(services, rows))


def _rows(inquiry: Inquiry, services: Services, skip: int) -> Rows:
    limit = services.settings.page_rows
    if inquiry.checked.form is Form.SELECT:
        with closing(inquiry.run(services.engine, _TSV)) as answer:
            return read_solutions(answer.chunks, limit, _SIZE, skip)
    with closing(inquiry.run(services.engine, "application/n-triples")) as answer:
        return read_triples(answer.chunks, limit, _SIZE, skip)


def _inferred(inquiry: Inquiry, services: Services, rows: Rows, taken: float) -> tuple[bool, ...]:
    """Return of each row whether what is stated alone does not give it.

    Empty where the query chooses its graphs itself, or if that takes much longer than the result.
    """
    if not rows.rows or inquiry.chooses_graphs or inquiry.checked.volatile:
        return ()
    alone = replace(
        inquiry,
        checked=replace(inquiry.checked, text=sparql.uncut(inquiry.checked.text)),
        default_graphs=(vocab.ASSERTED,),
        timeout=_PATIENCE + 2 * taken / 1000,
    )
    try:
        with closing(alone.run(services.engine, _TSV)) as answer:
            stated = read_lines(answer.chunks, _SIZE)
    except MlrolesError:
        headers.keep_none()
        return ()
    return () if stated is None else tuple(line not in stated for line in rows.lines)


def _triples_inferred(services: Services, rows: Rows) -> tuple[bool, ...]:
    """Return of each triple whether the graph has it and nobody stated it."""
    asked = [row for row in rows.rows if not any(isinstance(term, Blank) for term in row)]
    values = " ".join(f"({' '.join(map(str, row))})" for row in asked)
    text = f"""SELECT ?s ?p ?o WHERE {{ VALUES (?s ?p ?o) {{ {values} }}
  GRAPH <{vocab.INFERRED}> {{ ?s ?p ?o }}
  FILTER NOT EXISTS {{ GRAPH <{vocab.ASSERTED}> {{ ?s ?p ?o }} }} }}"""
    try:
        with closing(services.engine.run(QueryRequest(text, _TSV), _PATIENCE)) as answer:
            found = set(read_solutions(answer.chunks, len(asked), _SIZE).rows)
    except MlrolesError:
        headers.keep_none()
        return ()
    return tuple(row in found for row in rows.rows)


def _labels(services: Services, rows: Rows) -> dict[str, str]:
    """Return the labels of what the rows name; none if the engine is too busy for them."""
    try:
        return labels(services.engine, table.iris(rows))
    except MlrolesError:
        headers.keep_none()
        return {}


def _since(begun: float) -> float:
    return (time.monotonic() - begun) * 1000
