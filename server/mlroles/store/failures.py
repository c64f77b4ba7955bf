"""What a client is told of another store's failures, and what the log is told beside it."""

import logging
import re
from collections.abc import Mapping

from mlroles.errors import (
    BusyError,
    MlrolesError,
    QuerySyntaxError,
    StoreFailedError,
    StoreTimeoutError,
)

_LOG = logging.getLogger(__name__)

_SHOWN = 200
_LATE = 0.8  # of its time: a store that fails so late has run out of it
_SLOW_WORDS = re.compile(
    r"time[- ]?out|timed out|time limit|deadline|exceeds the limit", re.IGNORECASE
)
_WORSE = 500
#: Statuses of a store that has too much to do, of a slow one, and of one that knows us not.
_BUSY, _SLOW, _LOCKED = {429}, {408, 504}, {401, 403, 407}
_UNREADABLE = 400


def unreachable(error: Exception) -> StoreFailedError:
    """Return the error for a store that does not answer, or breaks off."""
    _LOG.warning("The store cannot be reached: %s", error or type(error).__name__)
    return StoreFailedError(
        "The store behind this endpoint cannot be reached, or broke its answer off.",
        hint="Try again later.",
    )


def stopped() -> StoreFailedError:
    """Return the error for an answer that we broke off ourselves, as when its reader has gone."""
    return StoreFailedError("The answer was broken off.")


def slow(seconds: float) -> StoreTimeoutError:
    """Return the error for a store that took longer than ``seconds``."""
    return StoreTimeoutError(
        f"The store behind this endpoint did not answer within {seconds:.3g} seconds.",
        hint="Ask for less: fewer patterns that share no variable, a FILTER earlier, or a LIMIT.",
        extra={"limit": round(seconds, 3)},
    )


def garbled(why: object) -> StoreFailedError:
    """Return the error for an answer that is none."""
    _LOG.warning("The store's answer cannot be read: %s", why)
    return StoreFailedError(
        "The answer of the store behind this endpoint cannot be read.",
        hint="Is it a SPARQL endpoint? The server's log says more.",
    )


def cut(rows: str) -> StoreFailedError:
    """Return the error for an answer that the store ended at a number of rows of its own."""
    return StoreFailedError(
        f"The store behind this endpoint gives no more than {rows} rows, and cut the answer there.",
        hint="Ask for fewer: add a LIMIT, and an OFFSET for what comes after.",
        extra={"limit": rows},
    )


def refused(
    status: int, headers: Mapping[str, str], said: str, took: float, seconds: float
) -> MlrolesError:
    """Return the error for another status than 200; ``took`` of ``seconds`` have gone."""
    short = _short(said)
    if status in _SLOW or (
        status >= _WORSE and (took > _LATE * seconds or _SLOW_WORDS.search(short))
    ):
        return slow(seconds)
    if status == _UNREADABLE:
        return QuerySyntaxError(f"The store behind this endpoint rejects the query: {short}")
    after = headers.get("Retry-After") or headers.get("retry-after") or ""
    if status in _BUSY or (status > _WORSE and after):
        return BusyError(
            "The store behind this endpoint is busy.",
            hint="Try again later.",
            extra={"retry_after": int(after) if after.isdecimal() else 5},
        )
    _LOG.warning("The store answers %d: %s", status, short)
    if status in _LOCKED:
        return StoreFailedError(
            "The store behind this endpoint does not let this server in.",
            hint="The operator should look at its credentials.",
        )
    return StoreFailedError(
        f"The store behind this endpoint failed with status {status}: {short or 'it says no more'}",
        hint="The operator should look at it.",
    )


def _short(said: str) -> str:
    """Return the first line that a store says, if it is text and not a page."""
    line = said.strip().partition("\n")[0].strip()
    if line.startswith(("<", "{")):
        return ""
    return f"{line[:_SHOWN]}…" if len(line) > _SHOWN else line
