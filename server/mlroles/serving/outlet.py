"""What a view has written and its client not yet read: memory, then disk, then a pause."""

import asyncio
import logging
import tempfile
import threading

_LOG = logging.getLogger(__name__)
_IN_MEMORY = 1 << 20
_MOST = 16 << 20  # bytes after which the view waits for its client
_PIECE = 65_536


class GoneError(Exception):
    """The client has gone."""


class BrokenOffError(Exception):
    """The answer ended before it was whole; the connection must end as well."""


class Outlet:
    """A file between a thread that writes and the event loop that reads.

    It lets go of a view, and of its worker, before a slow client has read the answer.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - see `close`
        self._room = threading.Condition()
        self._arrived = asyncio.Event()
        self._written = 0
        self._read = 0
        self._ended = False
        self._failed = False
        self._gone = False
        self._lost = False

    def write(self, data: bytes, *, last: bool = False) -> None:
        """Take ``data``; wait while there is too much. Raises GoneError. For the view's thread."""
        with self._room:
            self._room.wait_for(lambda: self._gone or self._written - self._read < _MOST)
            if self._gone:
                raise GoneError
            try:
                self._file.seek(self._written)
                self._file.write(data)
            except OSError as error:  # a full disk: what was there may be lost as well
                _LOG.warning("An answer breaks off, as it cannot be kept: %s.", error.strerror)
                self._lost = True
                raise GoneError from error
            self._written += len(data)
            self._ended = last
        self._loop.call_soon_threadsafe(self._arrived.set)

    def end(self, *, failed: bool = False) -> None:
        """Say that nothing more comes, and whether the answer is not whole. For the view's thread."""
        with self._room:
            if self._ended:
                return
            self._ended, self._failed = True, failed
        self._loop.call_soon_threadsafe(self._arrived.set)

    async def read(self) -> tuple[bytes, bool]:
        """Return what comes next, and whether it is the last.

        Raises BrokenOffError where the answer is not whole.
        """
        while True:
            self._arrived.clear()
            with self._room:
                if self._lost:
                    raise BrokenOffError
                piece = self._next()
                last = self._ended and self._read == self._written
                if last and self._failed:
                    raise BrokenOffError
                if piece or last:
                    return piece, last
            await self._arrived.wait()

    def close(self) -> None:
        """Let go of everything; a view that writes is told."""
        with self._room:
            self._gone = True
            self._file.close()
            self._room.notify_all()

    def _next(self) -> bytes:
        if self._read == self._written:
            return b""
        self._file.seek(self._read)
        piece = self._file.read(_PIECE)
        self._read += len(piece)
        if self._read == self._written:  # the file need not grow
            self._file.seek(0)
            self._file.truncate()
            self._read = self._written = 0
        self._room.notify_all()
        return piece
