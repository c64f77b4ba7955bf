"""The knowledge base in Oxigraph's disk store: made when the files are new, else found ready."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from mlroles.knowledge import load, sources
from mlroles.knowledge.base import digest_of
from mlroles.store import bulk, manifest
from mlroles.store.manifest import Manifest
from mlroles.store.oxigraph import OxigraphStore
from mlroles.store.shelf import TRIPLES, Shelf

Progress: TypeAlias = Callable[[str], None]

#: Runs what takes much memory, and raises what it raises.
Apart: TypeAlias = Callable[[Callable[[], None]], None]


def prepare(
    shelf: Shelf, data: Sequence[Path], *, cache_dir: Path, progress: Progress, apart: Apart
) -> tuple[Path, int]:
    """Return the directory of the dataset of our files and ``data``, and what keeps it in use.

    Where ``shelf`` has it, nothing is loaded, and unless a file was touched none is read. Else it
    is made beside the old one by way of ``apart``, and takes its place. Raises KnowledgeError and
    SettingError; the old one stays then.
    """

    def fill(draft: Path) -> None:
        known = load(data, cache_dir=cache_dir, progress=progress)
        sizes = bulk.build(known, draft / TRIPLES, progress)
        Manifest(known.digest, sizes, stamps, moment, manifest.makers()).write(draft)

    with shelf.locked(lambda: progress("Waiting for another process that loads the store")):
        paths = sources.files(data)
        stamps, moment = manifest.look(paths)
        dataset = shelf.current()
        known = manifest.read(dataset) if dataset else None
        if (
            dataset is None
            or known is None
            or not _is_current(known, dataset, paths, stamps, moment)
        ):
            dataset = shelf.renew(lambda draft: apart(lambda: fill(draft)))
        return dataset, shelf.use(dataset)


def read_only(dataset: Path) -> OxigraphStore:
    """Return the store of a dataset that was prepared. Raises OSError."""
    store = OxigraphStore(dataset / TRIPLES, union=True, read_only=True)
    known = manifest.read(dataset)
    if known is not None:
        store.digest, store.sizes = known.digest, known.sizes
    store.directory = dataset
    return store


def _is_current(
    known: Manifest, dataset: Path, paths: Sequence[Path], stamps: manifest.Stamps, moment: int
) -> bool:
    """Return whether a dataset is that of the files; note that it is, if they had to be read."""
    if known.fits(stamps):
        return True
    if known.digest != digest_of(map(sources.digest, paths)):
        return False
    with contextlib.suppress(OSError):  # who may only read looks again the next time
        replace(known, files=stamps, seen=moment).write(dataset)
    return True
