"""One query put to another store by a thread, from the request to the last chunk."""

import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from typing import BinaryIO, cast

from mlroles.engine.pipe import Pipe
from mlroles.errors import MlrolesError
from mlroles.store import QueryRequest, failures
from mlroles.store.asking import AskedStore


class Errand(Iterator[bytes]):
    """A query under way; iterating gives its answer in chunks.

    ``deadline`` is of ``time.monotonic``. ``ended`` is called by the thread when the store is not
    needed any more. An answer that is left early breaks the store's connection off.
    """

    def __init__(
        self,
        store: AskedStore,
        request: QueryRequest,
        deadline: float,
        ended: Callable[[], None],
    ) -> None:
        self._store = store
        self._request = request
        self._seconds = max(deadline - time.monotonic(), 0)
        self._exchange = store.exchange(self._seconds)
        self._pipe = Pipe(deadline)
        self._ended = ended
        self._first = b""

    def start(self, threads: Executor) -> None:
        """Ask, and wait for the first chunk. Raises what the query ended in."""
        threads.submit(self._run)
        self._first = self._read()

    def __next__(self) -> bytes:
        chunk, self._first = self._first or self._read(), b""
        if not chunk:
            raise StopIteration
        return chunk

    def stop(self, reason: MlrolesError | None = None) -> None:
        """Break the work off, if it is still going on, for the ``reason``; any thread may."""
        self._pipe.end(reason or failures.stopped())
        self._pipe.close()
        self._exchange.stop()

    def close(self) -> None:
        """Stop the work, if it is still going on."""
        if not self._pipe.drained:
            self.stop()

    def __del__(self) -> None:
        """End the work of an answer that nobody holds any more."""
        self.close()

    def _run(self) -> None:
        try:
            out = cast("BinaryIO", self._pipe)
            self._store.query(self._request, out, self._exchange, self._seconds)
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is read
            _let_go(error)
            self._pipe.end(error)
        else:
            self._pipe.end()
        finally:
            self._ended()

    def _read(self) -> bytes:
        try:
            return self._pipe.read()
        except (TimeoutError, BrokenPipeError) as error:
            self.stop()
            raise failures.slow(self._seconds) from error


def _let_go(error: BaseException | None) -> None:
    """Forget what the frames of an error hold: results of the engine's must end in their thread."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
