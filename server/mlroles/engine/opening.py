"""From settings to a running engine over the knowledge base."""

from collections.abc import Callable

from mlroles.config import Settings
from mlroles.engine.pool import Pool
from mlroles.knowledge import load
from mlroles.store import Store


def open_pool(settings: Settings, progress: Callable[[str], None] | None = None) -> Pool:
    """Return a pool over the knowledge base of ``settings``; ``progress`` is told what is done.

    Everything is loaded in the process that the workers are forked from, so that the caller's
    stays small. Raises KnowledgeError.
    """

    def opened() -> Store:
        from mlroles.store.oxigraph import OxigraphStore  # noqa: PLC0415 - as above

        known = load(settings.data, cache_dir=settings.cache_dir, progress=progress)
        store = OxigraphStore.from_ntriples(known.asserted, known.inferred)
        store.digest = known.digest
        return store

    return Pool(opened, settings)
