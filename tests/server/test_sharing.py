"""Clients share what there is: workers, the queue, room for answers, connections."""

import contextlib
import http.client
import json
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from prometheus_client.parser import text_string_to_metric_families

from serving import serving
from talking import ENDLESS, LARGE, SMALL, Client

pytestmark = pytest.mark.slow

QUEUE = 8
CONNECTIONS = 100
SLOW = 40


@pytest.fixture(scope="module")
def greedy(closures: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    environment = {
        "MLROLES_CACHE_DIR": str(closures),
        "MLROLES_WORKERS": "3",
        "MLROLES_QUEUE": f"{QUEUE}",
        "MLROLES_TIMEOUT": "20",
        "MLROLES_SPOOL": "128",
        "MLROLES_CLIENT_CONNECTIONS": f"{CONNECTIONS}",
    }
    place = tmp_path_factory.mktemp("sharing")
    with serving(f"exec {sys.executable} -m mlroles serve", place, environment) as found:
        yield Client(urlsplit(found.address).port or 0)


@pytest.fixture
def other(greedy: Client) -> Client:
    return replace(greedy, address="127.0.0.2")


def ask_in_time(client: Client, text: str, seconds: float) -> None:
    begun = time.monotonic()
    assert client.ask(f"{SMALL} # {text}", timeout=20)[0] == 200
    assert time.monotonic() - begun < seconds


def metric(client: Client, name: str) -> float:
    text = client.exchange(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")[2].decode()
    samples = [s for it in text_string_to_metric_families(text) for s in it.samples]
    return next(sample.value for sample in samples if sample.name == name)


def settle(client: Client) -> float:
    """Wait until no worker is busy; return how many seconds that took."""
    begun = time.monotonic()
    while metric(client, "mlroles_workers_busy") or metric(client, "mlroles_queue_length"):
        assert time.monotonic() - begun < 20
        time.sleep(0.02)
    return time.monotonic() - begun


def test_one_client_cannot_take_every_worker_nor_the_queue(greedy: Client, other: Client) -> None:
    with ExitStack() as stack:
        for number in range(2 + QUEUE):
            stack.enter_context(greedy.begin(f"{ENDLESS} # {number}"))
        time.sleep(0.5)
        begun = time.monotonic()
        status, body = greedy.ask(f"{ENDLESS} # one more")
        assert (status, json.loads(body)["type"].rpartition("/")[2]) == (503, "busy")
        assert json.loads(body)["retry_after"] >= 1
        assert time.monotonic() - begun < 1
        for number in range(5):
            ask_in_time(other, f"other {number}", 1)
    settle(other)


def test_a_client_that_leaves_frees_its_worker_within_a_second(greedy: Client) -> None:
    settle(greedy)
    with greedy.begin(f"{ENDLESS} # leaver"):
        patience = time.monotonic() + 5
        while not metric(greedy, "mlroles_workers_busy") and time.monotonic() < patience:
            time.sleep(0.01)
    assert settle(greedy) < 1


def test_the_first_byte_comes_long_before_the_last(greedy: Client) -> None:
    begun = time.monotonic()
    with greedy.begin(f"{LARGE} # early") as link:
        response = http.client.HTTPResponse(link)
        response.begin()
        assert response.read(1)
        first = time.monotonic() - begun
        response.read()
    assert first < (time.monotonic() - begun) / 3


def test_40_slow_readers_of_large_answers_starve_nobody(greedy: Client, other: Client) -> None:
    settle(greedy)
    with ExitStack() as stack:
        for number in range(SLOW):
            stack.enter_context(greedy.begin(f"{LARGE} # slow {number}"))
        until = time.monotonic() + 10
        number = 0
        while time.monotonic() < until:
            number += 1
            ask_in_time(other, f"beside slow readers {number}", 2)
            time.sleep(0.2)
    settle(other)


def test_a_client_has_so_many_connections(greedy: Client, other: Client) -> None:
    with ExitStack() as stack:
        links = [stack.enter_context(greedy.connect()) for _ in range(CONNECTIONS)]
        time.sleep(0.3)
        with greedy.connect() as link, contextlib.suppress(ConnectionResetError):
            assert link.recv(65_536).startswith(b"HTTP/1.1 503 ")
        ask_in_time(other, "beside connections", 2)
        links[0].close()
    time.sleep(0.3)
    ask_in_time(greedy, "again", 2)
