"""A worker as the server sees it: a socket, and in the end a cause."""

import select
import socket
import threading

from mlroles.engine.causes import Cause
from mlroles.engine.frames import Channel

_PATIENCE = 10.0  # seconds for the nursery to tell why a worker has gone


class Handle:
    """The server's end of one worker."""

    def __init__(self, name: int, sock: socket.socket) -> None:
        self.name = name
        self.channel = Channel(sock)
        self._cause = Cause.KILLED
        self._ended = threading.Event()
        self._poll = select.poll()
        self._poll.register(sock, select.POLLIN)

    def is_live(self) -> bool:
        """Return whether the worker can take a request: an idle one says nothing unless it ends."""
        return not self._ended.is_set() and not self._poll.poll(0)

    def end(self, cause: Cause) -> None:
        """Note why the worker ended."""
        self._cause = cause
        self._ended.set()

    def cause(self) -> Cause:
        """Return why the worker ended, waiting for the nursery's word."""
        self._ended.wait(_PATIENCE)
        return self._cause

    def close(self) -> None:
        """Close our end; an idle worker ends of it."""
        self.channel.socket.close()
