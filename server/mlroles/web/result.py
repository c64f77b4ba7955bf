"""A result to be shown on a page: no more of it than the page takes."""

import json
import time
from contextlib import closing
from dataclasses import dataclass

from mlroles.errors import MlrolesError
from mlroles.rows import Rows, read_solutions, read_text, read_triples
from mlroles.saved.labels import labels
from mlroles.sparql import Form
from mlroles.store.media import MediaType, serving
from mlroles.web import headers, table
from mlroles.web.inquiry import Inquiry
from mlroles.web.services import Services
from mlroles.web.table import Table

_SIZE = 4 << 20  # bytes of a result that a page takes at most
_TURTLE_SIZE = 64 << 10


@dataclass(frozen=True)
class Result:
    """What a page shows: a table, or yes or no. ``turtle`` is a graph's text, if it is one.

    ``milliseconds`` is from the request to the last row read, without the labels.
    """

    form: str
    milliseconds: float
    formats: tuple[MediaType, ...]
    table: Table | None = None
    boolean: bool | None = None
    turtle: str = ""
    turtle_more: bool = False


def read(inquiry: Inquiry, services: Services) -> Result:
    """Return the result of a query. Raises what the engine raises."""
    form = inquiry.checked.form
    begun = time.monotonic()
    if form is Form.ASK:
        with closing(inquiry.run(services.engine, "application/sparql-results+json")) as answer:
            boolean = bool(json.loads(b"".join(answer.chunks))["boolean"])
        return Result(form, _since(begun), serving(form), boolean=boolean)
    rows = _rows(inquiry, services)
    taken = _since(begun)
    shown = table.build(rows, _labels(services, rows))
    if form is Form.SELECT:
        return Result(form, taken, serving(form), shown)
    with closing(inquiry.run(services.engine, "text/turtle")) as answer:
        text, more = read_text(answer.chunks, _TURTLE_SIZE)
    return Result(form, taken, serving(form), shown, turtle=text, turtle_more=more)


def _rows(inquiry: Inquiry, services: Services) -> Rows:
    limit = services.settings.page_rows
    if inquiry.checked.form is Form.SELECT:
        with closing(inquiry.run(services.engine, "text/tab-separated-values")) as answer:
            return read_solutions(answer.chunks, limit, _SIZE)
    with closing(inquiry.run(services.engine, "application/n-triples")) as answer:
        return read_triples(answer.chunks, limit, _SIZE)


def _labels(services: Services, rows: Rows) -> dict[str, str]:
    """Return the labels of what the rows name; none if the engine is too busy for them."""
    try:
        return labels(services.engine, table.iris(rows))
    except MlrolesError:
        headers.keep_none()
        return {}


def _since(begun: float) -> float:
    return (time.monotonic() - begun) * 1000
