"""One query asked of Oxigraph, rewritten where its answer would not be SPARQL 1.1's."""

from typing import TypedDict

import pyoxigraph as ox

from mlroles import sparql
from mlroles.errors import BadRequestError, QuerySyntaxError
from mlroles.store import describing
from mlroles.store.interface import QueryRequest
from mlroles.store.mending import Dataset, mend

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | describing.Description


class _Graphs(TypedDict, total=False):
    default_graph: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]
    named_graphs: list[ox.NamedNode | ox.BlankNode]


def evaluate(store: ox.Store, request: QueryRequest) -> Results:
    """Return the results of a query.

    Raises QuerySyntaxError, and BadRequestError for a dataset or base that is no absolute IRI.
    """
    asking = _Asking(store, request)
    described = describing.read(request.text)
    if described is not None:
        return describing.describe(described, asking.ask, store, asking.default_graphs())
    return asking.ask(request.text)


def node(iri: str) -> ox.NamedNode:
    """Return the node of a graph's name. Raises BadRequestError."""
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise BadRequestError(
            f"A graph's name must be an absolute IRI: {error}.", offending=iri
        ) from error


class _Asking:
    """A store, and the request whose dataset and base its queries have."""

    def __init__(self, store: ox.Store, request: QueryRequest) -> None:
        self._store = store
        self._request = request
        self._stated = bool(request.default_graphs or request.named_graphs)
        self._graphs = _dataset(request)

    def ask(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Return the results of ``text``. Raises what :func:`evaluate` does."""
        try:
            mended = mend(text, Dataset(self._names, self._absent))
            if mended != text:
                return self._query(mended)
        except (SyntaxError, RuntimeError, ValueError):
            pass  # the client is told of the query that it wrote
        return self._told(text)

    def default_graphs(self) -> list[ox.NamedNode | ox.DefaultGraph]:
        """Return the graphs that the default graph is made of."""
        asked = self._request.text
        stated = self._request if self._stated else None
        default, named = (
            (stated.default_graphs, stated.named_graphs) if stated else sparql.dataset(asked)
        )
        return [node(iri) for iri in default] if default or named else [ox.DefaultGraph()]

    def _told(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._query(text)
        except (SyntaxError, RuntimeError) as error:  # RuntimeError: a function it does not know
            raise sparql.diagnose(self._request.text, str(error)) from error
        except UnicodeEncodeError as error:
            raise QuerySyntaxError(
                "The query holds half of a surrogate pair, which is no character.",
                hint=r"Write it as one character, or as \UXXXXXXXX.",
                line=text.count("\n", 0, error.start) + 1,
                column=error.start - text.rfind("\n", 0, error.start),
            ) from error
        except ValueError as error:
            raise BadRequestError(
                f"The base IRI cannot be used: {error}.", offending=self._request.base
            ) from error

    def _query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return self._store.query(text, base_iri=self._request.base, **self._graphs)

    def _names(self) -> tuple[str, ...]:
        """Return the names of the graphs that GRAPH looks at."""
        if self._stated:
            return self._request.named_graphs
        default, named = sparql.dataset(self._request.text)
        if default or named:
            return named
        return tuple(graph.value for graph in self._store.named_graphs())

    def _absent(self, prologue: str, term: str) -> bool:
        """Return whether the default graph may not hold a term as subject or object."""
        if self._stated:
            return True
        found = self._query(f"{prologue} ASK {{ {{ {term} ?p ?o }} UNION {{ ?s ?p {term} }} }}")
        return not found


def _dataset(request: QueryRequest) -> _Graphs:
    """Return the protocol's dataset, which wins over FROM: SPARQL 1.1 Protocol, 2.1.4.

    One half stated makes the other half empty, as with FROM and FROM NAMED (Query, 13.2).
    """
    if not request.default_graphs and not request.named_graphs:
        return {}
    return {
        "default_graph": [node(iri) for iri in request.default_graphs],
        "named_graphs": [node(iri) for iri in request.named_graphs],
    }
