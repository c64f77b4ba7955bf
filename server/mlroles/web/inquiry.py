"""A query on its way from a request to an answer, whoever asks: a browser, a program, a shell."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mlroles import sparql
from mlroles.engine.departure import Departure
from mlroles.engine.interface import Answer, Engine
from mlroles.errors import BadRequestError
from mlroles.store import QueryRequest

#: Found in a string or a name as well, which does no harm.
_GRAPH = re.compile(r"\bGRAPH\b", re.IGNORECASE)


@dataclass(frozen=True)
class Inquiry:
    """A query that has been checked, the dataset it is asked of, and its time in seconds.

    The work stops at the ``departure`` of the client.
    """

    checked: sparql.CheckedQuery
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    timeout: float | None = None
    departure: Departure | None = None

    @property
    def chooses_graphs(self) -> bool:
        """Whether the request or the query names a graph, or asks which there are."""
        named = self.default_graphs + self.named_graphs
        own = self.checked.default_graphs + self.checked.named_graphs
        return bool(named or own) or bool(_GRAPH.search(self.checked.text))

    def run(self, engine: Engine, media_type: str) -> Answer:
        """Return the answer in a format of the query's form. Raises what the engine raises."""
        request = QueryRequest(
            self.checked.text,
            media_type,
            default_graphs=self.default_graphs,
            named_graphs=self.named_graphs,
        )
        return engine.run(request, self.timeout, self.departure)

    def require_graphs(self, known: Callable[[], Sequence[str]]) -> None:
        """Raise BadRequestError if the dataset names a graph that ``known`` does not return."""
        named = (
            *self.default_graphs,
            *self.named_graphs,
            *self.checked.default_graphs,
            *self.checked.named_graphs,
        )
        graphs = known() if named else ()
        unknown = [iri for iri in named if iri not in graphs]
        if unknown:
            raise BadRequestError(
                f"There is no graph <{unknown[0]}> here, and nothing is fetched.",
                hint=f"The graphs are {' and '.join(f'<{iri}>' for iri in graphs)}.",
                offending=unknown[0],
                extra={"graphs": list(graphs)},
            )
