"""What every store can do, embedded or remote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from mlroles.vocab import BASE


@dataclass(frozen=True)
class QueryRequest:
    """One query and how its result is to be written.

    ``text`` is SPARQL 1.1 Query. ``media_type`` is exact, and of the query's form: a results
    format for SELECT and ASK, an RDF format for CONSTRUCT and DESCRIBE. ``default_graphs`` and
    ``named_graphs`` are the protocol's dataset (SPARQL 1.1 Protocol, 2.1.4); both empty means
    that the query's own FROM clauses, or the store's dataset, hold. Relative IRIs of a query that
    declares no BASE are resolved against ``base``.
    """

    text: str
    media_type: str
    base: str = BASE
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Store(Protocol):
    """A dataset that can be queried. The default graph may be the union of the named ones.

    ``digest`` tells one dataset from another; whoever filled the store may set it. ``sizes`` are
    triples by graph, "" for the default graph, where they are known without counting.
    ``directory`` is where files are read while queries run; None if none are.
    """

    digest: str = ""
    sizes: Mapping[str, int] | None = None
    directory: Path | None = None

    def query(self, request: QueryRequest, out: BinaryIO) -> None:
        """Write the result to ``out``, a piece at a time. Raises QuerySyntaxError."""

    def update(self, text: str) -> None:
        """Run a SPARQL 1.1 Update; for the project's own use, never for a client's."""

    def count(self, graph: str | None = None) -> int:
        """Return how many triples ``graph`` holds; None is the default graph as queried."""

    def graphs(self) -> tuple[str, ...]:
        """Return the names of the named graphs, sorted."""

    def replace_graph(self, graph: str | None, ntriples: Iterable[bytes]) -> None:
        """Put the N-Triples in the place of what ``graph`` held, all or nothing.

        None is the unnamed default graph.
        """


def is_address(store: str) -> bool:
    """Return whether a store is named by its address, and not by its directory."""
    return store.startswith(("http://", "https://"))
