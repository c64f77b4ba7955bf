"""A client that reads nothing of its answer for a minute, here two seconds, loses its connection."""

import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from serving import serving
from talking import LARGE, SMALL, Client, path

pytestmark = pytest.mark.slow

_STALL = 2.0
_SERVE = (
    f"import mlroles.serving.http as http; http._STALL = {_STALL};"
    " from mlroles.cli import main; main()"
)
#: More than all buffers between the worker and a client that asks for little at a time.
_ANSWER = LARGE.replace("300000", "100000")
_LEAST = 10 << 20  # bytes of it
_END = b"\r\n0\r\n\r\n"


@pytest.fixture(scope="module")
def client(closures: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    place = tmp_path_factory.mktemp("stalled")
    command = f'exec {sys.executable} -c "{_SERVE}" serve'
    with serving(command, place, {"MLROLES_CACHE_DIR": str(closures)}) as server:
        yield Client(urlsplit(server.address).port or 0)


def _begun(client: Client) -> socket.socket:
    """Return a connection with small buffers on which a large answer has begun."""
    link = socket.socket()
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
    link.settimeout(30)
    link.connect(("127.0.0.1", client.port))
    link.sendall(f"GET {path(_ANSWER)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert link.recv(12) == b"HTTP/1.1 200"
    return link


def _rest(link: socket.socket) -> bytes:
    return b"".join(iter(lambda: link.recv(1 << 20), b""))


def test_who_reads_nothing_is_disconnected(client: Client) -> None:
    with closing(_begun(client)) as link:
        time.sleep(2.5 * _STALL)
        rest = _rest(link)  # what was on its way, and no more
    assert len(rest) < _LEAST
    assert not rest.endswith(_END)
    assert client.ask(SMALL)[0] == 200


def test_who_reads_slowly_is_served_to_the_end(client: Client) -> None:
    with closing(_begun(client)) as link:
        for _ in range(16):
            assert link.recv(1 << 16)
            time.sleep(_STALL / 8)
        rest = _rest(link)
    assert len(rest) > _LEAST
    assert rest.endswith(_END)
