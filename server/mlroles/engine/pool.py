"""The engine: queries run in worker processes, each within a deadline and a memory bound."""

import contextlib
import json
import os
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable

from mlroles.config import Settings
from mlroles.engine import nursery
from mlroles.engine.call import Call, LostError
from mlroles.engine.causes import Cause, busy_error
from mlroles.engine.departure import Departure
from mlroles.engine.frames import Channel, Frame, Kind, Splitter, pack
from mlroles.engine.handle import Handle
from mlroles.engine.interface import Answer, Engine, Load
from mlroles.engine.messages import load_error
from mlroles.engine.roster import Roster
from mlroles.engine.stem import Stem
from mlroles.errors import MlrolesError
from mlroles.store import QueryRequest, Store

_READ = 65_536
_LEFT = "The client has left."
_LATER = 1.0  # seconds until it may come again
_DESCRIPTORS = 16
_CLOSED = "The endpoint is shutting down."
_LOST = "The query processes have ended; the server must be started again."
_PATIENCE = 5.0  # seconds that the nursery may take to fork the workers


class Pool(Engine):
    """``settings.workers`` processes that answer queries over the store of ``open_store``.

    One client's queries have at most all but one of them.
    The store is opened in a process that is forked at once; or, for a server that has threads
    already, by a stem that was forked before. Raises what opening the store raises. Any number of
    threads may call :meth:`run`.
    """

    steady = True

    def __init__(self, open_store: Callable[[], Store] | Stem, settings: Settings) -> None:
        self._settings = settings
        self._roster: Roster[Handle] = Roster(settings.queue, settings.workers)
        self._handles: dict[int, Handle] = {}
        self._lock = threading.Lock()
        self._ended: Counter[str] = Counter()
        self._unwanted: set[int] = set()
        if isinstance(open_store, Stem):
            self._nurse, self._socket = open_store.start()
        else:
            self._nurse, self._socket = nursery.start(open_store, settings)
        self._closing = False
        self._complete = threading.Event()
        self._await_ready()
        self._listener = threading.Thread(target=self._listen, name="mlroles-pool", daemon=True)
        self._listener.start()
        self._complete.wait(_PATIENCE)

    @property
    def pid(self) -> int:
        """The process that holds the store and is the workers' parent."""
        return self._nurse.pid

    def run(
        self,
        request: QueryRequest,
        timeout: float | None = None,
        departure: Departure | None = None,
    ) -> Answer:
        """Run one query for at most ``timeout`` seconds, and never longer than the settings say.

        Waiting for a worker counts. The worker is killed at a ``departure``. Returns once the first
        chunk has been made. Raises what the store raises for the query, QueryTimeoutError,
        QueryMemoryError or BusyError.
        """
        begun = time.monotonic()
        limit = self._settings.timeout if timeout is None else min(timeout, self._settings.timeout)
        while True:
            call = self._call(begun + limit, limit, departure)
            taken = time.monotonic()
            if departure is not None:
                departure.then(call.stop)
            with contextlib.suppress(LostError):
                call.start(request)
                break
        timings = {"queue": (taken - begun) * 1000, "query": (time.monotonic() - taken) * 1000}
        return Answer(request.media_type, call, timings, call.over)

    def load(self) -> Load:
        """Return how busy the workers are, and why others have ended.

        A worker that was killed because its client had left has the cause ``left``.
        """
        idle, waiting = self._roster.load()
        workers = len(self._handles)
        return Load(workers, max(workers - idle, 0), waiting, dict(self._ended))

    def close(self) -> None:
        """End every process, stopping queries under way. May be called again."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
        self._roster.close(_CLOSED)
        self._socket.shutdown(socket.SHUT_RDWR)
        self._listener.join()
        self._socket.close()
        self._nurse.wait()

    def _call(self, deadline: float, limit: float, departure: Departure | None) -> Call:
        handle = self._roster.take(deadline, "" if departure is None else departure.client)
        if departure is not None and departure.gone:
            self._roster.give(handle)
            raise busy_error(_LEFT, _LATER)  # nobody hears it
        return Call(
            handle,
            self._roster,
            self._kill,
            deadline=deadline,
            limit=limit,
            memory=self._settings.memory,
        )

    def _await_ready(self) -> None:
        frame = None
        try:
            # Taken alone, so that no worker's socket is swallowed with what comes after it.
            frame = Channel(self._socket).receive_alone()
        except (EOFError, ConnectionResetError) as error:
            raise MlrolesError(
                "The query processes could not be started.", hint="Standard error says why."
            ) from error
        finally:
            if frame is None or frame.kind is not Kind.READY:  # also when interrupted
                self._socket.close()
                self._nurse.kill()
        if frame.kind is Kind.ERROR:
            raise load_error(frame.payload)
        self.digest, self.sizes = json.loads(frame.payload)

    def _listen(self) -> None:
        """Hear from the nursery of workers that are born and that die."""
        splitter = Splitter()
        while True:
            try:
                data, descriptors, _, _ = socket.recv_fds(self._socket, _READ, _DESCRIPTORS)
            except ConnectionResetError:
                break
            if not data:
                break
            for frame in splitter.split(data):
                self._hear(frame, descriptors)
        self._roster.close(_LOST)
        self._complete.set()
        for handle in self._handles.values():
            handle.end(Cause.CLOSED)

    def _hear(self, frame: Frame, descriptors: list[int]) -> None:
        if frame.kind is Kind.BORN:
            descriptor = descriptors.pop(0)
            os.set_inheritable(descriptor, False)
            handle = Handle(int(frame.payload), socket.socket(fileno=descriptor))
            self._handles[handle.name] = handle
            self._roster.give(handle)
            if handle.name >= self._settings.workers:
                self._complete.set()
        elif frame.kind is Kind.DIED:
            name, cause = frame.payload.decode().split()
            handle = self._handles.pop(int(name))
            handle.end(Cause(cause))
            self._ended["left" if handle.name in self._unwanted else cause] += 1
            self._unwanted.discard(handle.name)
            self._roster.drop(handle)

    def _kill(self, handle: Handle) -> None:
        with self._lock:
            if self._closing:
                return
            self._unwanted.add(handle.name)
            with contextlib.suppress(BrokenPipeError):  # then the nursery has killed all itself
                self._socket.sendall(pack(Kind.KILL, str(handle.name).encode()))
