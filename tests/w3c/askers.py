"""Two ways to ask the query of a case: the engine alone, and our endpoint in front of it."""

import io
from collections.abc import Callable
from functools import cache

import pyoxigraph as ox
from flask.testing import FlaskClient

from cases import Case, file
from mlroles.engine.departure import Departure
from mlroles.engine.interface import Answer, Engine
from mlroles.store import QueryRequest
from mlroles.store.oxigraph import OxigraphStore
from mlroles.web import create_app

#: N-Triples by graph; None is the default graph.
_Dataset = tuple[tuple[str | None, bytes], ...]
Ask = Callable[[Case, str], bytes]
_NT = ox.RdfFormat.N_TRIPLES
#: What a graph holds that a query names and the suite has no file of: it must be there.
_SOMETHING = b"<http://example.org/s> <http://example.org/p> <http://example.org/o> .\n"


class RejectedError(Exception):
    """The query was told to be no SPARQL."""


def ask_engine(case: Case, media_type: str) -> bytes:
    """Return what Oxigraph itself answers. Raises RejectedError."""
    store = ox.Store()
    for iri, ntriples in _dataset(case):
        graph = ox.DefaultGraph() if iri is None else ox.NamedNode(iri)
        store.load(ntriples, _NT, to_graph=graph)
    try:
        results = store.query(case.text)
    except (SyntaxError, RuntimeError) as error:  # RuntimeError: a function that it has not
        raise RejectedError(str(error)) from error
    out = io.BytesIO()
    if isinstance(results, ox.QueryTriples):
        results.serialize(out, _NT)
    else:
        chosen = ox.QueryResultsFormat.from_media_type(media_type)
        results.serialize(out, chosen or ox.QueryResultsFormat.JSON)
    return out.getvalue()


def ask_endpoint(case: Case, media_type: str) -> bytes:
    """Return what ``POST /sparql`` answers. Raises RejectedError for a syntax error told well.

    Anything but an answer and a problem document that names a place in the query is an
    AssertionError.
    """
    response = _client(_dataset(case)).post(
        "/sparql",
        data=case.text.encode(),
        content_type="application/sparql-query",
        headers={"Accept": media_type},
    )
    if response.status_code == 200:
        assert media_type in (response.mimetype, "*/*")
        return bytes(response.data)
    problem = response.get_json()
    assert response.status_code == 400, problem
    assert response.mimetype == "application/problem+json"
    lines = case.text.split("\n")
    assert 2 <= problem["line"] <= len(lines), problem  # the first line is the base, added here
    assert 1 <= problem["column"] <= len(lines[problem["line"] - 1]) + 1, problem
    raise RejectedError(problem["detail"])


class _LocalEngine(Engine):
    """The engine's store, and a query in this process, as a worker runs it."""

    def __init__(self, content: _Dataset) -> None:
        self._store = OxigraphStore()
        for graph, ntriples in content:
            self._store.replace_graph(graph, [ntriples])

    def run(
        self,
        request: QueryRequest,
        timeout: float | None = None,
        departure: Departure | None = None,
    ) -> Answer:
        """Return the whole answer; nobody waits too long or leaves here."""
        del timeout, departure
        out = io.BytesIO()
        self._store.query(request, out)
        return Answer(request.media_type, iter([out.getvalue()]))

    def close(self) -> None:
        """Have nothing to end."""


@cache
def _client(content: _Dataset) -> FlaskClient:
    return create_app(engine=_LocalEngine(content)).test_client()


@cache
def _dataset(case: Case) -> _Dataset:
    default = b"".join(_ntriples(iri) for iri in case.data)
    return ((None, default), *((iri, _ntriples(iri)) for iri in case.named))


@cache
def _ntriples(iri: str) -> bytes:
    if not file(iri).is_file():
        return _SOMETHING
    quads = ox.parse(path=file(iri), base_iri=iri, rename_blank_nodes=True)
    return ox.serialize((quad.triple for quad in quads), format=_NT) or b""
