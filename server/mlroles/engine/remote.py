"""The engine over another store: so many queries at a time, each within a deadline."""

import contextlib
import io
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from mlroles import vocab
from mlroles.config import Settings
from mlroles.engine.causes import busy_error
from mlroles.engine.departure import Departure
from mlroles.engine.errand import Errand
from mlroles.engine.interface import Answer, Engine, Load
from mlroles.engine.roster import Roster
from mlroles.errors import MlrolesError
from mlroles.rows import read_solutions
from mlroles.store import QueryRequest
from mlroles.store.asking import AskedStore
from mlroles.terms import Iri, Literal

_CLOSED = "The endpoint is shutting down."
_FRESH = 5.0  # seconds after which to ask again what the store holds
_RETRY = 5.0  # seconds after which to come again, once we have closed
_SIZE = 1 << 20
_PUBLISHED = f"""SELECT ?what ?value
WHERE {{ ?what <{vocab.PREFIXES["dcterms"]}identifier>|<{vocab.PREFIXES["void"]}triples> ?value }}"""


class _Seat:
    """One of the places in which a query can be under way."""

    def is_live(self) -> bool:
        """Return that it can take a query."""
        return True

    def close(self) -> None:
        """Do nothing."""


class RemoteEngine(Engine):
    """``settings.workers`` queries at a time, put to ``store``; others wait.

    ``digest`` and ``sizes`` are what ``mlroles publish`` left there, asked again every five
    seconds; empty and None where it left nothing. Raises StoreFailedError or StoreTimeoutError
    where the store does not answer at first.
    """

    def __init__(self, store: AskedStore, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._roster: Roster[_Seat] = Roster(settings.queue, settings.workers)
        for _ in range(settings.workers):
            self._roster.give(_Seat())
        self._threads = ThreadPoolExecutor(settings.workers, "mlroles-store")
        self._errands: set[Errand] = set()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._look(settings.timeout)
        self._watcher = threading.Thread(target=self._watch, name="mlroles-digest", daemon=True)
        self._watcher.start()

    def run(
        self,
        request: QueryRequest,
        timeout: float | None = None,
        departure: Departure | None = None,
    ) -> Answer:
        """Run one query for at most ``timeout`` seconds, and never longer than the settings say.

        Waiting for a place counts. The store's connection is closed at a ``departure``. Returns
        once the first chunk has been made. Raises what ``AskedStore.query`` does, and BusyError.
        """
        begun = time.monotonic()
        limit = self._settings.timeout if timeout is None else min(timeout, self._settings.timeout)
        seat = self._roster.take(begun + limit, "" if departure is None else departure.client)
        taken = time.monotonic()
        errand = Errand(self._store, request, begun + limit, lambda: self._end(errand, seat, taken))
        with self._lock:
            self._errands.add(errand)
        if departure is not None:
            departure.then(errand.stop)
        errand.start(self._threads)
        timings = {"queue": (taken - begun) * 1000, "query": (time.monotonic() - taken) * 1000}
        return Answer(request.media_type, errand, timings)

    def load(self) -> Load:
        """Return how many places are taken, and how many queries wait for one."""
        idle, waiting = self._roster.load()
        return Load(self._settings.workers, self._settings.workers - idle, waiting)

    def close(self) -> None:
        """Break off what is under way, and close every connection. May be called again."""
        self._closing.set()
        self._roster.close(_CLOSED)
        with self._lock:
            errands = list(self._errands)
        for errand in errands:
            errand.stop(busy_error(_CLOSED, _RETRY))
        self._threads.shutdown()
        self._store.close()

    def _end(self, errand: Errand, seat: _Seat, taken: float) -> None:
        with self._lock:
            self._errands.discard(errand)
        self._roster.give(seat, time.monotonic() - taken)

    def _watch(self) -> None:
        """Look again and again; what cannot be had now is not known."""
        while not self._closing.wait(_FRESH):
            try:
                self._look(_FRESH)
            except MlrolesError:
                self.digest = ""

    def _look(self, seconds: float) -> None:
        """Ask what was published. Raises what ``AskedStore.query`` does."""
        media, graphs = "text/tab-separated-values", (vocab.PUBLICATION,)
        request = QueryRequest(_PUBLISHED, media, default_graphs=graphs)
        with contextlib.closing(io.BytesIO()) as out:
            self._store.query(request, out, self._store.exchange(seconds), seconds)
            rows = read_solutions([out.getvalue()], _SIZE, _SIZE).rows
        told = {
            what.value: value.value
            for what, value in rows
            if isinstance(what, Iri) and isinstance(value, Literal)
        }
        sizes = {
            graph: int(told[graph])
            for graph in (vocab.ASSERTED, vocab.INFERRED)
            if told.get(graph, "").isdecimal()
        }
        self.sizes = {**sizes, "": sum(sizes.values())} if len(sizes) > 1 else None
        self.digest = told.get(vocab.DATASET, "")
