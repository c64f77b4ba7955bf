"""What a view has written and its client not yet read: in memory, then on disk."""

import asyncio
import logging
import tempfile
import threading
import time

from mlroles.serving import spool
from mlroles.serving.spool import Held, Spool, StalledError

_LOG = logging.getLogger(__name__)
_PIECE = 65_536


class GoneError(Exception):
    """The client has gone."""


class BrokenOffError(Exception):
    """The answer ended before it was whole; the connection must end as well."""


class Outlet(Held):
    """A file between a thread that writes and the event loop that reads.

    It lets go of a view, and of its worker, before a slow client has read the answer, as far as
    the ``room`` for such answers goes.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, room: Spool) -> None:
        self.held = 0
        self.read_at = time.monotonic()
        self._loop = loop
        self._room = room
        self._file = tempfile.SpooledTemporaryFile(max_size=spool.FREE)  # noqa: SIM115 - see `close`
        self._lock = threading.Lock()
        self._arrived = asyncio.Event()
        self._written = 0
        self._read = 0
        self._ended = False
        self._failed = False
        self._gone = False
        self._lost = False

    @property
    def over(self) -> bool:  # type: ignore[override] # it is only read
        """Whether nobody waits for it any more."""
        return self._gone or self._lost

    def write(self, data: bytes, *, last: bool = False) -> None:
        """Take ``data``; wait while there is no room. Raises GoneError. For the view's thread."""
        try:
            self._room.take(self, len(data))
            with self._lock:
                if self.over:
                    self._room.give(self, self.held)
                    raise GoneError
                self._file.seek(self._written)
                self._file.write(data)
                self._written += len(data)
                self._ended = last
        except StalledError as error:
            _LOG.warning("An answer breaks off, as its client does not read it.")
            self.lose()
            raise GoneError from error
        except OSError as error:  # a full disk: what was there may be lost as well
            _LOG.warning("An answer breaks off, as it cannot be kept: %s.", error.strerror)
            self.lose()
            raise GoneError from error
        self._loop.call_soon_threadsafe(self._arrived.set)

    def end(self, *, failed: bool = False) -> None:
        """Say that nothing more comes, and whether the answer is not whole. For the view's thread."""
        with self._lock:
            if self._ended:
                return
            self._ended, self._failed = True, failed
        self._loop.call_soon_threadsafe(self._arrived.set)

    def lose(self) -> None:
        """Break the answer off, and give its room up. Any thread may."""
        with self._lock:
            self._lost = True
            self._file.close()
            self._room.give(self, self.held)
        self._loop.call_soon_threadsafe(self._arrived.set)

    async def read(self) -> tuple[bytes, bool]:
        """Return what comes next, and whether it is the last.

        Raises BrokenOffError where the answer is not whole.
        """
        self.read_at = time.monotonic()
        while True:
            self._arrived.clear()
            with self._lock:
                if self._lost:
                    raise BrokenOffError
                piece = self._next()
                last = self._ended and self._read == self._written
                if last and self._failed:
                    raise BrokenOffError
                if piece or last:
                    return piece, last
            await self._arrived.wait()
            self.read_at = time.monotonic()

    def close(self) -> None:
        """Let go of everything; a view that writes is told."""
        with self._lock:
            self._gone = True
            self._file.close()
            self._room.give(self, self.held)

    def _next(self) -> bytes:
        if self._read == self._written:
            return b""
        self._file.seek(self._read)
        piece = self._file.read(_PIECE)
        self._read += len(piece)
        if self._read == self._written:  # the file need not grow
            self._file.seek(0)
            self._file.truncate()
            self._room.give(self, self._written)
            self._read = self._written = 0
        return piece
