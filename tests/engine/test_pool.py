"""The pool: answers, errors, timings, the queue, and starting and ending."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mlroles.config import settings
from mlroles.engine.pool import Pool
from mlroles.errors import (
    BusyError,
    KnowledgeError,
    MlrolesError,
    NotAcceptableError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from mlroles.store import QueryRequest
from mlroles.store.oxigraph import OxigraphStore
from observing import TRIPLES, E, OpenPool, ask, children, open_store, workers

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_a_query_is_answered_in_its_media_type(pool: Pool) -> None:
    answer = pool.run(QueryRequest(COUNT, "text/csv"))
    assert b"".join(answer.chunks) == f"n\r\n{TRIPLES}\r\n".encode()
    assert answer.media_type == "text/csv"


def test_the_dataset_and_base_reach_the_store(pool: Pool) -> None:
    request = QueryRequest("ASK { <s1> ?p ?o }", "text/csv", base=E)
    assert b"".join(pool.run(request).chunks) == b"true"
    elsewhere = QueryRequest(request.text, "text/csv", E, ("http://example.org/none",), ("urn:x",))
    assert b"".join(pool.run(elsewhere).chunks) == b"false"


def test_timings_are_milliseconds(pool: Pool) -> None:
    begun = time.monotonic()
    timings = pool.run(QueryRequest(COUNT, "text/csv")).timings
    assert set(timings) == {"queue", "query"}
    assert 0 < timings["query"] < (time.monotonic() - begun) * 1000
    assert timings["queue"] >= 0


def test_a_syntax_error_arrives_with_its_place(pool: Pool) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        pool.run(QueryRequest("SELECT ?s\nWHERE { ?s ?p }", "text/csv"))
    assert (caught.value.line, caught.value.column) == (2, 15)
    assert ask(pool, "ASK {}") == b"true"


def test_an_error_of_the_store_costs_no_worker(pool: Pool) -> None:
    ask(pool, "ASK {}")
    before = workers(pool)
    for _ in range(5):
        with pytest.raises(NotAcceptableError):
            pool.run(QueryRequest("ASK {}", "text/turtle"))
    assert workers(pool) == before


def test_a_text_that_is_no_unicode_is_a_syntax_error(pool: Pool) -> None:
    with pytest.raises(QuerySyntaxError):
        pool.run(QueryRequest("SELECT '\ud800'", "text/csv"))


def test_an_error_half_way_raises_from_the_chunks(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1)
    text = (
        "CONSTRUCT { ?s ?q ?o } WHERE { ?s ?p ?o . ?a ?b ?s"
        " BIND(IRI(IF(?o = <http://example.org/s1>, 'http://e/1', STR(?p))) AS ?q) }"
    )
    answer = pool.run(QueryRequest(text, "application/rdf+xml"))
    with pytest.raises(NotAcceptableError):
        list(answer.chunks)
    assert ask(pool, "ASK {}") == b"true"


def test_many_threads_ask_at_once(pool: Pool) -> None:
    def asking(n: int) -> bytes:
        return ask(pool, f"SELECT ?o WHERE {{ <{E}s{n}> <{E}p{n % 5}> ?o }}")

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(asking, range(400)))
    assert answers == [f"o\r\n{E}s{(7 * n + 1) % TRIPLES}\r\n".encode() for n in range(400)]


def test_a_client_may_ask_for_less_time_but_not_for_more(open_pool: OpenPool) -> None:
    pool = open_pool(timeout=0.4)
    for asked, given in ((0.2, 0.2), (60.0, 0.4), (None, 0.4)):
        begun = time.monotonic()
        with pytest.raises(QueryTimeoutError) as caught:
            ask(pool, ENDLESS, asked)
        assert caught.value.extra["limit"] == given
        assert given <= time.monotonic() - begun < given + 0.3


def test_a_full_queue_is_told_at_once(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1, queue=2, timeout=2.0)
    with ThreadPoolExecutor(3) as threads:
        running = [threads.submit(ask, pool, ENDLESS, 1.0) for _ in range(3)]
        time.sleep(0.3)
        begun = time.monotonic()
        with pytest.raises(BusyError) as caught:
            ask(pool, "ASK {}")
        assert time.monotonic() - begun < 0.1
        assert caught.value.extra["retry_after"] == 1
        for future in running:
            assert isinstance(future.exception(), QueryTimeoutError | BusyError)
    assert ask(pool, "ASK {}") == b"true"


def test_waiting_counts_against_the_deadline(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1)
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(ask, pool, ENDLESS, 1.0)
        time.sleep(0.2)
        begun = time.monotonic()
        with pytest.raises(BusyError, match="No worker came free"):
            ask(pool, "ASK {}", 0.3)
        assert 0.25 < time.monotonic() - begun < 0.5
        assert isinstance(running.exception(), QueryTimeoutError)


def test_who_waits_is_served_in_order_of_arrival(open_pool: OpenPool) -> None:
    pool = open_pool(workers=1)
    served: list[int] = []

    def asking(n: int) -> None:
        ask(pool, "ASK {}")
        served.append(n)

    with ThreadPoolExecutor(6) as threads:
        threads.submit(ask, pool, ENDLESS, 0.5)
        for n in range(5):
            time.sleep(0.03)
            threads.submit(asking, n)
    assert served == [0, 1, 2, 3, 4]


# ---- starting and ending


def _raise_knowledge_error() -> OxigraphStore:
    raise KnowledgeError("A is not B.", "Mend it.", Path("data/x.ttl"), 3, 4)


def _raise_value_error() -> OxigraphStore:
    raise ValueError("no such thing")


def test_a_store_that_cannot_open_is_told_as_it_was() -> None:
    with pytest.raises(KnowledgeError) as caught:
        Pool(_raise_knowledge_error, settings())
    assert caught.value == KnowledgeError("A is not B.", "Mend it.", Path("data/x.ttl"), 3, 4)


def test_a_fault_while_the_store_opens_is_an_error_of_ours(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(MlrolesError, match="could not be started"):
        Pool(_raise_value_error, settings())
    assert "ValueError: no such thing" in capfd.readouterr().err


def _open_forever() -> OxigraphStore:
    time.sleep(60)
    return open_store()


def _interrupt(*_: object) -> None:
    raise InterruptedError


def test_an_interrupt_while_the_store_opens_ends_its_process() -> None:
    before = children()
    former = signal.signal(signal.SIGUSR1, _interrupt)
    timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGUSR1))
    timer.start()
    try:
        with pytest.raises(InterruptedError):
            Pool(_open_forever, settings())
    finally:
        signal.signal(signal.SIGUSR1, former)
        timer.join()
    assert children() == before


def test_the_store_is_not_opened_in_the_server() -> None:
    opened: list[int] = []

    def opening() -> OxigraphStore:
        opened.append(1)
        return open_store()

    with Pool(opening, settings()) as pool:
        assert ask(pool, "ASK {}") == b"true"
    assert opened == []


def test_closing_ends_every_process_and_may_be_repeated() -> None:
    pool = Pool(open_store, settings({"workers": 3}))
    ask(pool, "ASK {}")
    processes = {pool.pid} | workers(pool)
    assert len(processes) == 4
    pool.close()
    pool.close()
    assert not any(Path(f"/proc/{process}").exists() for process in processes)


def test_a_closed_pool_is_busy() -> None:
    pool = Pool(open_store, settings())
    pool.close()
    with pytest.raises(BusyError, match="shutting down"):
        ask(pool, "ASK {}")


def test_closing_stops_queries_under_way() -> None:
    pool = Pool(open_store, settings({"workers": 1}))
    failures: list[BaseException] = []

    def asking() -> None:
        try:
            ask(pool, ENDLESS)
        except MlrolesError as error:
            failures.append(error)

    threads = [threading.Thread(target=asking) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    begun = time.monotonic()
    pool.close()
    for thread in threads:
        thread.join()
    assert time.monotonic() - begun < 1
    assert [type(failure) for failure in failures] == [BusyError] * 3


def test_two_pools_do_not_hold_each_other(open_pool: OpenPool) -> None:
    first, second = open_pool(), open_pool()
    assert ask(first, COUNT) == ask(second, COUNT)
    first.close()
    assert ask(second, "ASK {}") == b"true"
