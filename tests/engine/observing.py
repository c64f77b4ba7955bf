"""What the engine's tests share: a small graph, and ways to ask and to look at processes."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from mlroles.engine.pool import Pool
from mlroles.store import QueryRequest
from mlroles.store.oxigraph import OxigraphStore

E = "http://example.org/"
TRIPLES = 2000
DATA = "".join(
    f"<{E}s{n}> <{E}p{n % 5}> <{E}s{(7 * n + 1) % TRIPLES}> .\n" for n in range(TRIPLES)
).encode()


OpenPool = Callable[..., Pool]


def open_store() -> OxigraphStore:
    return OxigraphStore.from_ntriples(DATA, b"")


def ask(pool: Pool, text: str, timeout: float | None = None, media: str = "text/csv") -> bytes:
    """Run a query and return its whole answer."""
    return b"".join(pool.run(QueryRequest(text, media), timeout).chunks)


def descendants(pid: int) -> set[int]:
    """Return the processes that descend from ``pid``, zombies too."""
    parents = _parents()
    found: set[int] = set()
    layer = {pid}
    while layer:
        layer = {child for child, parent in parents.items() if parent in layer}
        found |= layer
    return found


def children() -> set[int]:
    """Return the processes that this one is the parent of, zombies too.

    Those of a server that another folder's tests have started come and go below its own.
    """
    return {child for child, parent in _parents().items() if parent == os.getpid()}


def _parents() -> dict[int, int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    return parents


def workers(pool: Pool) -> set[int]:
    """Return the process ids of the pool's workers."""
    return descendants(pool.pid)


def descriptors() -> int:
    """Return how many descriptors this process has open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def state(pid: int) -> str:
    """Return the kernel's letter for what a process does; "X" when there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "X"


def is_alive(pid: int) -> bool:
    """Return whether the process runs: a zombie does not."""
    return state(pid) not in "XZ"


def eventually(condition: Callable[[], bool]) -> bool:
    """Return whether ``condition`` comes true within three seconds."""
    patience = time.monotonic() + 3
    while not (true := condition()) and time.monotonic() < patience:
        time.sleep(0.01)
    return true
