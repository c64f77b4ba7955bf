"""Changes to a text, each in the place of a span of it."""

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from mlroles.sparql.parser import Tree


class Edit(NamedTuple):
    """``text`` in the place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with the edits made; spans do not overlap. Ends nest around what is inside."""
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = f"{text[: edit.start]}{edit.text}{text[edit.end :]}"
    return text


def span(text: str, tree: Tree) -> str:
    """Return the text that a tree was read from."""
    return text[tree.meta.start_pos : tree.meta.end_pos]


def fresh(text: str) -> str:
    """Return a variable that ``text`` does not name."""
    return next(name for n in itertools.count() if (name := f"?mended{n}") not in text)
