"""Queries that nobody would write, made of the W3C's: each is answered, or refused with words.

Eight seconds here; ``MLROLES_FUZZ_SECONDS=60 pytest tests/server/test_fuzzing.py`` takes longer.
"""

import http.client
import json
import os
import random
import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bombs import SHAPES, nested
from talking import Client

SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "sparql" / "sparql11"
SECONDS = float(os.environ.get("MLROLES_FUZZ_SECONDS", "8"))
CLIENTS = 4
#: Limits that a status of 503 may state.
LIMITS = {"query-timeout", "query-killed", "busy"}

_TOKEN = re.compile(r"\s+|<[^>]*>|\"[^\"]*\"|[?$]?\w+:?\w*|.", re.DOTALL)
_ODD = (
    "",
    "\0",
    "\ud800",
    "\U0001f600",
    "\\u0000",
    "é",
    "'''",
    "<",
    "{",
    "}",
    "[",
    ")",
    "*",
    "#",
    "%",
)
_KEPT = 60_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C suite is not at ../shared/w3c"),
]


class Mutator:
    """Makes queries of queries; the same ``seed`` makes the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - nothing secret
        files = sorted(SUITE.glob("**/*.rq"))
        assert len(files) > 200
        self._queries = [file.read_text("utf-8") for file in files]

    def make(self) -> str:
        """Return a query."""
        if self._random.random() < 0.2:
            return nested(self._random.choice([*SHAPES]), self._random.randint(1, 150))
        tokens = _TOKEN.findall(self._random.choice(self._queries))
        for _ in range(self._random.randint(1, 4)):
            self._change(tokens)
        return "".join(tokens)[:_KEPT]

    def _change(self, tokens: list[str]) -> None:
        at = self._random.randrange(len(tokens) + 1)
        end = min(len(tokens), at + self._random.randint(1, 6))
        kind = self._random.randrange(6)
        if kind == 0:
            del tokens[at:end]
        elif kind == 1:
            tokens[at:at] = tokens[at:end] * self._random.randint(1, 40)
        elif kind == 2:
            tokens[at:end] = reversed(tokens[at:end])
        elif kind == 3:
            tokens.insert(at, self._random.choice(_ODD))
        elif kind == 4:
            other = _TOKEN.findall(self._random.choice(self._queries))
            start = self._random.randrange(len(other) + 1)
            tokens[at:end] = other[start : start + 10]
        else:
            tokens[at:at] = ["{ "] * self._random.randint(1, 60)


def test_no_query_is_a_fault_of_ours(client: Client) -> None:
    stop = time.monotonic() + SECONDS
    with ThreadPoolExecutor(CLIENTS) as threads:
        found = list(threads.map(lambda seed: _fuzz(client, seed, stop), range(CLIENTS)))
    faults = [fault for _, mine in found for fault in mine]
    told = sum((statuses for statuses, _ in found), Counter[int]())
    assert faults == []
    assert told.total() > 20 * SECONDS
    assert told[200] > 0
    assert told[400] > 0


def _fuzz(client: Client, seed: int, stop: float) -> tuple[Counter[int], list[object]]:
    """Return how often each status came, and what was a fault."""
    mutator, told, faults = Mutator(seed), Counter[int](), []
    while time.monotonic() < stop:
        query = mutator.make()
        status, body = _post(client, query)
        told[status] += 1
        if status >= 500 and not _states_a_limit(status, body):
            faults.append((status, body[:500], query))
    return told, list(faults)


def _post(client: Client, query: str) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)) as link:
        link.request(
            "POST",
            "/sparql?timeout=1",
            query.encode(errors="surrogatepass"),
            {"Content-Type": "application/sparql-query"},
        )
        response = link.getresponse()
        try:
            return response.status, response.read()
        except http.client.IncompleteRead:  # its time was over while it was being read
            return response.status, b""


def _states_a_limit(status: int, body: bytes) -> bool:
    problem = json.loads(body)
    slug = problem["type"].rpartition("/")[2]
    crashed = problem.get("cause") in {"crash", "ended"}
    return status == 503 and slug in LIMITS and not crashed
