"""The descriptors that a forked process has from its parent, and how it lets go of them."""

import contextlib
import os
import stat
from pathlib import Path

_STANDARD = (1, 2)


def silence(keep: int) -> None:
    """Point all but standard output, standard error and ``keep`` at the null device.

    They are not closed, because an object of the parent's may still hold a number and close it
    when it is collected here: that must never be a number of ours.
    """
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in _inherited(keep, null):
        os.dup2(null, descriptor, inheritable=False)
    os.close(null)


def close(keep: int, *, files: bool = False) -> None:
    """Close all but the three standard ones and ``keep``; with ``files``, not those of files."""
    for descriptor in _inherited(keep, 0):
        with contextlib.suppress(OSError):  # the listing's own, which has gone
            if not (files and stat.S_ISREG(os.fstat(descriptor).st_mode)):
                os.close(descriptor)


def _inherited(*keep: int) -> list[int]:
    numbers = (int(path.name) for path in Path("/dev/fd").iterdir())
    return [number for number in numbers if number not in (*_STANDARD, *keep)]
