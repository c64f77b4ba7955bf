"""A query put to another store, its answer written as ours are, or its failure told.

Whatever is asked for, the store is asked for JSON or N-Triples, which every store writes, and the
answer is read and written again while it comes: so a client gets the formats that it gets of the
embedded store, and what breaks off half way is never taken for whole.
"""

import http.client
import sys
import time
from collections.abc import Iterator
from typing import BinaryIO, cast

import pyoxigraph as ox

from mlroles import sparql, vocab
from mlroles.errors import MlrolesError
from mlroles.store import failures
from mlroles.store.exchange import Address, Exchange
from mlroles.store.interface import QueryRequest
from mlroles.store.media import require
from mlroles.store.writing import Results, write

_JSON, _NTRIPLES = "application/sparql-results+json", "application/n-triples"
_UNBOUNDED = sparql.Limits(sys.maxsize, sys.maxsize, sys.maxsize)
_OK = 200
_SAID = 4096  # bytes of an error's body that are read

#: What a store calls itself in the header Server, and the seconds in its unit of ``timeout``.
_UNITS = {"virtuoso": 1000, "fuseki": 1, "graphdb": 1, "rdf4j": 1}
_SHORTEST = 1.0  # second: these stores take no less, or take less for no bound

_GRAPHS = (vocab.ASSERTED, vocab.INFERRED)


class AskedStore:
    """The store at an address, whose default graph is the union of our two.

    A query that names no dataset is asked of these, as named graphs too: other graphs of the
    store are not seen unless they are named.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._unit: int | None = None

    def exchange(self, seconds: float) -> Exchange:
        """Return an exchange of at most so many seconds, to be passed to :meth:`query`."""
        return Exchange(self._address, time.monotonic() + seconds)

    def query(
        self, request: QueryRequest, out: BinaryIO, exchange: Exchange, seconds: float
    ) -> None:
        """Write the result to ``out``, a piece at a time.

        Raises QuerySyntaxError for what the store does not understand, NotAcceptableError for a
        media type that is not of the query's form, StoreFailedError and StoreTimeoutError.
        """
        checked = sparql.check(request.text, _UNBOUNDED)
        require(checked.form, request.media_type)
        begun = time.monotonic()
        try:
            solutions = checked.form in (sparql.Form.SELECT, sparql.Form.ASK)
            form = [*self._form(request, checked), *self._timeout(seconds)]
            response = exchange.send(form, _JSON if solutions else _NTRIPLES)
            self._learn(response)
            _require_whole(response, exchange, time.monotonic() - begun, seconds)
            body = cast("BinaryIO", _Body(exchange))
            write(_read(checked.form, response, body), request.media_type, out)
        except (SyntaxError, UnicodeDecodeError, OSError, http.client.HTTPException) as error:
            raise _told(error, exchange, seconds) from error
        finally:
            exchange.finish()

    def close(self) -> None:
        """Close what connections are open."""
        self._address.close()

    def _form(
        self, request: QueryRequest, checked: sparql.CheckedQuery
    ) -> Iterator[tuple[str, str]]:
        """Yield the protocol's parameters (SPARQL 1.1 Protocol, 2.1)."""
        base = f"BASE <{request.base}>\n" if request.base else ""
        yield "query", base + request.text
        default, named = request.default_graphs, request.named_graphs
        if not (default or named or checked.default_graphs or checked.named_graphs):
            default = named = _GRAPHS
        yield from (("default-graph-uri", graph) for graph in default)
        yield from (("named-graph-uri", graph) for graph in named)

    def _timeout(self, seconds: float) -> Iterator[tuple[str, str]]:
        """Yield how long the store may take, in its own unit if that is known."""
        if self._unit is not None:
            yield "timeout", str(int(max(seconds, _SHORTEST) * self._unit))

    def _learn(self, response: http.client.HTTPResponse) -> None:
        called = (response.headers.get("Server") or "").lower()
        self._unit = next((unit for name, unit in _UNITS.items() if name in called), None)


def _told(error: Exception, exchange: Exchange, seconds: float) -> MlrolesError:
    if exchange.stopped:
        return failures.stopped()
    if isinstance(error, TimeoutError):
        return failures.slow(seconds)
    if isinstance(error, OSError | http.client.HTTPException):
        return failures.unreachable(error)
    return failures.garbled(error)


class _Body:
    """An answer's body as a file, to be read while it comes."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def read(self, size: int = -1) -> bytes:
        return self._exchange.read(size)


def _require_whole(
    response: http.client.HTTPResponse, exchange: Exchange, took: float, seconds: float
) -> None:
    """Raise what the answer's head tells: a failure, or a part that looks like all of it."""
    if response.status != _OK:
        said = exchange.read(_SAID).decode("utf-8", "replace")
        raise failures.refused(response.status, dict(response.headers), said, took, seconds)
    # Virtuoso: a query stopped by ``timeout`` has what was found by then, with a status of 200.
    if response.headers.get("X-SQL-State") == "S1TAT":
        raise failures.slow(seconds)
    if rows := response.headers.get("X-SPARQL-MaxRows"):
        raise failures.cut(rows)


def _read(form: str, response: http.client.HTTPResponse, body: BinaryIO) -> Results:
    if form not in (sparql.Form.SELECT, sparql.Form.ASK):
        return (quad.triple for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES, lenient=True))
    if "json" not in (response.headers.get("Content-Type") or ""):
        raise failures.garbled(f"it is {response.headers.get('Content-Type')} and not {_JSON}")
    results = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if form == sparql.Form.ASK and isinstance(results, ox.QuerySolutions):
        return _boolean(results)
    if form == sparql.Form.SELECT and isinstance(results, ox.QueryBoolean):
        raise failures.garbled("a boolean came in the place of rows")
    return results


def _boolean(rows: ox.QuerySolutions) -> ox.QueryBoolean:
    """Return what Virtuoso says by a row of 1, by one of 0, or by none."""
    values = [str(value.value) for row in rows for value in row if isinstance(value, ox.Literal)]
    text = b'{"head":{},"boolean":%s}' % (b"true" if values[:1] in (["1"], ["true"]) else b"false")
    answer = ox.parse_query_results(text, ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QueryBoolean)  # noqa: S101 - tells mypy what it is
    return answer
