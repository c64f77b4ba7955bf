"""The lines of a query around a place that is wrong."""

from dataclasses import dataclass

_BEFORE = 2
_AFTER = 1
_WIDTH = 160  # characters of a line that are shown


@dataclass(frozen=True)
class Line:
    """A line in three parts; ``marked`` is what is wrong, and ``wrong`` whether it is here."""

    number: int
    before: str
    marked: str = ""
    after: str = ""
    wrong: bool = False


def excerpt(text: str, line: int, column: int, offending: str | None) -> tuple[Line, ...]:
    """Return the lines around a place; ``line`` and ``column`` count from 1."""
    lines = text.splitlines() or [""]
    line = min(max(line, 1), len(lines))
    first, last = max(line - _BEFORE, 1), min(line + _AFTER, len(lines))
    return tuple(
        _wrong(number, lines[number - 1], column, offending)
        if number == line
        else Line(number, _cut(lines[number - 1]))
        for number in range(first, last + 1)
    )


def _wrong(number: int, line: str, column: int, offending: str | None) -> Line:
    start = min(max(column - 1, 0), len(line))
    word = (offending or line[start : start + 1]).split("\n", 1)[0]
    end = start + len(word) if line.startswith(word, start) else start + 1
    before, after = line[:start], line[end:]
    if len(before) > _WIDTH:
        before = f"…{before[-_WIDTH // 2 :]}"
    return Line(number, before, _cut(line[start:end]) or " ", _cut(after), wrong=True)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"
