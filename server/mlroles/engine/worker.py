"""One worker process: a query at a time, within bounds that the kernel keeps."""

import gc
import os
import resource
import signal
import socket
import threading
import traceback
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

from mlroles.engine.causes import EXIT_MEMORY
from mlroles.engine.confinement import confine
from mlroles.engine.frames import Channel, Kind
from mlroles.engine.messages import dump_error, load_request
from mlroles.errors import MlrolesError, RefusedError, StoreError
from mlroles.store import QueryRequest, Store

_STACK = 64 << 20
_FIRST = 8_000  # bytes held before the first chunk leaves: one piece of the engine's
_PIECE = 65_536  # and before each later one
_MIB = 1 << 20
_SHORTEST = 0.001  # seconds; a timer of 0 would never ring
_LONG = 0.5  # seconds of a processor's time after which a query gives way to others
_MEEK = 15  # how far: it has a processor's thirtieth where another wants it, else all of it


def live(sock: socket.socket, store: Store, memory: int) -> NoReturn:
    """Answer the requests of ``sock`` until its other end closes, then end the process.

    Queries run in a thread, because a thread's stack can be made deep: on the usual 8 MiB, some
    860 nested EXISTS end the process.
    """
    gc.enable()  # what the nursery froze stays shared
    threading.stack_size(_STACK)
    manners = _Manners()
    thread = threading.Thread(target=_answer_all, args=(sock, store, memory, manners))
    thread.start()
    manners.thread = thread.native_id
    thread.join()
    os._exit(1)


class _Manners:
    """A long query gives way: its thread becomes meek, for good, and the worker is replaced."""

    def __init__(self) -> None:
        self.thread: int | None = None  # its kernel's number
        self.meek = False
        signal.signal(signal.SIGPROF, self._give_way)

    def watch(self, seconds: float) -> None:
        """Begin to count a query's time on a processor; 0 ends it."""
        signal.setitimer(signal.ITIMER_PROF, seconds)

    def _give_way(self, number: int, frame: object) -> None:  # noqa: ARG002 - a handler's signature
        if self.thread is not None:
            self.meek = True
            os.setpriority(os.PRIO_PROCESS, self.thread, _MEEK)


def _answer_all(sock: socket.socket, store: Store, memory: int, manners: _Manners) -> NoReturn:
    try:
        _serve(Channel(sock), store, _Bounds(memory, store.directory, manners))
        os._exit(0)
    except MemoryError:
        os._exit(EXIT_MEMORY)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)  # the server has gone, or wants no more of this answer
    except BaseException:  # noqa: BLE001 - a forked process must not go on in its parent's code
        os.write(2, traceback.format_exc().encode(errors="replace"))
        os._exit(1)


def _serve(channel: Channel, store: Store, bounds: "_Bounds") -> NoReturn:
    while True:
        request, seconds = load_request(channel.receive().payload)
        _answer(channel, store, bounds, request, seconds)
        if bounds.outgrown:
            os._exit(0)


def _answer(
    channel: Channel, store: Store, bounds: "_Bounds", request: QueryRequest, seconds: float
) -> None:
    out = _Pieces(channel)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, _SHORTEST))
    bounds.manners.watch(_LONG)
    try:
        store.query(request, cast("BinaryIO", out))
    except MlrolesError as error:
        kind, payload = Kind.ERROR, dump_error(error)
    except OSError as error:
        if out.broken or error.errno is not None:  # ours; the engine's own have no number
            raise
        kind, payload = Kind.ERROR, dump_error(_told(request, error))
    else:
        kind, payload = out.rest()
    # The timer ends before the last frame leaves: a worker that the server believes idle
    # must not die of its last query's deadline.
    signal.setitimer(signal.ITIMER_REAL, 0)
    bounds.manners.watch(0)
    channel.send(kind, payload, last=bounds.check())


def _told(request: QueryRequest, error: OSError) -> MlrolesError:
    if "service" not in request.text.casefold():
        return StoreError(
            f"The store on disk cannot be read: {error}.", hint="The operator should look at it."
        )
    return RefusedError(
        f"The query asked for something outside the dataset, and nothing is fetched: {error}.",
        hint="Remove SERVICE.",
    )


class _Pieces:
    """A file that sends what is written to it in chunks; a small answer stays in one piece."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._held = bytearray()
        self._enough = _FIRST
        self.broken = False  # whether the server has gone

    def write(self, data: bytes) -> int:
        self._held += data
        if len(self._held) >= self._enough:
            self.broken = True
            self._channel.send(Kind.CHUNK, bytes(self._held))
            self.broken = False
            self._held.clear()
            self._enough = _PIECE
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is held leaves with the next chunk or with the end."""

    def rest(self) -> tuple[Kind, bytes]:
        """Return the last frame of the answer."""
        return (Kind.WHOLE if self._enough == _FIRST else Kind.END), bytes(self._held)


class _Bounds:
    """The limits of this process, set when made; ``outgrown`` once it should be replaced.

    The memory bound counts from what the process maps now, so each query starts with all of it:
    a worker that keeps a quarter of it after an answer gives way to a fresh one.
    """

    def __init__(self, memory: int, directory: Path | None, manners: _Manners) -> None:
        self.outgrown = False
        self.manners = manners
        self._allowed = memory * _MIB // 4
        self._statm = _open_statm()
        self._start = self._mapped()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if self._statm is not None:
            _limit_memory(self._start + memory * _MIB)
        # No socket can be opened from here on, whatever a query asks for, and no file but the store's.
        if directory is None:
            resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
        else:
            confine(directory)

    def check(self) -> bool:
        """Return whether the process has outgrown its start, or is meek, and remember it."""
        self.outgrown = self.manners.meek or self._mapped() - self._start > self._allowed
        return self.outgrown

    def _mapped(self) -> int:
        if self._statm is None:
            return 0
        return int(os.pread(self._statm, 64, 0).split()[0]) * resource.getpagesize()


def _limit_memory(bound: int) -> None:
    """Let this process map no more than ``bound`` bytes, nor more than it may already."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        bound = min(bound, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))


def _open_statm() -> int | None:
    """Return a descriptor of this process's memory figures; None where there is no /proc."""
    try:
        Path("/proc/self/oom_score_adj").write_text("500")  # the kernel should end us first
        return os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
