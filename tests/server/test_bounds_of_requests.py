"""What a request may be: its head, its body, and the time that they take."""

import json
import time
from contextlib import ExitStack

import pytest

from talking import LARGE, SMALL, Client

#: As many as the design asks for.
SLOW = 40


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(b"GET /" + b"q" * 300_000 + b" HTTP/1.1\r\n", 414, id="a long address"),
        pytest.param(
            b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: " + b"a" * 400_000, 431, id="a long header"
        ),
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n", 400, id="no header"),
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00", 400, id="TLS"),
    ],
)
def test_a_head_that_cannot_be_taken_is_told(client: Client, sent: bytes, status: int) -> None:
    found, headers, body = client.exchange(sent)
    assert found == status
    assert headers["content-type"] == "application/problem+json"
    assert headers["connection"] == "close"
    assert json.loads(body)["status"] == status


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"Content-Length: 100001\r\n\r\n", id="declared"),
        pytest.param(
            b"Transfer-Encoding: chunked\r\n\r\n" + b"10000\r\n" + b" " * 65_536 + b"\r\n"
            b"10000\r\n" + b" " * 65_536 + b"\r\n",
            id="chunked",
        ),
    ],
)
def test_a_body_over_the_limit_is_refused_before_it_is_whole(client: Client, sent: bytes) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    status, headers, body = client.exchange(head + sent)
    assert status == 413
    assert headers["connection"] == "close"
    assert json.loads(body)["limit"] == 100_000


def test_requests_sent_together_are_answered_in_their_order(client: Client) -> None:
    with client.connect() as link:
        link.sendall(
            b"".join(b"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n" % p for p in (b"health", b"no"))
        )
        said = b""
        while b"/no" not in said and b"not-found" not in said:
            piece = link.recv(65_536)
            assert piece
            said += piece
    assert said.index(b"HTTP/1.1 200 ") < said.index(b"HTTP/1.1 404 ")


@pytest.mark.slow
@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"GET /sparql HTTP/1.1\r\nHost: x\r\n", id="heads"),
        pytest.param(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nASK", id="bodies"
        ),
    ],
)
def test_clients_that_send_slowly_hold_up_nobody(client: Client, sent: bytes) -> None:
    with ExitStack() as stack:
        for _ in range(SLOW):
            stack.enter_context(client.connect()).sendall(sent)
        time.sleep(0.5)
        assert client.ask(SMALL, timeout=5)[0] == 200


@pytest.mark.slow
def test_clients_that_read_slowly_hold_up_nobody(client: Client) -> None:
    few = LARGE.replace("300000", "20000")  # what the server takes off a worker's hands
    with ExitStack() as stack:
        for _ in range(SLOW // 2):
            stack.enter_context(client.begin(few))
        assert client.ask(SMALL, timeout=20)[0] == 200
