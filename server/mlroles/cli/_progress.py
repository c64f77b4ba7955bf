"""Progress on a terminal, and silence anywhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_CLEAR = "\r\x1b[2K"


@contextmanager
def progress() -> Iterator[Callable[[str], None] | None]:
    """Yield what shows a message on one line of standard error; None if that is no terminal.

    The line is gone at the end.
    """
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield _tell
    finally:
        _write(_CLEAR)


def _tell(message: str) -> None:
    _write(f"{_CLEAR}{message}")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
