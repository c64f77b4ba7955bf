"""Nothing is left behind: no process, no descriptor, no memory."""

import contextlib
import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mlroles.config import settings
from mlroles.engine.pool import Pool
from mlroles.errors import MlrolesError
from mlroles.store import QueryRequest
from observing import (
    TRIPLES,
    OpenPool,
    ask,
    children,
    descriptors,
    eventually,
    is_alive,
    open_store,
    workers,
)

ROWS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
MILLION = f"{ROWS} LIMIT 1000000"


def _resident(pid: int | str = "self") -> int:
    """Return how many MiB of memory a process has to itself or shares."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") >> 20


def _use_and_abuse(pool: Pool) -> None:
    for n in range(200):
        ask(pool, f"SELECT * WHERE {{ ?s ?p ?o }} LIMIT {n}")
        if n % 20 == 0:
            answer = pool.run(QueryRequest(ROWS, "text/csv"))
            answer.close()
        if n % 40 == 0:
            with contextlib.suppress(MlrolesError):
                ask(pool, ROWS, 0.05)
        if n % 50 == 0:
            _kill_one(pool)


def _kill_one(pool: Pool) -> None:
    """Kill a worker; the next one, if the first was ending of itself just then."""
    assert eventually(lambda: len(workers(pool)) == 2)
    for pid in workers(pool):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            return


def test_200_queries_and_19_kills_leave_nothing_behind() -> None:
    gc.collect()
    before = descriptors(), children()
    with Pool(open_store, settings({"workers": 2})) as pool:
        ask(pool, "ASK {}")
        assert eventually(lambda: len(workers(pool)) == 2)
        steady = descriptors(), len(os.listdir(f"/proc/{pool.pid}/fd"))  # noqa: PTH208 - names
        _use_and_abuse(pool)
        gc.collect()
        assert eventually(lambda: len(workers(pool)) == 2)
        assert eventually(
            lambda: (descriptors(), len(os.listdir(f"/proc/{pool.pid}/fd"))) == steady  # noqa: PTH208
        )
    assert (descriptors(), children()) == before


@pytest.mark.slow
def test_opening_and_closing_pools_leaves_nothing_behind() -> None:
    before = descriptors(), children()
    for _ in range(10):
        with Pool(open_store, settings({"workers": 2})) as pool:
            ask(pool, "ASK {}")
    gc.collect()
    assert (descriptors(), children()) == before


@pytest.mark.slow
def test_each_query_has_the_whole_of_the_memory_bound(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1, memory=64)
    heavy = (
        "SELECT ?a WHERE { { SELECT ?a ?b ?c { ?a ?b ?c } LIMIT 50 } ?d ?e ?f }"
        " ORDER BY ?f ?a LIMIT 1"
    )
    for _ in range(10):
        assert ask(pool, heavy).startswith(b"a\r\n")
    assert ask(pool, "ASK {}") == b"true"
    (worker,) = workers(pool)
    assert _resident(worker) < _resident(pool.pid) + 64


def test_a_million_rows_stream_in_flat_memory(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1, timeout=60.0)
    answer = pool.run(QueryRequest(MILLION, "text/csv"))
    worker = next(iter(workers(pool)))
    before, worker_before = _resident(), _resident(worker)
    lines = peak = worker_peak = 0
    for number, chunk in enumerate(answer.chunks):
        lines += chunk.count(b"\n")
        if number % 100 == 0:
            peak, worker_peak = max(peak, _resident()), max(worker_peak, _resident(worker))
    assert lines == 1_000_001
    assert TRIPLES**2 > 1_000_000
    assert peak - before < 8
    assert worker_peak - worker_before < 8


SERVER = """
import sys, threading
sys.path.insert(0, sys.argv[1])
from observing import ask, open_store, workers
from mlroles.config import settings
from mlroles.engine.pool import Pool
pool = Pool(open_store, settings({"workers": 2}))
ask(pool, "ASK {}")
endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
threading.Thread(target=ask, args=(pool, endless), daemon=True).start()
sys.stdout.write(" ".join(map(str, [pool.pid, *workers(pool)])) + "\\n")
sys.stdout.flush()
sys.stdin.read()
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_killed_leaves_no_process_behind(number: signal.Signals) -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(Path(__file__).parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with server:
        assert server.stdout is not None
        processes = [int(pid) for pid in server.stdout.readline().split()]
        assert len(processes) == 3
        assert all(is_alive(pid) for pid in processes)
        time.sleep(0.1)
        server.send_signal(number)
        server.wait(timeout=5)
        assert eventually(lambda: not any(is_alive(pid) for pid in processes))
