"""One query on one worker, from the request to the last frame."""

import threading
import time
from collections.abc import Callable, Iterator

from mlroles.engine.causes import Cause, error_for, timeout_error
from mlroles.engine.frames import Frame, Kind
from mlroles.engine.handle import Handle
from mlroles.engine.messages import dump_request, load_error
from mlroles.engine.roster import Roster
from mlroles.errors import MlrolesError
from mlroles.store import QueryRequest

_HARMLESS = 0.05  # seconds within which no query can use up the machine's memory
_GRACE = 1.0  # seconds that the worker's own timer may be late before the server steps in


class LostError(Exception):
    """The worker was killed from outside before its query can have been the reason."""


class Call:
    """A query under way; iterating gives its answer in chunks.

    ``limit`` is in seconds and ``memory`` in MiB, both for the words of an error. ``kill`` ends a
    worker. When the answer is whole the worker goes back to the ``roster``; when it is left
    early, the worker is killed.
    """

    def __init__(  # noqa: PLR0913 - what a call needs is known only to the pool
        self,
        handle: Handle,
        roster: Roster[Handle],
        kill: Callable[[Handle], None],
        *,
        deadline: float,
        limit: float,
        memory: int,
    ) -> None:
        self._handle = handle
        self._roster = roster
        self._kill = kill
        self._deadline = deadline
        self._limit = limit
        self._memory = memory
        self._started = time.monotonic()
        self._first = b""
        self._heard = False  # whether the worker has answered anything
        self._over = False
        self._lock = threading.Lock()

    @property
    def over(self) -> bool:
        """Whether the worker has made all of the answer."""
        return self._over

    def start(self, request: QueryRequest) -> None:
        """Send the request and wait for the first chunk.

        Raises what the query ended in, and LostError where another worker should be tried.
        """
        seconds = self._deadline - time.monotonic()
        self._handle.channel.socket.settimeout(max(seconds, 0) + _GRACE)
        try:
            self._handle.channel.send(Kind.REQUEST, dump_request(request, seconds))
        except TimeoutError as error:
            raise self._timed_out() from error
        except (BrokenPipeError, ConnectionResetError) as error:
            raise self._died(unread=True) from error
        self._first = self._next()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        while not self._first:
            if self._over:
                raise StopIteration
            self._first = self._next()
        chunk, self._first = self._first, b""
        return chunk

    def stop(self) -> None:
        """Kill the worker, if it is still at work; for another thread than the one that reads."""
        with self._lock:
            if not self._over:
                self._kill(self._handle)

    def close(self) -> None:
        """Stop the work, if it is still going on."""
        if self._over:
            return
        self._over = True
        self._lose()
        self._kill(self._handle)
        self._handle.close()

    def __del__(self) -> None:
        """Free the worker of an answer that nobody holds any more."""
        self.close()

    def _next(self) -> bytes:
        frame = self._receive()
        self._heard = True
        if frame.kind is Kind.CHUNK:
            return frame.payload
        self._finish(frame)
        if frame.kind is Kind.ERROR:
            raise load_error(frame.payload)
        return frame.payload

    def _receive(self) -> Frame:
        remaining = max(self._deadline - time.monotonic(), 0) + _GRACE
        self._handle.channel.socket.settimeout(remaining)
        try:
            return self._handle.channel.receive()
        except TimeoutError as error:
            raise self._timed_out() from error
        except ConnectionResetError as error:  # what the kernel says where a request lay unread
            raise self._died(unread=True) from error
        except EOFError as error:
            raise self._died() from error

    def _finish(self, frame: Frame) -> None:
        with self._lock:  # from here on the worker may be another call's
            self._over = True
        if frame.last:
            self._lose()
            self._handle.close()
        else:
            self._roster.give(self._handle, time.monotonic() - self._started)

    def _lose(self) -> None:
        self._roster.lose(self._handle, time.monotonic() - self._started)

    def _timed_out(self) -> MlrolesError:
        """Step in where the worker's own timer did not."""
        self.close()
        return timeout_error(self._limit)

    def _died(self, *, unread: bool = False) -> MlrolesError | LostError:
        """Return what to raise; a query that was never read was not the reason."""
        self._over = True
        soon = not self._heard and time.monotonic() - self._started < _HARMLESS
        cause = self._handle.cause()
        self._lose()
        self._handle.close()
        if cause is Cause.KILLED and not self._heard and (soon or unread):
            return LostError()
        return error_for(cause, self._limit, self._memory)
