"""One server for the folder."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from requesting import Ask, asker
from serving import serving


@pytest.fixture(scope="session")
def address(closures: Path) -> Iterator[str]:
    """Yield where the server listens."""
    command = f"{sys.executable} -m mlroles serve --workers 2 --max-body 100000"
    with serving(command, closures, {}) as server:
        yield server.address


@pytest.fixture(scope="session")
def ask(address: str) -> Ask:
    """Return what asks the server."""
    return asker(address)
