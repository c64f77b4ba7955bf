"""A query on its way from a request to an answer."""

from dataclasses import dataclass

from mlroles import sparql
from mlroles.engine.interface import Answer
from mlroles.store import QueryRequest
from mlroles.web.services import Services


@dataclass(frozen=True)
class Inquiry:
    """A query that has been checked, the dataset it is asked of, and its time in seconds."""

    checked: sparql.CheckedQuery
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    timeout: float | None = None

    def run(self, services: Services, media_type: str) -> Answer:
        """Return the answer in a format of the query's form. Raises what the engine raises."""
        request = QueryRequest(
            self.checked.text,
            media_type,
            default_graphs=self.default_graphs,
            named_graphs=self.named_graphs,
        )
        return services.engine.run(request, self.timeout)
