"""Results as rows of terms, read while they are made and no further than needed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mlroles.terms import Term, parse

_TRIPLE = re.compile(r"(\S+) (\S+) (.*) \.\Z", re.DOTALL)
_NAMES = ("subject", "predicate", "object")


@dataclass(frozen=True)
class Rows:
    """A table of terms; None where a variable is unbound. ``more`` if it was cut.

    ``lines`` are solutions as they were read, to be told from those of :func:`read_lines`.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    more: bool = False
    lines: tuple[str, ...] = ()


def read_solutions(chunks: Iterable[bytes], limit: int, size: int, skip: int = 0) -> Rows:
    """Return ``limit`` rows of SPARQL results in TSV after ``skip``, fewer if they pass ``size``.

    ``size`` is in bytes. What comes after is not read.
    """
    lines = _lines(chunks, size, skip)
    names = tuple(name.removeprefix("?") for name in next(lines, "").split("\t") if name)
    read: list[str] = []
    more = False
    for line in lines:
        if len(read) == limit or line is _CUT:
            more = True
            break
        read.append(line)
    cells = (line.split("\t") if names else [] for line in read)
    rows = tuple(tuple(parse(cell) if cell else None for cell in row) for row in cells)
    return Rows(names, rows, more, tuple(read))


def read_triples(chunks: Iterable[bytes], limit: int, size: int, skip: int = 0) -> Rows:
    """Return ``limit`` triples of N-Triples after ``skip``, as :func:`read_solutions` does."""
    rows: list[tuple[Term | None, ...]] = []
    for line in _lines(chunks, size, skip, kept=0):
        if len(rows) == limit or line is _CUT:
            return Rows(_NAMES, tuple(rows), more=True)
        match = _TRIPLE.match(line)
        if match is not None:
            rows.append(tuple(parse(part) for part in match.groups()))
    return Rows(_NAMES, tuple(rows))


def read_lines(chunks: Iterable[bytes], size: int) -> frozenset[str] | None:
    """Return the different rows of SPARQL results in TSV; None if they pass ``size`` bytes."""
    lines = list(_lines(chunks, size))
    return None if lines and lines[-1] is _CUT else frozenset(lines[1:])


def read_text(chunks: Iterable[bytes], size: int) -> tuple[str, bool]:
    """Return the first ``size`` bytes at most, whole lines of text, and whether there are more."""
    lines = list(_lines(chunks, size))
    more = bool(lines) and lines[-1] is _CUT
    return "\n".join(lines[:-1] if more else lines), more


#: Stands for all that was not read; told from a line by identity.
_CUT = str(b"cut", "ascii")


def _lines(chunks: Iterable[bytes], size: int, skip: int = 0, kept: int = 1) -> Iterator[str]:
    """Yield whole lines, and _CUT where there would be more than ``size`` bytes of them.

    After the first ``kept`` lines, ``skip`` are passed over, and take up nothing.
    """
    rest: list[bytes] = []
    read = seen = 0
    for chunk in chunks:
        read += len(chunk)
        *whole, last = chunk.split(b"\n")
        if whole:
            whole[0] = b"".join([*rest, whole[0]])
            rest = []
        rest.append(last)
        for line in whole:
            if not kept <= seen < kept + skip:
                yield line.decode()
            seen += 1
        if whole and kept < seen <= kept + skip:
            read = 0
        if read > size:
            yield _CUT
            return
    final = b"".join(rest)
    if final and not kept <= seen < kept + skip:
        yield final.decode()
