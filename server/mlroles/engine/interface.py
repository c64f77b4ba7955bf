"""What the web and the command line ask of an engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self

from mlroles.engine.departure import Departure
from mlroles.store import QueryRequest


@dataclass
class Answer:
    """A result on its way.

    ``chunks`` yields the serialised result; by the time an Answer exists its first chunk has
    been made, so that no error can follow a status of 200 unseen. If the work fails later,
    ``chunks`` raises. ``close`` stops the work. ``timings`` are milliseconds by name. ``whole``
    says that nothing more has to be made.
    """

    media_type: str
    chunks: Iterator[bytes]
    timings: dict[str, float] = field(default_factory=dict)
    whole: bool = False

    def close(self) -> None:
        """Stop the work, if it is still going on."""
        close = getattr(self.chunks, "close", None)
        if close is not None:
            close()


@dataclass(frozen=True)
class Load:
    """How busy an engine is: its workers, those at work, the queries that wait for one.

    ``ended`` counts workers that have ended, by cause.
    """

    workers: int = 0
    busy: int = 0
    waiting: int = 0
    ended: Mapping[str, int] = field(default_factory=dict)


class Engine(Protocol):
    """Runs queries that have passed ``mlroles.sparql.check``.

    ``digest`` tells one dataset from another; it is empty if nobody knows. ``sizes`` are triples
    by graph, "" for the default graph; None if they have to be counted. ``steady`` says that the
    same query over the same dataset always gives the same bytes.
    """

    digest: str = ""
    sizes: Mapping[str, int] | None = None
    steady: bool = False

    def run(
        self,
        request: QueryRequest,
        timeout: float | None = None,
        departure: Departure | None = None,
    ) -> Answer:
        """Run one query for at most ``timeout`` seconds, and not after a ``departure``.

        Raises QuerySyntaxError, QueryTimeoutError, QueryMemoryError or BusyError.
        """

    def load(self) -> Load:
        """Return how busy it is."""
        return Load()

    def close(self) -> None:
        """End every worker."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
