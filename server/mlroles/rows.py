"""Results as rows of terms, read while they are made and no further than needed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mlroles.terms import Term, parse

_TRIPLE = re.compile(r"(\S+) (\S+) (.*) \.\Z", re.DOTALL)
_NAMES = ("subject", "predicate", "object")


@dataclass(frozen=True)
class Rows:
    """A table of terms; None where a variable is unbound. ``more`` if it was cut."""

    names: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    more: bool = False


def read_solutions(chunks: Iterable[bytes], limit: int, size: int) -> Rows:
    """Return the first ``limit`` rows of SPARQL results in TSV, or fewer if they pass ``size``.

    ``size`` is in bytes. What comes after is not read.
    """
    lines = _lines(chunks, size)
    names = tuple(name.removeprefix("?") for name in next(lines, "").split("\t") if name)
    rows: list[tuple[Term | None, ...]] = []
    for line in lines:
        if len(rows) == limit or line is _CUT:
            return Rows(names, tuple(rows), more=True)
        cells = line.split("\t") if names else []
        rows.append(tuple(parse(cell) if cell else None for cell in cells))
    return Rows(names, tuple(rows))


def read_triples(chunks: Iterable[bytes], limit: int, size: int) -> Rows:
    """Return the first ``limit`` triples of N-Triples, as :func:`read_solutions` does."""
    rows: list[tuple[Term | None, ...]] = []
    for line in _lines(chunks, size):
        if len(rows) == limit or line is _CUT:
            return Rows(_NAMES, tuple(rows), more=True)
        match = _TRIPLE.match(line)
        if match is not None:
            rows.append(tuple(parse(part) for part in match.groups()))
    return Rows(_NAMES, tuple(rows))


def read_text(chunks: Iterable[bytes], size: int) -> tuple[str, bool]:
    """Return the first ``size`` bytes at most, whole lines of text, and whether there are more."""
    lines = list(_lines(chunks, size))
    more = bool(lines) and lines[-1] is _CUT
    return "\n".join(lines[:-1] if more else lines), more


#: Stands for all that was not read; told from a line by identity.
_CUT = str(b"cut", "ascii")


def _lines(chunks: Iterable[bytes], size: int) -> Iterator[str]:
    """Yield whole lines, and _CUT where there would be more than ``size`` bytes of them."""
    rest: list[bytes] = []
    read = 0
    for chunk in chunks:
        read += len(chunk)
        *whole, last = chunk.split(b"\n")
        if whole:
            whole[0] = b"".join([*rest, whole[0]])
            rest = []
        rest.append(last)
        yield from (line.decode() for line in whole)
        if read > size:
            yield _CUT
            return
    final = b"".join(rest)
    if final:
        yield final.decode()
