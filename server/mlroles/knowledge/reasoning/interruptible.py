"""Long calls into native code during which a signal is heeded at once."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def interruptible(work: Callable[[], T]) -> T:
    """Return what ``work`` does, which is done on a thread while this one waits.

    Python runs a signal's handler on its main thread, between two instructions. When a handler
    raises, what is under way goes on to its end, and nobody sees the result.
    """
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001 - is raised where the work is waited for
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return outcome.result()
