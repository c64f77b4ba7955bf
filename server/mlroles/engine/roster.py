"""Who is free and who waits: idle workers, and a bounded queue of queries in order of arrival."""

import threading
import time
from collections import deque
from typing import Generic, Protocol, TypeVar

from mlroles.engine.causes import busy_error

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

    def __init__(self) -> None:
        self.called = threading.Event()
        self.handle: P | None = None


class Roster(Generic[P]):
    """Hands each free worker to the query that has waited longest.

    At most ``queue`` queries wait; ``workers`` is how many there are to wait for.
    """

    def __init__(self, queue: int, workers: int) -> None:
        self._queue = queue
        self._workers = workers
        self._lock = threading.Lock()
        self._idle: list[P] = []
        self._waiting: deque[_Waiter[P]] = deque()
        self._mean = 0.0
        self._closed = ""

    def take(self, deadline: float) -> P:
        """Return a live worker by ``deadline`` (of ``time.monotonic``).

        Raises BusyError at once when the queue is full or closed, and at the deadline.
        """
        while True:
            handle = self._take(deadline)
            if handle.is_live():
                return handle
            handle.close()

    def give(self, handle: P, seconds: float | None = None) -> None:
        """Put a worker back, or a new one in; ``seconds`` is how long its query took."""
        with self._lock:
            if seconds is not None:
                self._mean += _WEIGHT * (seconds - self._mean)
            if self._closed:
                handle.close()
            elif self._waiting:
                waiter = self._waiting.popleft()
                waiter.handle = handle
                waiter.called.set()
            else:
                self._idle.append(handle)

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
            waiting, self._waiting = self._waiting, deque()
        for handle in idle:
            handle.close()
        for waiter in waiting:
            waiter.called.set()

    def _take(self, deadline: float) -> P:
        with self._lock:
            if self._closed:
                raise busy_error(self._closed, _LONG)
            if self._idle:
                return self._idle.pop()
            if len(self._waiting) >= self._queue:
                raise busy_error(
                    f"Every worker is busy and {self._queue} queries wait already.", self._wait()
                )
            waiter: _Waiter[P] = _Waiter()
            self._waiting.append(waiter)
        waiter.called.wait(deadline - time.monotonic())
        return self._called(waiter)

    def _called(self, waiter: _Waiter[P]) -> P:
        with self._lock:
            if waiter.handle is not None:
                return waiter.handle
            if self._closed:
                raise busy_error(self._closed, _LONG)
            self._waiting.remove(waiter)
            raise busy_error("No worker came free within the query's time.", self._wait())

    def _wait(self) -> float:
        """Return how many seconds those who wait will take, by how long queries took lately."""
        return self._mean * (len(self._waiting) + 1) / self._workers
