"""The stem: a process that forks nurseries, so that a server with threads need not.

It is forked before the server has a thread, opens nothing, and stays small. It knows its nurseries
as a parent does: none is left behind when the server ends, however that comes about.
"""

import contextlib
import os
import signal
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from typing import NoReturn

from mlroles.config import Settings
from mlroles.engine import descriptors, nursery
from mlroles.engine.frames import Channel, Kind, pack
from mlroles.engine.nurse import Nurse
from mlroles.errors import MlrolesError
from mlroles.store import Store

_PATIENCE = 5.0  # seconds that a nursery may take to end


class Stem:
    """The server's end of a stem, forked when made.

    Its first nursery opens the store by ``open_store``, later ones by ``reopen_store``.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        reopen_store: Callable[[], Store],
        settings: Settings,
    ) -> None:
        self._lock = threading.Lock()
        ours, theirs = socket.socketpair()
        self.pid = os.fork()
        if not self.pid:
            _live(theirs, _openers(open_store, reopen_store), settings)
        theirs.close()
        self._socket = ours

    def start(self) -> tuple[Nurse, socket.socket]:
        """Let a nursery be forked, as :func:`mlroles.engine.nursery.start` does.

        Raises MlrolesError if that cannot be.
        """
        frame, given = self._ask(Kind.START)
        return _Distant(int(frame), self), socket.socket(fileno=given[0])

    def end(self, pid: int, seconds: float) -> None:
        """Wait for a nursery to end, and kill it after so many seconds."""
        with contextlib.suppress(MlrolesError):  # then all of them have ended
            self._ask(Kind.KILL, f"{pid} {seconds}".encode())

    def close(self) -> None:
        """End the stem, and every nursery that is left."""
        with self._lock:
            self._socket.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    def _ask(self, kind: Kind, payload: bytes = b"") -> tuple[bytes, list[int]]:
        """Return what the stem answers, and the descriptors that come with it."""
        with self._lock:
            try:
                self._socket.sendall(pack(kind, payload))
                data, given, _, _ = socket.recv_fds(self._socket, 64, 1)
            except OSError:
                data, given = b"", []
        if not data:
            raise MlrolesError("No query process can be started.", hint="Start the server again.")
        return data, given


class _Distant:
    """A nursery that is a child of the stem."""

    def __init__(self, pid: int, stem: Stem) -> None:
        self.pid = pid
        self._stem = stem

    def kill(self) -> None:
        self._stem.end(self.pid, 0)

    def wait(self) -> None:
        self._stem.end(self.pid, _PATIENCE)


def _openers(*openers: Callable[[], Store]) -> Iterator[Callable[[], Store]]:
    """Yield one after the other, and the last for ever."""
    yield from openers
    while True:
        yield openers[-1]


def _live(
    sock: socket.socket, openers: Iterator[Callable[[], Store]], settings: Settings
) -> NoReturn:
    children: set[int] = set()
    try:
        nursery.ignore_signals()
        descriptors.silence(keep=sock.fileno())
        channel = Channel(sock)
        while True:
            frame = channel.receive()
            if frame.kind is Kind.START:
                children.add(_start(sock, next(openers), settings))
            else:
                pid, seconds = frame.payload.split()
                _end(int(pid), float(seconds))
                children.discard(int(pid))
                sock.sendall(b"ended")
    except (EOFError, BrokenPipeError, ConnectionResetError):
        _end_all(children)  # the server has gone
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a forked process must not go on in its parent's code
        os.write(2, traceback.format_exc().encode(errors="replace"))
        os._exit(1)


def _start(sock: socket.socket, open_store: Callable[[], Store], settings: Settings) -> int:
    child, theirs = nursery.start(open_store, settings)
    with theirs:
        socket.send_fds(sock, [str(child.pid).encode()], [theirs.fileno()])
    return child.pid


def _end(pid: int, seconds: float) -> None:
    """Wait for a child; kill it after so many seconds."""
    patience = time.monotonic() + seconds
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        if time.monotonic() >= patience:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.002)


def _end_all(children: set[int]) -> None:
    """End the children, which have seen that the server has gone unless they are still opening."""
    patience = time.monotonic() + 1
    for pid in children:
        _end(pid, patience - time.monotonic())
