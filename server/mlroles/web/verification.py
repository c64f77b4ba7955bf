"""Whether the saved queries still answer: each is run with its defaults over the dataset served.

Readers see beside a question when it last answered, and who operates the server that a change of
data or queries broke one.
"""

import contextlib
import logging
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from mlroles.engine.interface import Engine
from mlroles.errors import BusyError, MlrolesError
from mlroles.saved import Catalogue, Choices, SavedQuery, bind
from mlroles.sparql import Form, Limits, check
from mlroles.store import QueryRequest

_LOG = logging.getLogger(__name__)
_TSV = "text/tab-separated-values"
_PATIENCE = 10.0  # seconds that one query may take
_SETTLED = 1.0  # seconds for the first readers
_PAUSE = 0.2  # seconds between two while the engine has others to answer


@dataclass(frozen=True)
class Verdict:
    """How a saved query answered at an ISO 8601 time.

    ``rows`` is how many there were, or None with the ``reason`` why there was no answer.
    """

    at: str
    milliseconds: float
    rows: int | None = None
    reason: str | None = None


class Verification:
    """The verdicts on the saved queries of one dataset, by name, as far as they have been run."""

    def __init__(
        self, engine: Engine, catalogue: Catalogue, choices: Choices, limits: Limits
    ) -> None:
        self._engine = engine
        self._limits = limits
        self._catalogue = catalogue
        self._choices = choices
        self._verdicts: dict[str, Verdict] = {}
        self._begun = threading.Lock()
        self.under_way = False

    def of(self, query: SavedQuery) -> Verdict | None:
        """Return the verdict on a query; None before it has been run, or where it asks of nothing."""
        return self._verdicts.get(query.name)

    @property
    def failed(self) -> dict[str, str]:
        """The reasons of the queries that had no answer, by name."""
        return {name: it.reason for name, it in sorted(self._verdicts.items()) if it.reason}

    @property
    def answered(self) -> int:
        """How many had an answer."""
        return sum(verdict.reason is None for verdict in list(self._verdicts.values()))

    def begin(self) -> None:
        """Run them soon, in a thread, one after the other; once."""
        if self._begun.acquire(blocking=False):
            self.under_way = True
            threading.Thread(target=self._run_soon, name="mlroles-verify", daemon=True).start()

    def run(self) -> None:
        """Run them all; nobody who asks has to wait for it."""
        for query in self._catalogue:
            while self._engine.load().waiting:
                time.sleep(_PAUSE)
            if (text := self._text(query)) is not None:
                with contextlib.suppress(BusyError):  # which says nothing of the query
                    self._verdicts[query.name] = self._verdict(query, text)

    def _run_soon(self) -> None:
        try:
            time.sleep(_SETTLED)
            self.run()
        finally:
            self.under_way = False

    def _text(self, query: SavedQuery) -> str | None:
        """Return a SELECT query with its defaults; None where the dataset has nothing that it asks of."""
        try:
            if any(it.class_iri and not self._choices.of(it.class_iri) for it in query.parameters):
                return None
            text = bind(query, {}, self._choices).text
            return text if check(text, self._limits).form is Form.SELECT else None
        except MlrolesError:  # one of several teams must be named
            return None

    def _verdict(self, query: SavedQuery, text: str) -> Verdict:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        begun = time.monotonic()
        rows, reason = None, None
        try:
            with contextlib.closing(
                self._engine.run(QueryRequest(text, _TSV), _PATIENCE)
            ) as answer:
                rows = sum(chunk.count(b"\n") for chunk in answer.chunks) - 1
        except BusyError:
            raise
        except MlrolesError as error:
            reason = error.detail
            _LOG.warning("the saved query %s has no answer: %s", query.name, reason)
        return Verdict(at, round((time.monotonic() - begun) * 1000, 1), rows, reason)
