"""Graphs asked by SPARQL, wherever they are: what is asked of a server is asked of files as well."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from mlroles.knowledge.formats import Graphs

#: The terms of the variables that a solution binds.
Row: TypeAlias = Mapping[str, object]
#: Runs a SELECT over a dataset whose default graph is the union of its named ones.
Select: TypeAlias = Callable[[str], Iterable[Row]]


class Selecting(Protocol):
    """Runs a SELECT as ``Select`` does, within so many seconds if they are given."""

    def __call__(self, text: str, seconds: float | None = None) -> Iterable[Row]:
        """Return the solutions."""


def over(graphs: Graphs) -> Selecting:
    """Return what asks these graphs."""
    store = ox.Store()
    for name, triples in graphs.items():
        graph = ox.NamedNode(name)
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        store.bulk_extend(ox.Quad(*triple) for triple in triples)

    def select(text: str, seconds: float | None = None) -> Iterable[Row]:  # noqa: ARG001 - quick
        return rows(store.query(text))

    return select


def rows(solutions: object) -> Iterator[Row]:
    """Yield the solutions of a SELECT."""
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - a SELECT gives these
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: solution[name] for name in names if solution[name] is not None}
