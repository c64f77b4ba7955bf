"""Who is free and who waits: idle workers, and a bounded queue that is fair to every client."""

import threading
import time
from collections import Counter
from typing import Generic, Protocol, TypeVar

from mlroles.engine.causes import busy_error
from mlroles.errors import BusyError

_LONG = 5.0  # seconds after which to ask again where none can say when
_WEIGHT = 0.1  # of the newest query in the running mean of how long queries take


class Place(Protocol):
    """Where one query at a time can run."""

    def is_live(self) -> bool:
        """Return whether it can take a query."""

    def close(self) -> None:
        """Let it go."""


P = TypeVar("P", bound=Place)


class _Waiter(Generic[P]):
    """A query that waits for a worker."""

    def __init__(self, client: str) -> None:
        self.client = client
        self.called = threading.Event()
        self.handle: P | None = None
        self.ousted = False  # whether it has given way to another client's


class Roster(Generic[P]):
    """Hands each free worker to a query, of those that have waited longest.

    ``workers`` is how many there are; a client (its name is empty for ourselves) may have all but
    one, so that whatever it asks, another finds one free. At most ``queue`` queries wait; when
    there are more, the client that has most of them loses its last.
    """

    def __init__(self, queue: int, workers: int) -> None:
        self._queue = queue
        self._workers = workers
        self._most = max(1, workers - 1)
        self._lock = threading.Lock()
        self._idle: list[P] = []
        self._waiting: list[_Waiter[P]] = []
        self._held: Counter[str] = Counter()
        self._owners: dict[int, str] = {}
        self._mean = 0.0
        self._closed = ""

    def take(self, deadline: float, client: str = "") -> P:
        """Return a live worker by ``deadline`` (of ``time.monotonic``).

        Raises BusyError at once when the queue is full or closed, and at the deadline.
        """
        while True:
            handle = self._take(deadline, client)
            if handle.is_live():
                return handle
            self.lose(handle)
            handle.close()

    def give(self, handle: P, seconds: float | None = None) -> None:
        """Put a worker back, or a new one in; ``seconds`` is how long its query took."""
        with self._lock:
            self._release(handle, seconds)
            if self._closed:
                handle.close()
            else:
                self._idle.append(handle)
                self._call()

    def lose(self, handle: P, seconds: float | None = None) -> None:
        """Note that a worker ends with its query, which took so many ``seconds``."""
        with self._lock:
            self._release(handle, seconds)
            self._call()

    def drop(self, handle: P) -> None:
        """Forget a worker that has ended, if it was idle."""
        with self._lock:
            if handle in self._idle:
                self._idle.remove(handle)
                handle.close()

    def load(self) -> tuple[int, int]:
        """Return how many are idle, and how many wait."""
        with self._lock:
            return len(self._idle), len(self._waiting)

    def close(self, why: str) -> None:
        """Turn away, saying why, those who wait and all who come; let the idle workers end."""
        with self._lock:
            self._closed = self._closed or why
            idle, self._idle = self._idle, []
            waiting, self._waiting = self._waiting, []
        for handle in idle:
            handle.close()
        for waiter in waiting:
            waiter.called.set()

    def _take(self, deadline: float, client: str) -> P:
        with self._lock:
            if self._closed:
                raise busy_error(self._closed, _LONG)
            if self._idle and self._may(client):
                return self._hand(client)
            if len(self._waiting) >= self._queue and not self._oust(client):
                raise self._full()
            waiter: _Waiter[P] = _Waiter(client)
            self._waiting.append(waiter)
        waiter.called.wait(deadline - time.monotonic())
        return self._called(waiter)

    def _may(self, client: str) -> bool:
        return not client or self._held[client] < self._most

    def _hand(self, client: str) -> P:
        handle = self._idle.pop()
        self._owners[id(handle)] = client
        self._held[client] += 1
        return handle

    def _call(self) -> None:
        """Give idle workers to those who wait and may have them."""
        while self._idle:
            waiter = next((it for it in self._waiting if self._may(it.client)), None)
            if waiter is None:
                return
            self._waiting.remove(waiter)
            waiter.handle = self._hand(waiter.client)
            waiter.called.set()

    def _release(self, handle: P, seconds: float | None) -> None:
        if seconds is not None:
            self._mean += _WEIGHT * (seconds - self._mean)
        client = self._owners.pop(id(handle), None)
        if client is not None:
            self._held[client] -= 1
            if not self._held[client]:
                del self._held[client]

    def _oust(self, client: str) -> bool:
        """Let the client that waits most give way to one that waits less; return whether one does."""
        counts = Counter(it.client for it in self._waiting)
        if not counts:
            return False
        most, count = counts.most_common(1)[0]
        if count <= counts[client] + 1:
            return False
        last = next(it for it in reversed(self._waiting) if it.client == most)
        self._waiting.remove(last)
        last.ousted = True
        last.called.set()
        return True

    def _called(self, waiter: _Waiter[P]) -> P:
        with self._lock:
            if waiter.handle is not None:
                return waiter.handle
            if self._closed:
                raise busy_error(self._closed, _LONG)
            if waiter.ousted:
                raise self._full()
            self._waiting.remove(waiter)
            raise busy_error("No worker came free within the query's time.", self._wait())

    def _full(self) -> BusyError:
        return busy_error(
            f"Every worker is busy and {self._queue} queries wait already.", self._wait()
        )

    def _wait(self) -> float:
        """Return how many seconds those who wait will take, by how long queries took lately."""
        return self._mean * (len(self._waiting) + 1) / self._workers
