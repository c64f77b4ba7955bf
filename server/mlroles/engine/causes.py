"""Why a worker ended, and what the client whose query it ran is told."""

import math
import os
import signal
from enum import StrEnum

from mlroles.errors import BusyError, MlrolesError, QueryMemoryError, QueryTimeoutError

#: A worker's exit code when Python itself, and not the engine, ran out of memory.
EXIT_MEMORY = 12

_OUT_OF_MEMORY = (b"memory allocation of", b"MemoryError")


class Cause(StrEnum):
    """Why a worker ended."""

    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASH = "crash"
    KILLED = "killed"
    ENDED = "ended"
    CLOSED = "closed"


_BY_SIGNAL = {signal.SIGALRM: Cause.TIMEOUT, signal.SIGKILL: Cause.KILLED}


def cause_of(status: int, said: bytes) -> Cause:
    """Return the cause for a wait status and what the process last wrote to standard error.

    The engine ends by SIGABRT both when memory runs out and on a fault of its own; only its
    words tell them apart.
    """
    if os.waitstatus_to_exitcode(status) == EXIT_MEMORY:
        return Cause.MEMORY
    if any(words in said for words in _OUT_OF_MEMORY):
        return Cause.MEMORY
    if os.WIFSIGNALED(status):
        return _BY_SIGNAL.get(signal.Signals(os.WTERMSIG(status)), Cause.CRASH)
    return Cause.ENDED


def timeout_error(limit: float) -> QueryTimeoutError:
    """Return the error for a query that passed its ``limit`` of seconds."""
    return QueryTimeoutError(
        f"The query was stopped after {limit:g} seconds, the longest that it may take.",
        hint="Ask for less: fewer patterns that share no variable, a FILTER earlier, or a LIMIT.",
        extra={"limit": limit},
    )


def busy_error(detail: str, retry_after: float) -> BusyError:
    """Return the error for a query that got no worker; ``retry_after`` is seconds from now."""
    seconds = max(1, math.ceil(retry_after))
    return BusyError(detail, hint=again(seconds), extra={"retry_after": seconds})


def again(seconds: int) -> str:
    """Return the hint to come again after so many seconds."""
    return f"Try again in {seconds} second{'' if seconds == 1 else 's'}."


def error_for(cause: Cause, limit: float, memory: int) -> MlrolesError:
    """Return what a client is told: ``limit`` in seconds, ``memory`` in MiB."""
    if cause is Cause.TIMEOUT:
        return timeout_error(limit)
    if cause is Cause.CLOSED:
        return busy_error("The endpoint is shutting down.", 5)
    detail, hint = _TOLD[cause]
    extra: dict[str, object] = {"limit": memory} if cause is Cause.MEMORY else {}
    return QueryMemoryError(
        detail.format(memory=memory), hint=hint, extra={**extra, "cause": cause.value}
    )


_TOLD = {
    Cause.MEMORY: (
        "The query was stopped because it needed more than the {memory} MiB that it may use.",
        "ORDER BY, GROUP BY and DISTINCT hold every row in memory: give them fewer rows.",
    ),
    Cause.CRASH: (
        "The query brought its engine process down; no other query was touched.",
        "Deep nesting is the usual reason: write the query flatter.",
    ),
    Cause.KILLED: (
        "The query's process was killed from outside, as when the machine runs out of memory.",
        "Try again; if it happens again, ask for less.",
    ),
    Cause.ENDED: (
        "The query's process ended by a fault of ours; no other query was touched.",
        "The server's log says more: please report it.",
    ),
}
