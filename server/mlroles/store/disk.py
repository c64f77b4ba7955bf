"""The knowledge base in Oxigraph's disk store: made when the files are new, else found ready."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from mlroles.knowledge import load, sources
from mlroles.knowledge.base import digest_of
from mlroles.store import bulk, manifest
from mlroles.store.manifest import Look, Manifest
from mlroles.store.oxigraph import OxigraphStore
from mlroles.store.shelf import TRIPLES, Shelf

Progress: TypeAlias = Callable[[str], None]

#: What :func:`fill` is, or what runs it elsewhere.
Fill: TypeAlias = Callable[[Path, Sequence[Path], Path, Progress, Look], None]


def prepare(
    shelf: Shelf, data: Sequence[Path], *, cache_dir: Path, progress: Progress, fill: Fill
) -> tuple[Path, int]:
    """Return the directory of the dataset of our files and ``data``, and what keeps it in use.

    Where ``shelf`` has it, nothing is loaded, and unless a file was touched none is read. Else
    ``fill`` makes it beside the old one, and it takes its place. Raises KnowledgeError and
    SettingError; the old one stays then.
    """
    with shelf.locked(lambda: progress("Waiting for another process that loads the store")):
        paths = sources.files(data)
        look = Look.at(paths)
        dataset = shelf.current()
        if dataset is None or not _is_current(dataset, paths, look):
            dataset = shelf.renew(lambda draft: fill(draft, data, cache_dir, progress, look))
        return dataset, shelf.use(dataset)


def fill(
    draft: Path, data: Sequence[Path], cache_dir: Path, progress: Progress, look: Look
) -> None:
    """Load the knowledge base into an empty directory. Raises KnowledgeError and OSError.

    A process that has done so must not fork: RocksDB's threads would be missed.
    """
    known = load(data, cache_dir=cache_dir, progress=progress)
    sizes = bulk.build(known, draft / TRIPLES, progress)
    Manifest(known.digest, sizes, look, manifest.makers()).write(draft)


def read_only(dataset: Path) -> OxigraphStore:
    """Return the store of a dataset that was prepared. Raises OSError."""
    store = OxigraphStore(dataset / TRIPLES, union=True, read_only=True)
    known = manifest.read(dataset)
    if known is not None:
        store.digest, store.sizes = known.digest, known.sizes
    store.directory = dataset
    return store


def _is_current(dataset: Path, paths: Sequence[Path], look: Look) -> bool:
    """Return whether a dataset is that of the files; note that it is, if they had to be read."""
    known = manifest.read(dataset)
    if known is None:
        return False
    if known.look.still_holds(look):
        return True
    if known.digest != digest_of(map(sources.digest, paths)):
        return False
    with contextlib.suppress(OSError):  # who may only read looks again the next time
        replace(known, look=look).write(dataset)
    return True
