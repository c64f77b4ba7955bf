"""A client that leaves, a worker that dies, an answer that is large."""

import http.client
import os
import signal
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from serving import Serving, serving
from talking import ENDLESS, LARGE, SMALL, Client


@pytest.mark.slow
@pytest.mark.parametrize("query", [ENDLESS, LARGE], ids=["before the answer", "during the answer"])
def test_a_client_that_leaves_stops_its_query(client: Client, query: str) -> None:
    with client.begin(query) as link:
        if query is LARGE:
            link.recv(1000)
        else:
            time.sleep(0.5)
    begun = time.monotonic()
    assert client.ask(SMALL)[0] == 200
    assert time.monotonic() - begun < 2  # and not the ten seconds that a query may take


@pytest.mark.slow
def test_an_answer_whose_worker_dies_breaks_off(client: Client, server: Serving) -> None:
    with client.begin(LARGE) as link:
        response = http.client.HTTPResponse(link)
        response.begin()
        assert response.status == 200
        response.read(1000)
        for worker in _workers(server.pid):
            os.kill(worker, signal.SIGKILL)
        with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
            response.read()
    assert client.ask(SMALL)[0] == 200


@pytest.mark.slow
def test_a_million_rows_take_no_memory_at_their_peak(client: Client, server: Serving) -> None:
    before = _memory(server.pid, "VmRSS")
    Path(f"/proc/{server.pid}/clear_refs").write_text("5")  # proc(5): the peak begins anew
    with client.begin(LARGE.replace("300000", "1000000")) as link:
        response = http.client.HTTPResponse(link)
        response.begin()
        size = 0
        while piece := response.read(1 << 16):
            size += len(piece)
            if size < 1 << 20:
                time.sleep(0.05)  # slower than it comes, at first
    assert size > 130 << 20
    assert _memory(server.pid, "VmHWM") - before < 16 << 20


@pytest.mark.slow
def test_a_query_under_way_at_sigterm_is_answered(closures: Path, tmp_path: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { { SELECT * { ?a ?b ?c } LIMIT 1500 } ?d ?e ?f }"
    command = f"exec {sys.executable} -m mlroles serve"
    with serving(command, tmp_path, {"MLROLES_CACHE_DIR": str(closures)}) as server:
        client = Client(urlsplit(server.address).port or 0)
        with client.begin(slow) as link:
            time.sleep(0.3)
            os.kill(server.pid, signal.SIGTERM)
            signalled = time.monotonic()
            time.sleep(0.2)
            with pytest.raises(ConnectionRefusedError):
                client.connect()
            response = http.client.HTTPResponse(link)
            response.begin()
            assert response.status == 200
            assert b"bindings" in response.read()
            assert 0.2 < time.monotonic() - signalled < 5


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _workers(pid: int) -> list[int]:
    nurseries = [nursery for stem in _children(pid) for nursery in _children(stem)]
    return [worker for nursery in nurseries for worker in _children(nursery)]


def _memory(pid: int, which: str) -> int:
    """Return the bytes of a process that are in memory, or were at the peak."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition(f"{which}:")[2].split()[0]) << 10
