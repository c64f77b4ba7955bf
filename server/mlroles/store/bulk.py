"""A dataset written to disk in one go: Oxigraph's bulk loader, fed with N-Quads."""

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from mlroles import vocab
from mlroles.knowledge import KnowledgeBase
from mlroles.store.oxigraph import OxigraphStore

_PIECE = 1 << 20


def build(
    knowledge: KnowledgeBase, directory: Path, progress: Callable[[str], None]
) -> dict[str, int]:
    """Make a store of both graphs and their union in the directory; return triples by graph.

    "" stands for the union. When this returns all of it is on the disk. Raises OSError.
    """
    lines = sum(text.count(b"\n") for text in (knowledge.asserted, knowledge.inferred))
    store = OxigraphStore(directory, union=True)
    store.fill(io.BufferedReader(_Told(_nquads(knowledge), 2 * lines, progress), _PIECE))
    progress("Loading: putting the indexes in order")
    store.settle()
    sizes = {graph: store.count(graph) for graph in (vocab.ASSERTED, vocab.INFERRED)}
    sizes[""] = store.count()
    del store  # which closes its files
    _sync(directory)
    return sizes


def _nquads(knowledge: KnowledgeBase) -> Iterator[bytes]:
    """Yield each triple as a quad of its graph and as one of the default graph."""
    for graph, text in ((vocab.ASSERTED, knowledge.asserted), (vocab.INFERRED, knowledge.inferred)):
        ending = f" <{graph}> .\n".encode()
        for piece in _pieces(text):
            yield piece
            yield piece.replace(b" .\n", ending)  # a line ends so, and nothing in a line does


def _pieces(text: bytes) -> Iterator[bytes]:
    """Yield the text in whole lines, about a mebibyte at a time."""
    start = 0
    while start < len(text):
        end = text.find(b"\n", start + _PIECE) + 1 or len(text)
        yield text[start:end]
        start = end


class _Told(io.RawIOBase):
    """A file of pieces, of which ``progress`` hears how many lines of all have been read."""

    def __init__(
        self, pieces: Iterator[bytes], lines: int, progress: Callable[[str], None]
    ) -> None:
        self._pieces = pieces
        self._lines = lines
        self._progress = progress
        self._read = 0
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # what a BufferedReader gives
        if not self._left:
            piece = next(self._pieces, b"")
            self._read += piece.count(b"\n")
            self._progress(f"Loading: {self._read:,} of {self._lines:,} quads")
            self._left = memoryview(piece)
        length = min(len(buffer), len(self._left))
        buffer[:length] = self._left[:length]
        self._left = self._left[length:]
        return length


def _sync(directory: Path) -> None:
    for path in (*directory.iterdir(), directory):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
