"""One real server for the folder: one query at a time, so that a stuck one would be felt."""

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from serving import Serving, serving
from talking import Client

SETTINGS = {
    "MLROLES_WORKERS": "1",
    "MLROLES_TIMEOUT": "10",
    "MLROLES_MAX_BODY": "100000",
}


@pytest.fixture(scope="session")
def server(closures: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    place = tmp_path_factory.mktemp("server")
    command = f"exec {sys.executable} -m mlroles serve"
    with serving(command, place, {**SETTINGS, "MLROLES_CACHE_DIR": str(closures)}) as found:
        yield found


@pytest.fixture
def client(server: Serving) -> Client:
    port = urlsplit(server.address).port
    assert port is not None
    return Client(port)
