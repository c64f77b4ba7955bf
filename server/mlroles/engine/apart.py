"""Work done in a process of its own, so that its memory and its threads end with it."""

import ctypes
import os
import signal
import socket
import traceback
from collections.abc import Callable
from typing import NoReturn

from mlroles.engine.frames import Channel, Kind
from mlroles.engine.messages import dump_error, load_error
from mlroles.errors import MlrolesError

_DEATH_SIGNAL = 1  # prctl(2), PR_SET_PDEATHSIG


def apart(work: Callable[[], None]) -> None:
    """Run ``work`` in a forked process and wait for it. Raises the MlrolesError that it raises.

    The process is killed when ours ends. To be called from the process's one thread.
    """
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            parent = os.getpid()
            pid = os.fork()
            if not pid:
                _work(theirs, work, parent)
        try:
            frame = Channel(ours).receive()
        except (EOFError, ConnectionResetError) as error:
            raise MlrolesError(
                "The loading process ended before it was done.",
                hint="Was it killed, as when memory runs out? Standard error may say more.",
            ) from error
        finally:
            _end(pid)
    if frame.kind is Kind.ERROR:
        raise load_error(frame.payload)


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)  # it has said all; or an interrupt is why we are here
    os.waitpid(pid, 0)


def _work(sock: socket.socket, work: Callable[[], None], parent: int) -> NoReturn:
    try:
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
        channel = Channel(sock)
        try:
            work()
        except MlrolesError as error:
            channel.send(Kind.ERROR, dump_error(error))
        else:
            channel.send(Kind.END)
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a forked process must not go on in its parent's code
        os.write(2, traceback.format_exc().encode(errors="replace"))
        os._exit(1)
