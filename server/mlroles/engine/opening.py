"""From settings to a running engine over the knowledge base."""

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from mlroles.config import Settings
from mlroles.engine import confinement
from mlroles.engine.interface import Engine
from mlroles.engine.pool import Pool
from mlroles.engine.stem import Stem
from mlroles.errors import SettingError
from mlroles.knowledge import load
from mlroles.store import Store
from mlroles.store.interface import is_address


def open_engine(settings: Settings, progress: Callable[[str], None] | None = None) -> Engine:
    """Return an engine over what the settings name: files, a directory, or another store.

    Raises what :func:`open_pool` does, and StoreFailedError or StoreTimeoutError for a store that
    does not answer.
    """
    if not is_address(settings.store):
        return open_pool(settings, progress)
    from mlroles.engine.remote import RemoteEngine  # noqa: PLC0415 - a pool needs none of it
    from mlroles.store.asking import AskedStore  # noqa: PLC0415 - as above
    from mlroles.store.exchange import Address, credentials  # noqa: PLC0415 - as above

    return RemoteEngine(AskedStore(Address(settings.store, credentials())), settings)


def open_pool(settings: Settings, progress: Callable[[str], None] | None = None) -> Pool:
    """Return a pool over the knowledge base of ``settings``; ``progress`` is told what is done.

    Everything is loaded in the process that the workers are forked from, so that the caller's
    stays small. Raises KnowledgeError, and SettingError for a store that cannot be used.
    """
    return Pool(_opener(settings, progress), settings)


@contextlib.contextmanager
def reopening(
    settings: Settings, progress: Callable[[str], None] | None = None
) -> Iterator[Callable[[], Engine]]:
    """Yield a function that opens an engine over what is there when it is called, in any thread.

    To be entered before there is a second thread. ``progress`` is told what is done for the first
    engine. The function raises as :func:`open_engine` does.
    """
    if is_address(settings.store):
        yield lambda: open_engine(settings)
        return
    opener, again = _opener(settings, progress), _opener(settings, None)
    with contextlib.closing(Stem(opener, again, settings)) as stem:
        yield lambda: Pool(stem, settings)


def _opener(settings: Settings, progress: Callable[[str], None] | None) -> Callable[[], Store]:
    return partial(_on_disk if settings.store else _in_memory, settings, progress)


def _in_memory(settings: Settings, progress: Callable[[str], None] | None) -> Store:
    from mlroles.store.oxigraph import OxigraphStore  # noqa: PLC0415 - the caller's stays small

    known = load(settings.data, cache_dir=settings.cache_dir, progress=progress)
    store = OxigraphStore.from_ntriples(known.asserted, known.inferred)
    store.digest = known.digest
    return store


def _on_disk(settings: Settings, progress: Callable[[str], None] | None) -> Store:
    """Return the store, read only; what keeps it from being removed stays open with the process."""
    confinement.require()
    dataset = prepare(settings, progress)
    from mlroles.store.disk import read_only  # noqa: PLC0415 - the caller's stays small

    try:
        return read_only(dataset)
    except OSError as error:
        raise SettingError(
            f"The store {settings.store} cannot be read: {error}.",
            hint="If it is damaged, remove the directory: it is loaded again.",
        ) from error


def prepare(settings: Settings, progress: Callable[[str], None] | None = None) -> Path:
    """Return the directory of the dataset of ``settings.store``, made if it is not there yet.

    It is in use until this process ends. Raises as :func:`open_pool` does.
    """
    from mlroles.engine.loading import fill  # noqa: PLC0415 - the caller's stays small
    from mlroles.store import disk  # noqa: PLC0415 - as above
    from mlroles.store.shelf import Shelf  # noqa: PLC0415 - as above

    dataset, _ = disk.prepare(
        Shelf(Path(settings.store)),
        settings.data,
        cache_dir=settings.cache_dir,
        progress=progress or (lambda _: None),
        fill=fill,
    )
    return dataset
