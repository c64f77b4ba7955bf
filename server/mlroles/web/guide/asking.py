"""What the pages ask of the graph: the queries in ``asks/``, and their rows as they are shown."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path

from mlroles import sparql
from mlroles.engine.interface import Engine
from mlroles.rows import Rows, read_solutions
from mlroles.saved.labels import labels
from mlroles.store import QueryRequest
from mlroles.terms import Term
from mlroles.web import table
from mlroles.web.table import Cell

MOST = 5_000  # rows that a page asks for
_SIZE = 4 << 20  # bytes of them at most
_TSV = "text/tab-separated-values"
_TEXTS = Path(__file__).parent / "asks"

#: A row by the names of its variables; what is unbound is an empty cell.
Row = Mapping[str, Cell]
#: Terms for the ``VALUES`` blocks of a query, by variable.
Values = Mapping[str, Iterable[Term]]


def ask(engine: Engine, name: str, values: Values | None = None) -> tuple[Row, ...]:
    """Return the rows of a query of ``asks/``, its IRIs with their labels.

    ``values`` take the place of its VALUES blocks. Raises what the engine raises.
    """
    return rows(engine, bound(name, values or {}))


def rows(engine: Engine, text: str) -> tuple[Row, ...]:
    """Return the rows of a query of ours, its IRIs with labels. Raises what the engine raises."""
    with closing(engine.run(QueryRequest(text, _TSV))) as answer:
        found = read_solutions(answer.chunks, MOST, _SIZE)
    return _told(found, labels(engine, table.iris(found)))


def bound(name: str, values: Values) -> str:
    """Return the text of a query of ``asks/`` with these values in place."""
    terms = {variable: [str(term) for term in given] for variable, given in values.items()}
    return sparql.replace_values(text_of(name), terms)


@cache
def text_of(name: str) -> str:
    """Return the text of a query of ``asks/``."""
    return (_TEXTS / f"{name}.rq").read_text("utf-8")


def _told(found: Rows, called: Mapping[str, str]) -> tuple[Row, ...]:
    return tuple(
        {name: table.cell(term, called) for name, term in zip(found.names, row, strict=True)}
        for row in found.rows
    )
