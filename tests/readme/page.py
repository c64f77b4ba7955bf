"""The README as what it is made of: fenced blocks, tables and links under headings.

A block of commands (```sh) that a block of output (```text) follows is run by the tests; one that
stands alone is not.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


class Block(NamedTuple):
    """A fenced block; ``output`` is the text block after it, None if there is none."""

    language: str
    content: str
    heading: str
    output: str | None


def text() -> str:
    """Return the README."""
    return README.read_text("utf-8")


def blocks(language: str) -> list[Block]:
    """Return the fenced blocks of a language, in order."""
    content = text()
    found = list(_FENCED.finditer(content))
    return [
        Block(language, match[2], _heading(content, match.start()), _output(content, match, after))
        for match, after in zip(found, [*found[1:], None], strict=True)
        if match[1] == language
    ]


def section(heading: str) -> str:
    """Return what stands under a heading, to the next of its level."""
    _, _, rest = text().partition(f"\n## {heading}\n")
    return rest.partition("\n## ")[0]


def tables(heading: str) -> list[list[list[str]]]:
    """Return the tables under a heading: rows of cells, without the head."""
    found: list[list[list[str]]] = []
    inside = False
    for line in section(heading).splitlines():
        if not line.startswith("|"):
            inside = False
        elif not inside:
            found.append([])
            inside = True
        else:
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
    return [rows[1:] for rows in found]


def links(page: Path) -> Iterator[Path]:
    """Yield the files that a page links to."""
    for target in _LINK.findall(page.read_text("utf-8")):
        if "://" not in target and not target.startswith("#"):
            yield page.parent / target.partition("#")[0]


def words(cell: str) -> set[str]:
    """Return what a cell has in backticks."""
    return set(re.findall(r"`([^`]+)`", cell))


def _heading(content: str, place: int) -> str:
    before = [match[1] for match in _HEADING.finditer(content, 0, place)]
    return before[-1] if before else ""


def _output(content: str, match: re.Match[str], after: re.Match[str] | None) -> str | None:
    if after is None or after[1] != "text":
        return None
    between = content[match.end() : after.start()]
    return None if between.strip() else after[2]
