"""Work in native code, of which a single call may be long, and signals that are heeded at once."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def interruptible(
    work: Callable[[Callable[[str], None]], T], progress: Callable[[str], None] | None
) -> T:
    """Return what ``work`` does, which is done on a thread while this one waits.

    Python runs a signal's handler on its main thread, between two instructions. When a handler
    raises, the work ends with the next message that it gives, and nobody sees what it did.
    """
    outcome: Future[T] = Future()
    left = threading.Event()

    def tell(message: str) -> None:
        if left.is_set():
            raise InterruptedError
        if progress is not None:
            progress(message)

    def run() -> None:
        try:
            outcome.set_result(work(tell))
        except BaseException as error:  # noqa: BLE001 - is raised where the work is waited for
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        return outcome.result()
    finally:
        left.set()
