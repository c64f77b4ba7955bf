"""The engine over another store: what goes wrong there is told, bounded, and leaves nothing open."""

import base64
import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest

import scripted
from mlroles import vocab
from mlroles.config import settings
from mlroles.engine.departure import Departure
from mlroles.engine.opening import open_engine
from mlroles.engine.remote import RemoteEngine
from mlroles.errors import (
    BusyError,
    NotAcceptableError,
    QuerySyntaxError,
    SettingError,
    StoreFailedError,
    StoreTimeoutError,
)
from mlroles.store import QueryRequest
from mlroles.store.asking import AskedStore
from mlroles.store.exchange import Address
from observing import eventually
from scripted import Handler, Store

SELECT = QueryRequest("SELECT ?n WHERE { ?s ?p ?n }", "text/csv")


@pytest.fixture
def store() -> Iterator[Store]:
    with scripted.store() as running:
        yield running


class Open:
    """Opens engines over a store, and closes them at the end."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def __call__(
        self, store: Store, credentials: tuple[str, str] | None = None, **given: Any
    ) -> RemoteEngine:
        """Return an engine over the store."""
        chosen = settings({"timeout": 2.0, "workers": 2, **given})
        asked = AskedStore(Address(store.address, credentials))
        return self._stack.enter_context(RemoteEngine(asked, chosen))


@pytest.fixture
def opened() -> Iterator[Open]:
    with ExitStack() as stack:
        yield Open(stack)


def ask(
    engine: RemoteEngine, request: QueryRequest = SELECT, timeout: float | None = None
) -> bytes:
    return b"".join(engine.run(request, timeout).chunks)


def test_an_answer_comes_as_it_would_of_our_own_store(store: Store, opened: Open) -> None:
    store.behave = lambda handler: handler.reply(scripted.rows(2))
    engine = opened(store)
    expected = {
        "text/csv": b"n\r\n%030d\r\n%030d\r\n",
        "text/tab-separated-values": b'?n\n"%030d"\n"%030d"\n',
    }
    for media, text in expected.items():
        assert ask(engine, QueryRequest(SELECT.text, media)) == text % (0, 1)
    with pytest.raises(NotAcceptableError):
        ask(engine, QueryRequest(SELECT.text, "text/turtle"))


def test_a_query_without_a_dataset_is_asked_of_our_graphs(store: Store, opened: Open) -> None:
    engine = opened(store)
    ours = [vocab.ASSERTED, vocab.INFERRED]
    ask(engine)
    assert store.forms[-1]["default-graph-uri"] == ours
    assert store.forms[-1]["named-graph-uri"] == ours
    ask(engine, QueryRequest(SELECT.text, "text/csv", default_graphs=("urn:a",)))
    assert store.forms[-1]["default-graph-uri"] == ["urn:a"]
    assert "named-graph-uri" not in store.forms[-1]
    ask(engine, QueryRequest("SELECT * FROM <urn:a> WHERE { ?s ?p ?o }", "text/csv"))
    assert set(store.forms[-1]) == {"query"}


FAILURES = {
    "its fault": (
        lambda handler: handler.reply(b"Undefined procedure.\nSELECT secret", 500),
        StoreFailedError,
        "status 500: Undefined procedure.",
    ),
    "a page": (
        lambda handler: handler.reply(b"<html>Nginx</html>", 502, Content_Type="text/html"),
        StoreFailedError,
        "status 502: it says no more",
    ),
    "a page for an answer": (
        lambda handler: handler.reply(b"<html>Hello</html>", Content_Type="text/html"),
        StoreFailedError,
        "cannot be read",
    ),
    "half of an answer": (
        lambda handler: handler.reply(scripted.rows(9)[:-9]),
        StoreFailedError,
        "cannot be read",
    ),
    "too few bytes": (
        lambda handler: (handler.begin(), handler.wfile.write(scripted.rows(9)[:99])),
        StoreFailedError,
        "cannot be read",
    ),
    "another place": (
        lambda handler: handler.reply(b"", 302, Location="http://example.org/"),
        StoreFailedError,
        "status 302",
    ),
    "a syntax that it does not know": (
        lambda handler: handler.reply(b"Error SP030: syntax error at '}'\nSELECT", 400),
        QuerySyntaxError,
        "rejects the query: Error SP030: syntax error at '}'",
    ),
    "too much to do": (
        lambda handler: handler.reply(b"", 503, Retry_After="7"),
        BusyError,
        "is busy",
    ),
    "no entrance": (
        lambda handler: handler.reply(b"", 401, WWW_Authenticate='Basic realm="x"'),
        StoreFailedError,
        "does not let this server in",
    ),
    "its own deadline": (
        lambda handler: handler.reply(b"Query timed out", 503),
        StoreTimeoutError,
        "did not answer within",
    ),
    "a part that Virtuoso found in time": (
        lambda handler: handler.reply(scripted.rows(1), X_SQL_State="S1TAT"),
        StoreTimeoutError,
        "did not answer within",
    ),
    "rows cut by Virtuoso": (
        lambda handler: handler.reply(scripted.rows(1), X_SPARQL_MaxRows="100"),
        StoreFailedError,
        "no more than 100 rows",
    ),
    "silence": (lambda _: time.sleep(1), StoreTimeoutError, "within 0.3 seconds"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_each_failure_is_told_for_what_it_is(
    case: str, store: Store, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    store.behave, kind, told = FAILURES[case]
    caplog.set_level(logging.WARNING)
    engine = opened(store, ("user", "hush-hush"))
    with pytest.raises(kind, match=told) as caught:
        ask(engine, timeout=0.3)
    said = f"{caught.value} {caught.value.extra} {caplog.text}"
    assert "hush-hush" not in said
    assert base64.b64encode(b"user:hush-hush").decode() not in said
    store.behave = lambda handler: handler.reply(scripted.rows(1))
    assert ask(engine).count(b"\n") == 2  # the next query is answered


def test_who_trickles_is_too_slow_as_well(store: Store, opened: Open) -> None:
    def trickle(handler: Handler) -> None:
        handler.begin()
        for byte in scripted.rows(9):
            handler.wfile.write(bytes([byte]))
            time.sleep(0.05)

    store.behave = trickle
    begun = time.monotonic()
    with pytest.raises(StoreTimeoutError):
        ask(opened(store), timeout=0.4)
    assert time.monotonic() - begun < 1


def test_an_answer_that_breaks_off_later_is_not_taken_for_whole(store: Store, opened: Open) -> None:
    def break_off(handler: Handler) -> None:
        handler.begin()
        handler.wfile.write(scripted.rows(10_000)[:-1000])

    store.behave = break_off
    answer = opened(store).run(SELECT)
    with pytest.raises(StoreFailedError):
        list(answer.chunks)


def test_a_store_that_is_not_there_is_told_at_once_and_later(opened: Open) -> None:
    with scripted.store() as store:
        engine = opened(store)
        address = store.address
    with pytest.raises(StoreFailedError, match="cannot be reached"):
        ask(engine)
    with pytest.raises(StoreFailedError, match="cannot be reached"):
        open_engine(settings({"store": address}))
    with pytest.raises(SettingError, match="holds a user or a password") as caught:
        open_engine(settings({"store": "http://user:secret@127.0.0.1/sparql"}))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "challenge",
    ['Basic realm="store"', 'Digest realm="store", qop="auth", nonce="abc", algorithm=MD5'],
)
def test_credentials_are_sent_to_who_asks_and_then_at_once(
    challenge: str, store: Store, opened: Open
) -> None:
    seen: list[str] = []

    def guard(handler: Handler) -> None:
        given = handler.headers["Authorization"] or ""
        seen.append(given)
        if given.startswith(challenge.split(maxsplit=1)[0]):
            handler.reply(scripted.rows(1))
        else:
            handler.reply(b"", 401, WWW_Authenticate=challenge)

    store.behave = guard
    engine = opened(store, ("user", "secret"))
    for _ in range(3):
        ask(engine)
    assert seen[0] == ""
    assert len(seen) == 4
    assert "secret" not in "".join(seen)
    assert len(set(seen)) == (2 if challenge.startswith("Basic") else 4)  # a digest is for once


def test_connections_are_kept_and_replaced_when_the_store_has_closed_them(
    store: Store, opened: Open
) -> None:
    engine = opened(store)
    for _ in range(5):
        ask(engine)
    assert store.connections == 1

    def once(handler: Handler) -> None:
        handler.reply(scripted.rows(1))
        handler.close_connection = True

    store.behave = once
    for _ in range(3):
        assert ask(engine).count(b"\n") == 2


def test_a_client_that_leaves_ends_the_work_in_the_store(
    store: Store, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    left, began = threading.Event(), threading.Event()

    def wait(handler: Handler) -> None:
        began.set()
        if not handler.connection.recv(1):
            left.set()

    store.behave = wait
    engine, departure = opened(store, workers=1, timeout=20.0), Departure()
    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(engine.run, SELECT, None, departure)
        assert began.wait(3)
        departure.happen()
        assert isinstance(asking.exception(3), StoreFailedError)
    assert left.wait(3)
    assert not caplog.records
    store.behave = lambda handler: handler.reply(scripted.rows(1))
    assert ask(engine)


@pytest.mark.slow
def test_an_answer_left_half_way_ends_the_work_and_is_never_held_whole(
    store: Store, opened: Open
) -> None:
    sent: list[int] = []
    body = scripted.rows(1_000_000)

    def pour(handler: Handler) -> None:
        handler.begin()
        for place in range(0, len(body), 1 << 16):
            handler.wfile.write(body[place : place + (1 << 16)])
            sent.append(place)

    store.behave = pour
    answer = opened(store).run(SELECT)
    next(answer.chunks)
    time.sleep(0.3)
    # What is under way: four chunks of ours, and what the two sockets hold.
    assert sent[-1] < 10_000_000 < len(body)
    answer.close()
    assert eventually(lambda: threading.active_count() < 20)


def test_so_many_at_a_time_and_so_many_wait(store: Store, opened: Open) -> None:
    free = threading.Event()

    def wait(handler: Handler) -> None:
        free.wait(5)
        handler.reply(scripted.rows(1))

    store.behave = wait
    engine = opened(store, workers=1, queue=1)
    with ThreadPoolExecutor(2) as threads:
        asking = [threads.submit(ask, engine) for _ in range(2)]
        time.sleep(0.2)
        with pytest.raises(BusyError, match="queries wait already"):
            ask(engine)
        free.set()
        assert [future.result(3).count(b"\n") for future in asking] == [2, 2]


def test_closing_tells_those_under_way(store: Store, opened: Open) -> None:
    store.behave = lambda _: time.sleep(3)
    engine = opened(store)
    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(ask, engine)
        time.sleep(0.2)
        engine.close()
        assert isinstance(asking.exception(1), BusyError)
    with pytest.raises(BusyError, match="shutting down"):
        ask(engine)
