"""The embedded store: Oxigraph, in memory or in a directory. The only user of its Store."""

import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import KnowledgeError, QuerySyntaxError
from mlroles.store.describing import Description
from mlroles.store.evaluation import evaluate, node
from mlroles.store.interface import QueryRequest, Store
from mlroles.store.writing import write

_Graph = ox.NamedNode | ox.DefaultGraph

_REFILL = "CLEAR DEFAULT; INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


class OxigraphStore(Store):
    """A dataset in Oxigraph.

    With ``union`` the default graph is the union of the named graphs, kept as a copy of their
    triples. Oxigraph's own switch for that, ``use_default_graph_as_union``, is no faster (within
    a fifth either way on eleven queries over 4,000 triples), and is wrong three times: it sees a
    triple once for each graph that holds it (COUNT, duplicate rows, DESCRIBE), and it makes
    ``FROM`` mean nothing. The copy is made again before the first query after a change.
    ``read_only`` opens what is at ``path`` as it is now, the union too. Raises OSError.
    """

    def __init__(
        self, path: Path | None = None, *, union: bool = False, read_only: bool = False
    ) -> None:
        self._store = ox.Store.read_only(str(path)) if read_only else ox.Store(path)
        self._union = union
        self._stale = union and not read_only

    @classmethod
    def from_ntriples(cls, asserted: bytes, inferred: bytes) -> "OxigraphStore":
        """Return a store in memory with the two graphs of ours and their union as default graph.

        A blank node label means the same node in both. Raises KnowledgeError for bad N-Triples.
        """
        store = cls(union=True)
        for graph, content in ((vocab.ASSERTED, asserted), (vocab.INFERRED, inferred)):
            name = node(graph)
            store._store.add_graph(name)
            store._store.bulk_extend(
                one for quad in _parsed(content) for one in (quad, _moved(quad, name))
            )
        store._stale = False
        return store

    def fill(self, nquads: BinaryIO) -> None:
        """Put N-Quads of ours into an empty store, fast; with ``union``, they hold the union too.

        Blank nodes of one label are one.
        """
        self._store.bulk_load(nquads, ox.RdfFormat.N_QUADS, lenient=True)
        self._stale = False

    def settle(self) -> None:
        """Write all to disk, in the order in which it is read best."""
        self._store.flush()
        self._store.optimize()

    def query(self, request: QueryRequest, out: BinaryIO) -> None:
        """Write the result of ``request`` to ``out``, about 8 KiB at a time.

        Raises QuerySyntaxError, NotAcceptableError for a media type that is not of the query's
        form, and BadRequestError for a dataset or base that is not an absolute IRI.
        """
        self._refresh()
        results = evaluate(self._store, request)
        found = results.triples if isinstance(results, Description) else results
        write(found, request.media_type, out)

    def update(self, text: str) -> None:
        """Run a SPARQL 1.1 Update. With a union default graph, it must name what it writes to.

        Raises QuerySyntaxError, and ValueError if a union default graph was written to: that
        writing is undone.
        """
        self._refresh()
        before = self._size(ox.DefaultGraph()) if self._union else 0
        try:
            self._store.update(text)
        except SyntaxError as error:
            raise QuerySyntaxError(f"The update is no SPARQL 1.1 Update: {error}.") from error
        if not self._union:
            return
        after = self._size(ox.DefaultGraph())
        self._stale = True
        if after != before:
            raise ValueError("The default graph is a union; name the graph that is written to.")

    def count(self, graph: str | None = None) -> int:
        """Return how many triples ``graph`` holds; None is the default graph as queried."""
        self._refresh()
        return self._size(_graph(graph))

    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted."""
        return tuple(sorted(graph.value for graph in self._store.named_graphs()))

    def replace_graph(self, graph: str | None, ntriples: Iterable[bytes]) -> None:
        """Put the N-Triples in the place of what ``graph`` held, all or nothing.

        Blank nodes keep their labels. Raises KnowledgeError, with the line, if they do not parse,
        and ValueError for None where the default graph is a union.
        """
        if graph is None and self._union:
            raise ValueError("The default graph is a union; replace the graphs it is made of.")
        target = _graph(graph)
        draft = ox.NamedNode(f"urn:uuid:{uuid.uuid4()}")
        self._store.add_graph(draft)
        try:
            self._store.bulk_extend(_moved(quad, draft) for quad in _parsed(b"".join(ntriples)))
            self._store.update(f"MOVE {draft} TO {'DEFAULT' if graph is None else target}")
        finally:
            self._store.remove_graph(draft)
        self._stale = self._union

    def _refresh(self) -> None:
        if self._stale:
            self._store.update(_REFILL)
            self._stale = False

    def _size(self, graph: _Graph) -> int:
        pattern = "{ ?s ?p ?o }"
        where = pattern if isinstance(graph, ox.DefaultGraph) else f"{{ GRAPH {graph} {pattern} }}"
        solutions = self._store.query(f"SELECT (COUNT(*) AS ?n) WHERE {where}")
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - tells mypy what SELECT gives
        return int(next(solutions)["n"].value)


def _graph(name: str | None) -> _Graph:
    return ox.DefaultGraph() if name is None else node(name)


def _moved(quad: ox.Quad, graph: ox.NamedNode) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _parsed(ntriples: bytes) -> Iterator[ox.Quad]:
    """Yield the triples, in the default graph. Raises KnowledgeError."""
    try:
        yield from ox.parse(ntriples, ox.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise KnowledgeError(
            f"The N-Triples cannot be read: {error.msg}.", line=error.lineno, column=error.offset
        ) from error
