"""Two ways to ask the query of a case: the engine alone, and a running server of ours over HTTP."""

import io
import json
from collections.abc import Callable
from functools import cache
from http import HTTPStatus

import pyoxigraph as ox

from cases import Case, file
from endpoint import Dataset, endpoint

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


@cache  # the table of conformance asks what the tests have asked
def ask_endpoint(case: Case, media_type: str) -> bytes:
    """Return what ``POST /sparql`` answers. Raises RejectedError for a syntax error told well.

    Anything but an answer and a problem document that names a place in the query is an
    AssertionError.
    """
    server = endpoint()
    server.load(_dataset(case))
    status, kind, content = server.ask(
        "POST",
        "/sparql",
        case.text.encode(),
        Content_Type="application/sparql-query",
        Accept=media_type,
    )
    if status == HTTPStatus.OK:
        assert media_type in (kind, "*/*")
        return content
    problem = json.loads(content)
    assert status == HTTPStatus.BAD_REQUEST, problem
    assert kind == "application/problem+json"
    lines = case.text.split("\n")
    assert 2 <= problem["line"] <= len(lines), problem  # the first line is the base, added here
    assert 1 <= problem["column"] <= len(lines[problem["line"] - 1]) + 1, problem
    raise RejectedError(problem["detail"])


@cache
def _dataset(case: Case) -> Dataset:
    default = b"".join(_ntriples(iri) for iri in case.data)
    return ((None, default), *((iri, _ntriples(iri)) for iri in case.named))


@cache
def _ntriples(iri: str) -> bytes:
    if not file(iri).is_file():
        return _SOMETHING
    quads = ox.parse(path=file(iri), base_iri=iri, rename_blank_nodes=True)
    return ox.serialize((quad.triple for quad in quads), format=_NT) or b""
