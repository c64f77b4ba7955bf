"""A pool over a small graph."""

from collections.abc import Iterator
from typing import Any

import pytest

from mlroles.config import settings
from mlroles.engine.pool import Pool
from observing import OpenPool, open_store


@pytest.fixture
def open_pool() -> Iterator[OpenPool]:
    """Return a function that opens a pool with settings; each is closed at the end."""
    pools: list[Pool] = []

    def opened(**given: Any) -> Pool:
        pools.append(Pool(open_store, settings({"workers": 2, "timeout": 10.0, **given})))
        return pools[-1]

    yield opened
    for pool in pools:
        pool.close()


@pytest.fixture
def pool(open_pool: OpenPool) -> Pool:
    return open_pool()
