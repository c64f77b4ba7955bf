"""Whatever a query does to its worker, its client is told the truth and no other notices."""

import os
import signal
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from mlroles.engine.departure import Departure
from mlroles.engine.interface import Answer, Load
from mlroles.engine.pool import Pool
from mlroles.errors import (
    BusyError,
    MlrolesError,
    QueryMemoryError,
    QueryTimeoutError,
    RefusedError,
)
from mlroles.store import QueryRequest
from observing import E, OpenPool, ask, eventually, is_alive, state, workers

PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
ENDLESS = f"SELECT (COUNT(*) AS ?n) WHERE {{ {PRODUCT} }}"
MEMORY_BOMB = f"SELECT * WHERE {{ {PRODUCT} }} ORDER BY ?a LIMIT 1"
NESTED = "ASK { " + "FILTER EXISTS { " * 10_000 + "}" * 10_001
ROWS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"


def test_a_cartesian_product_ends_at_its_deadline(open_pool: OpenPool) -> None:
    pool = open_pool(timeout=1.0)
    begun = time.monotonic()
    with pytest.raises(QueryTimeoutError) as caught:
        ask(pool, ENDLESS)
    assert 1.0 <= time.monotonic() - begun < 2.0  # a busy machine is late
    assert caught.value.extra == {"limit": 1.0}
    assert ask(pool, "ASK {}") == b"true"


def test_a_memory_bomb_ends_at_its_bound(open_pool: OpenPool) -> None:
    pool = open_pool(memory=128)
    with pytest.raises(QueryMemoryError) as caught:
        ask(pool, MEMORY_BOMB)
    assert caught.value.extra == {"limit": 128, "cause": "memory"}
    assert "128 MiB" in caught.value.detail
    assert caught.value.hint
    assert ask(pool, "ASK {}") == b"true"


def test_a_nesting_bomb_costs_its_own_query_only(
    pool: Pool, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(QueryMemoryError) as caught:
        ask(pool, NESTED)
    assert caught.value.extra == {"cause": "crash"}
    assert ask(pool, "ASK {}") == b"true"
    capfd.readouterr()


@pytest.mark.parametrize(
    ("start", "opening", "closing"),
    [
        ("ASK { ", "FILTER EXISTS { ", "}"),
        ("ASK { ", "{ SELECT * WHERE { ", "} }"),
        ("ASK { ", "{ ", "}"),
        ("ASK { ", "OPTIONAL { ", "}"),
        ("ASK { ", "MINUS { ", "}"),
        ("ASK { FILTER (true ", "&& (true ", ")"),
    ],
)
def test_nesting_500_deep_is_fine(pool: Pool, start: str, opening: str, closing: str) -> None:
    end = ") }" if "FILTER" in start else " }"
    text = start + opening * 500 + closing * 500 + end
    assert ask(pool, text) in (b"true", b"false")


def test_a_service_call_reaches_no_socket(pool: Pool) -> None:
    with pytest.raises(RefusedError):
        ask(pool, "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert ask(pool, "ASK {}") == b"true"


def test_others_do_not_notice_the_killers(open_pool: OpenPool) -> None:
    pool = open_pool(workers=3, timeout=5.0, memory=128)
    stop = threading.Event()
    failures: list[BaseException] = []
    answered: list[float] = []

    def ordinary() -> None:
        while not stop.is_set():
            begun = time.monotonic()
            try:
                assert (
                    ask(pool, f"SELECT ?o WHERE {{ <{E}s1> ?p ?o }}") == f"o\r\n{E}s8\r\n".encode()
                )
            except (MlrolesError, AssertionError) as error:
                failures.append(error)
            answered.append(time.monotonic() - begun)
            time.sleep(0.005)

    threads = [threading.Thread(target=ordinary) for _ in range(10)]
    for thread in threads:
        thread.start()
    killed = []
    for text, timeout in ((ENDLESS, 0.5), (MEMORY_BOMB, 5.0), (NESTED, 5.0)) * 2:
        with pytest.raises((QueryTimeoutError, QueryMemoryError)) as caught:
            ask(pool, text, timeout)
        killed.append(caught.value.extra.get("cause", "timeout"))
    stop.set()
    for thread in threads:
        thread.join()
    assert killed == ["timeout", "memory", "crash"] * 2
    assert failures == []
    assert len(answered) > 200
    assert statistics.median(answered) < 0.1


def test_a_worker_killed_mid_query_is_told_and_replaced(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1)
    ask(pool, "ASK {}")
    (victim,) = workers(pool)
    timer = threading.Timer(0.2, os.kill, (victim, signal.SIGKILL))
    timer.start()
    with pytest.raises(QueryMemoryError) as caught:
        ask(pool, ENDLESS)
    assert caught.value.extra == {"cause": "killed"}
    assert "killed from outside" in caught.value.detail
    assert ask(pool, "ASK {}") == b"true"
    timer.join()


def test_a_worker_killed_while_idle_is_never_noticed(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1)
    for _ in range(10):
        assert ask(pool, "ASK {}") == b"true"
        (victim,) = workers(pool)
        os.kill(victim, signal.SIGKILL)


def test_a_worker_killed_before_it_read_its_query_is_never_noticed(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1)
    ask(pool, "ASK {}")
    (worker,) = workers(pool)
    os.kill(worker, signal.SIGSTOP)  # as a busy machine holds one up
    assert eventually(lambda: state(worker) == "T")
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(ask, pool, "ASK {}")
        time.sleep(0.2)
        os.kill(worker, signal.SIGKILL)
        assert answer.result() == b"true"


def test_a_stopped_worker_is_killed_after_the_deadline(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1)
    ask(pool, "ASK {}")
    (victim,) = workers(pool)
    os.kill(victim, signal.SIGSTOP)
    assert eventually(lambda: state(victim) == "T")
    begun = time.monotonic()
    with pytest.raises(QueryTimeoutError):
        ask(pool, "ASK {}", 0.2)
    assert time.monotonic() - begun < 1.5
    assert ask(pool, "ASK {}") == b"true"


def _stream(pool: Pool, text: str = ROWS, timeout: float | None = None) -> Answer:
    return pool.run(QueryRequest(text, "text/csv"), timeout)


def test_leaving_early_stops_the_work_at_once(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1)
    answer = _stream(pool)
    assert next(answer.chunks).startswith(b"a,b,c,d,e,f\r\n")
    before = workers(pool)
    answer.close()
    begun = time.monotonic()
    assert ask(pool, "ASK {}") == b"true"
    assert time.monotonic() - begun < 1
    assert not workers(pool) & before


def test_an_answer_that_nobody_holds_frees_its_worker(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1)
    for _ in range(3):
        _stream(pool)
    assert ask(pool, "ASK {}", 2.0) == b"true"


def test_closing_a_whole_answer_costs_no_worker(pool: Pool) -> None:
    ask(pool, "ASK {}")
    before = workers(pool)
    for _ in range(20):
        answer = _stream(pool, "SELECT * WHERE { ?s ?p ?o } LIMIT 500")
        list(answer.chunks)
        answer.close()
    assert workers(pool) == before


def test_a_deadline_after_the_first_chunk_raises_from_the_chunks(pool: Pool) -> None:
    answer = _stream(pool, timeout=0.5)
    begun = time.monotonic()
    with pytest.raises(QueryTimeoutError):
        for _ in answer.chunks:
            pass
    assert time.monotonic() - begun < 1
    with pytest.raises(StopIteration):
        next(answer.chunks)


def test_a_slow_reader_holds_its_worker_no_longer_than_the_deadline(
    open_pool: OpenPool,
) -> None:
    pool = open_pool(workers=1)
    answer = _stream(pool, timeout=0.4)
    time.sleep(0.5)
    assert ask(pool, "ASK {}", 2.0) == b"true"
    with pytest.raises(QueryTimeoutError):
        list(answer.chunks)


def test_a_worker_killed_mid_answer_raises_from_the_chunks(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1)
    answer = _stream(pool)
    next(answer.chunks)
    (victim,) = workers(pool)
    os.kill(victim, signal.SIGKILL)
    with pytest.raises(QueryMemoryError, match="killed from outside"):
        list(answer.chunks)


def test_signals_of_a_terminal_are_left_to_the_server(open_pool: OpenPool) -> None:
    pool = open_pool()
    ask(pool, "ASK {}")
    processes = {pool.pid} | workers(pool)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        for process in processes:
            os.kill(process, number)
    time.sleep(0.1)
    assert ask(pool, "ASK {}") == b"true"
    assert {pool.pid} | workers(pool) == processes


def test_without_a_nursery_the_pool_says_so(open_pool: OpenPool) -> None:
    pool = open_pool()
    ask(pool, "ASK {}")
    left = workers(pool)
    os.kill(pool.pid, signal.SIGKILL)

    def told() -> bool:
        try:
            ask(pool, "ASK {}")
        except BusyError as error:
            return "must be started again" in error.detail
        return False

    assert eventually(told)
    assert eventually(lambda: not any(is_alive(pid) for pid in left))


def test_a_client_that_left_while_it_waited_costs_no_worker(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1)
    ask(pool, "ASK {}")
    before = workers(pool)
    departure = Departure()
    departure.happen()
    for _ in range(5):
        with pytest.raises(BusyError, match="has left"):
            pool.run(QueryRequest(ENDLESS, "text/csv"), None, departure)
    assert workers(pool) == before
    assert ask(pool, "ASK {}") == b"true"


def test_a_client_that_leaves_while_its_query_runs_stops_it(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1)
    departure = Departure()
    timer = threading.Timer(0.2, departure.happen)
    timer.start()
    begun = time.monotonic()
    with pytest.raises((QueryMemoryError, BusyError)):
        pool.run(QueryRequest(ENDLESS, "text/csv"), None, departure)
    assert time.monotonic() - begun < 1
    timer.join()
    assert eventually(lambda: pool.load().ended.get("left") == 1)
    assert ask(pool, "ASK {}") == b"true"


def test_the_pool_tells_how_busy_it_is(open_pool: OpenPool) -> None:
    pool = open_pool(workers=2)
    assert eventually(lambda: pool.load() == Load(2, 0, 0, {}))
    with ThreadPoolExecutor(3) as threads:
        asked = [threads.submit(ask, pool, ENDLESS, 0.5) for _ in range(3)]
        assert eventually(lambda: pool.load() == Load(2, 2, 1, {}))
        for future in asked:
            assert isinstance(future.exception(), QueryTimeoutError | BusyError)
    assert eventually(lambda: pool.load().ended.get("timeout", 0) >= 2)
