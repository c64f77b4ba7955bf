"""The ``#+`` header of a saved query: YAML in comments, the convention of grlc."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from mlroles.errors import SavedQueryError

_MARK = "#+"


@dataclass(frozen=True)
class Header:
    """What a header says, and where it says it."""

    path: Path
    fields: Mapping[str, object]
    lines: tuple[str, ...]

    def error(self, detail: str, *keys: str, hint: str | None = None) -> SavedQueryError:
        """Return an error at the line of the innermost of the nested ``keys``."""
        return SavedQueryError(detail, hint=hint, file=self.path, line=self._line(keys))

    def _line(self, keys: tuple[str, ...]) -> int:
        line = 0
        for key in keys:
            pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*:")
            found = (n for n in range(line, len(self.lines)) if pattern.match(self.lines[n]))
            line = next(found, line)
        return line + 1


def read(path: Path, text: str) -> Header:
    """Return the header of the saved query in ``path``. Raises SavedQueryError, with its line."""
    lines = []
    for line in text.splitlines():
        if not line.startswith(_MARK):
            break
        lines.append(line.removeprefix(_MARK).removeprefix(" "))
    try:
        fields = yaml.safe_load("\n".join(lines))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise SavedQueryError(
            f"The header is not YAML: {error.problem}.",
            file=path,
            line=None if mark is None else mark.line + 1,
            column=None if mark is None else mark.column + len(_MARK) + 2,
        ) from error
    except yaml.YAMLError as error:
        raise SavedQueryError(f"The header is not YAML: {error}.", file=path, line=1) from error
    if not isinstance(fields, dict):
        raise SavedQueryError(
            "The file has no header.",
            hint="Begin it with lines such as “#+ summary: …”.",
            file=path,
            line=1,
        )
    return Header(path, fields, tuple(lines))


def strip(text: str) -> str:
    """Return a saved query's text without its header."""
    lines = text.splitlines(keepends=True)
    return "".join(itertools.dropwhile(lambda line: line.startswith(_MARK), lines))
