"""What a dataset on disk says of itself: which files it was made of, by whom, how much it holds."""

import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pyoxigraph

from mlroles.knowledge.base import rules

_FORMAT = 1
_NAME = "manifest.json"
_RACY = 2_000_000_000  # nanoseconds: so coarse may a file system's clock be

#: A file's path to its size, its times of content and of status in nanoseconds, and its inode.
Stamps: TypeAlias = Mapping[str, tuple[int, int, int, int]]


class Look(NamedTuple):
    """What files were like at a moment, in nanoseconds since 1970, before they were read."""

    files: Stamps
    seen: int

    @classmethod
    def at(cls, paths: Iterable[Path]) -> "Look":
        """Look at the files now. Raises OSError."""
        moment = time.time_ns()
        return cls({str(path.absolute()): _stamp(path) for path in paths}, moment)

    @classmethod
    def of(cls, said: Sequence[Any]) -> "Look":
        """Return a look as JSON brings it."""
        files, seen = said
        return cls({path: tuple(stamp) for path, stamp in files.items()}, seen)

    def still_holds(self, now: "Look") -> bool:
        """Return whether the files are certainly what they were, told without reading them.

        A file that was written just before it was looked at may have been written again since,
        within one tick of the clock: it is not certain.
        """
        before = self.seen - _RACY
        return self.files == now.files and all(
            changed < before
            for _, content, status, _ in now.files.values()
            for changed in (content, status)
        )


@dataclass(frozen=True)
class Manifest:
    """``digest`` is the knowledge base's, ``sizes`` are triples by graph, "" for the union.

    ``look`` is what the files were like before they were read; ``made_by`` are the versions of
    our rules and of the engine.
    """

    digest: str
    sizes: Mapping[str, int]
    look: Look
    made_by: str

    def write(self, directory: Path) -> None:
        """Put this into the directory, in the place of what was there. Raises OSError."""
        draft = directory / f"{_NAME}.{os.getpid()}"
        with draft.open("w", encoding="utf-8") as file:
            json.dump(vars(self), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(directory / _NAME)


def read(directory: Path) -> Manifest | None:
    """Return what the directory says of itself, None if that is nothing that can be used now."""
    try:
        said = json.loads((directory / _NAME).read_text("utf-8"))
        manifest = Manifest(**{**said, "look": Look.of(said["look"])})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return manifest if manifest.made_by == makers() else None


def makers() -> str:
    """Return the versions that made a dataset: another one's is made anew."""
    return f"format {_FORMAT}, pyoxigraph {pyoxigraph.__version__}, rules {rules()}"


def _stamp(path: Path) -> tuple[int, int, int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino
