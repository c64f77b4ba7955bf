"""The room that all answers share which their clients have not read yet."""

import threading
import time
from typing import Protocol

#: Bytes that every answer may hold, however little room there is.
FREE = 1 << 20
_SHARE = 4  # the part of the room that one answer may take
_STALL = 2.0  # seconds without reading after which a client must give way to others
_PATIENCE = 5.0  # seconds that a view, with its worker, waits for a client that does not read
_PACE = 0.2


class StalledError(Exception):
    """The client reads too little for its answer to be made."""


class Held(Protocol):
    """An answer that takes up room: how much, and since when its client has read nothing."""

    held: int
    read_at: float
    over: bool  # whether nobody waits for it any more

    def lose(self) -> None:
        """Give the room up; the answer breaks off."""


class Spool:
    """Some ``size`` bytes; who has read nothing for longest gives way. Any thread may use it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._share = size // _SHARE
        self._taken = 0
        self._changed = threading.Condition()
        self._holders: set[Held] = set()

    @property
    def taken(self) -> int:
        """How many bytes are taken."""
        return self._taken

    def take(self, holder: Held, size: int) -> None:
        """Take so many bytes, waiting while there are none; in vain for an answer that is over.

        Raises StalledError.
        """
        while not holder.over and not self._take(holder, size):
            now = time.monotonic()
            if now - holder.read_at > _PATIENCE:
                raise StalledError
            slowest = self._slowest(holder) if holder.held + size <= self._share else None
            if slowest is not None and now - slowest.read_at > _STALL:
                slowest.lose()

    def give(self, holder: Held, size: int) -> None:
        """Give back some of what an answer has taken."""
        with self._changed:
            self._taken -= size
            holder.held -= size
            if not holder.held:
                self._holders.discard(holder)
            self._changed.notify_all()

    def _take(self, holder: Held, size: int) -> bool:
        """Take the bytes if they are there; else wait a little, and return False."""
        with self._changed:
            after = holder.held + size
            room = after <= self._share and self._taken + size <= self._size
            if room or after <= FREE:
                holder.held = after
                self._taken += size
                self._holders.add(holder)
                return True
            self._changed.wait(_PACE)
            return False

    def _slowest(self, holder: Held) -> Held | None:
        with self._changed:
            others = [it for it in self._holders if it is not holder and it.held > FREE]
        return min(others, key=lambda it: it.read_at, default=None)
