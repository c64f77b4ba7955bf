"""The nursery: a small single-threaded process that holds the store and forks the workers.

A threaded server must not fork; this process never has a second thread (but for those that RocksDB
starts when a store on disk is opened, and which nothing needs that only reads), and as the workers'
parent it alone knows for certain why each ended.
"""

import contextlib
import gc
import io
import json
import os
import select
import signal
import socket
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from mlroles.config import Settings
from mlroles.engine import descriptors, worker
from mlroles.engine.causes import Cause, cause_of
from mlroles.engine.frames import Channel, Kind, pack
from mlroles.engine.messages import dump_error
from mlroles.engine.nurse import Child, Nurse
from mlroles.errors import MlrolesError
from mlroles.store import QueryRequest, Store

_PACE = 0.05  # seconds from one birth in a place to the next: a worker that cannot start must
# not become a loop of forks
_KEPT = 65_536


def start(open_store: Callable[[], Store], settings: Settings) -> tuple[Nurse, socket.socket]:
    """Fork a nursery; return its process and the socket to it.

    It sends READY with the store's digest and sizes once ``open_store`` has returned, or the ERROR
    that this raised, then BORN with a socket for each worker and DIED with the cause. It ends when
    the socket's other end closes.
    """
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if not pid:
        _live(theirs, open_store, settings)
    theirs.close()
    return Child(pid), ours


def _live(sock: socket.socket, open_store: Callable[[], Store], settings: Settings) -> NoReturn:
    try:
        ignore_signals()
        descriptors.silence(keep=sock.fileno())
        channel = Channel(sock)
        try:
            store = open_store()
        except MlrolesError as error:
            channel.send(Kind.ERROR, dump_error(error))
            os._exit(1)
        _rehearse(store)
        gc.freeze()  # objects stay where they are, so that workers share their memory
        gc.disable()
        channel.send(Kind.READY, json.dumps([store.digest, store.sizes]).encode())
        _Nursery(channel, store, settings).run()
        os._exit(0)
    except (BrokenPipeError, ConnectionResetError):
        os._exit(0)  # the server has gone; the kernel closes what we held
    except BaseException:  # noqa: BLE001 - a forked process must not go on in its parent's code
        os.write(2, traceback.format_exc().encode(errors="replace"))
        os._exit(1)


def _rehearse(store: Store) -> None:
    """Run a good and a bad query, so that no worker has a module left to import.

    A worker could not: it can open no file. What fails here fails again, and is told, there.
    """
    for text in ("ASK {}", "SELECT ?x WHERE { ?x un:declared"):
        with contextlib.suppress(MlrolesError):
            store.query(QueryRequest(text, "text/csv"), io.BytesIO())


def ignore_signals() -> None:
    """Leave the signals of the process group to the server: it drains, then closes our socket."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())  # deadlines come by SIGALRM


@dataclass
class _Worker:
    """A worker as its parent knows it."""

    name: int
    pid: int
    errors: int
    born: float


class _Nursery:
    """Keeps ``settings.workers`` workers alive."""

    def __init__(self, channel: Channel, store: Store, settings: Settings) -> None:
        self._channel = channel
        self._store = store
        self._memory = settings.memory
        self._children: dict[int, _Worker] = {}
        self._due = [0.0] * settings.workers
        self._names = 0
        self._bell = _ring_on_death()

    def run(self) -> None:
        """Return when the server has closed its end; no worker is left then."""
        watch = select.poll()
        watch.register(self._channel.socket, select.POLLIN)
        watch.register(self._bell, select.POLLIN)
        try:
            while True:
                self._bear()
                ready = {number for number, _ in watch.poll(self._pause())}
                if self._bell in ready:
                    os.read(self._bell, _KEPT)
                    self._reap()
                if self._channel.socket.fileno() in ready:
                    self._obey()
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return  # the server has closed its end
        finally:
            self._end_all()

    def _bear(self) -> None:
        """Fork a worker for each place whose time has come."""
        now = time.monotonic()
        due, self._due = self._due, []
        for moment in due:
            if moment > now:
                self._due.append(moment)
                continue
            try:
                self._fork()
            except (BrokenPipeError, ConnectionResetError):
                raise  # the server has gone
            except OSError as error:  # no process, descriptor or memory left: try again soon
                os.write(2, f"mlroles: cannot start a query process: {error}\n".encode())
                self._due.append(now + 10 * _PACE)

    def _fork(self) -> None:
        ours, theirs = socket.socketpair()
        read, write = os.pipe()
        self._names += 1
        with ours, theirs:
            try:
                pid = os.fork()
                if not pid:
                    self._become_worker(theirs, write)  # never returns
                self._children[pid] = _Worker(self._names, pid, read, time.monotonic())
                frame = pack(Kind.BORN, str(self._names).encode())
                socket.send_fds(self._channel.socket, [frame], [ours.fileno()])
            finally:
                os.close(write)

    def _become_worker(self, sock: socket.socket, errors: int) -> NoReturn:
        try:
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGALRM):
                signal.signal(number, signal.SIG_DFL)
            os.set_blocking(errors, False)  # a full pipe must not stop a query
            os.dup2(errors, 2)
            descriptors.close(keep=sock.fileno(), files=self._store.directory is not None)
            worker.live(sock, self._store, self._memory)
        finally:
            os._exit(1)

    def _reap(self) -> None:
        """Take note of every worker that has ended, tell the server why, make its place due."""
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            child = self._children.pop(pid)
            said = _last_words(child.errors)
            cause = cause_of(status, said)
            if cause is not Cause.MEMORY:  # an everyday end, of which the client is told
                os.write(2, said)
            told = f"{child.name} {cause}"
            self._due.append(child.born + _PACE)
            self._channel.send(Kind.DIED, told.encode())

    def _obey(self) -> None:
        """Kill the workers that the server names. Raises EOFError when the server has gone."""
        unwanted = {int(frame.payload) for frame in self._channel.arrived()}
        for child in self._children.values():
            if child.name in unwanted:
                os.kill(child.pid, signal.SIGKILL)

    def _pause(self) -> int | None:
        """Return the milliseconds until the next birth is due; None for no birth due."""
        if not self._due:
            return None
        return max(0, int((min(self._due) - time.monotonic()) * 1000) + 1)

    def _end_all(self) -> None:
        for child in self._children.values():
            os.kill(child.pid, signal.SIGKILL)
        for child in self._children.values():
            os.waitpid(child.pid, 0)


def _ring_on_death() -> int:
    """Return a descriptor that can be read from whenever a child has ended."""
    read, write = os.pipe()
    for end in (read, write):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return read


def _last_words(errors: int) -> bytes:
    try:
        os.set_blocking(errors, False)
        return os.read(errors, _KEPT)
    except BlockingIOError:
        return b""
    finally:
        os.close(errors)
