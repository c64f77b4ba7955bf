"""What one thread writes and another reads, with no more held in between than a little."""

import threading
import time
from collections import deque

_FIRST = 8_000  # bytes held before the first chunk leaves
_PIECE = 65_536  # and before each later one
_CHUNKS = 4  # that may wait for the reader


class Pipe:
    """A file for the writer; chunks for the reader. Both wait no longer than the ``deadline``."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._held = bytearray()
        self._enough = _FIRST
        self._chunks: deque[bytes] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._ended = False
        self._error: BaseException | None = None

    def write(self, data: bytes) -> int:
        """Take ``data``, waiting while the reader is slow.

        Raises BrokenPipeError when the reader has gone or is too slow.
        """
        self._held += data
        if len(self._held) >= self._enough:
            self._enough = _PIECE
            self._push()
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is held leaves with the next chunk or with the end."""

    def end(self, error: BaseException | None = None) -> None:
        """Let the reader come to the end, or to the ``error``; the first call counts."""
        with self._changed:
            if self._ended:
                return
            if self._held and error is None:
                self._chunks.append(bytes(self._held))
            self._error, self._ended = error, True
            self._changed.notify_all()

    def read(self) -> bytes:
        """Return the next chunk, nothing at the end. Raises the writer's error, or TimeoutError."""
        with self._changed:
            while not self._chunks and not self._ended:
                if not self._changed.wait(self._deadline - time.monotonic()):
                    raise TimeoutError
            if self._chunks:
                self._changed.notify_all()
                return self._chunks.popleft()
            if self._error is not None:
                raise self._error
            return b""

    @property
    def drained(self) -> bool:
        """Whether the writer has come to its end, and all it wrote has been read."""
        with self._changed:
            return self._ended and not self._chunks and self._error is None

    def close(self) -> None:
        """Read no more: the writer fails at its next piece."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _push(self) -> None:
        with self._changed:
            while len(self._chunks) >= _CHUNKS and not self._closed:
                if not self._changed.wait(self._deadline - time.monotonic()):
                    raise BrokenPipeError
            if self._closed:
                raise BrokenPipeError
            self._chunks.append(bytes(self._held))
            self._held.clear()
            self._changed.notify_all()
