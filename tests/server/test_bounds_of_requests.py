"""What a request may be: its head, its body, and the time that they take."""

import json
import time
from contextlib import ExitStack

import pytest

from talking import LARGE, SMALL, Client, path

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
    problem = json.loads(body)
    assert problem["status"] == status
    slug = problem["type"].removeprefix("https://w3id.org/mlroles")
    assert client.exchange(f"GET {slug} HTTP/1.1\r\nHost: x\r\n\r\n".encode())[0] == 200


@pytest.mark.parametrize("size", [65_536, 100_000, 262_000])
def test_an_address_that_is_too_long_is_told_its_limit(client: Client, size: int) -> None:
    start = b"GET /sparql?query="
    sent = start + b"x" * (size - len(start) + 4) + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    status, headers, body = client.exchange(sent)
    problem = json.loads(body)
    assert (status, problem["limit"]) == (414, 65_535)
    assert "POST" in problem["hint"]
    assert headers["content-type"] == "application/problem+json"


def test_the_longest_address_that_may_be_is_answered(client: Client) -> None:
    start = b"/sparql?query=ASK%7B%7D%23"
    sent = b"GET " + start + b"x" * (65_535 - len(start)) + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    assert client.exchange(sent)[0] == 200


@pytest.mark.parametrize(
    ("hosts", "status"),
    [
        *(
            (host, 200)
            for host in ("x", "a_b.example:80", "[::1]:8000", "127.0.0.1", "a.", "A-1.b")
        ),
        *((host, 400) for host in ("..", "", "a..b", "a b", "a/b", "a@b", "x:y", "é", "x" * 64)),
    ],
)
def test_a_host_names_one(client: Client, hosts: str, status: int) -> None:
    head = f"GET /queries HTTP/1.1\r\nHost: {hosts}\r\n\r\n".encode()
    found, _, body = client.exchange(head)
    assert found == status
    if status == 400:
        problem = json.loads(body)
        assert "Host" in problem["detail"]
        assert problem["request"]


@pytest.mark.parametrize("lines", ["", "Host: x\r\nHost: x\r\n"], ids=["none", "two"])
def test_there_is_one_host(client: Client, lines: str) -> None:
    status, headers, body = client.exchange(f"GET / HTTP/1.1\r\n{lines}\r\n".encode())
    assert (status, headers["connection"]) == (400, "close")
    assert "Host" in json.loads(body)["detail"]


def test_the_host_of_the_target_goes_before_the_header(client: Client) -> None:
    status, _, body = client.exchange(
        b"GET http://there.example:81/queries HTTP/1.1\r\nHost: here\r\n\r\n"
    )
    assert status == 200
    assert json.loads(body)[0]["url"].startswith("http://there.example:81/queries/")
    assert client.exchange(b"GET http://..  HTTP/1.1\r\nHost: here\r\n\r\n")[0] == 400
    assert client.exchange(b"OPTIONS * HTTP/1.1\r\nHost: here\r\n\r\n")[0] == 200


@pytest.mark.parametrize(
    ("coding", "status"), [("gzip", {400, 501}), ("gzip, chunked", {501}), ("identity", {400, 501})]
)
def test_a_transfer_coding_that_is_not_known_is_refused(
    client: Client, coding: str, status: set[int]
) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    sent = f"{head}Transfer-Encoding: {coding}\r\n\r\n6\r\nASK {{}}\r\n0\r\n\r\n".encode()
    assert client.exchange(sent)[0] in status


@pytest.mark.parametrize("query", [SMALL, LARGE.replace("300000", "3000")])
def test_an_old_client_gets_no_chunks(client: Client, query: str) -> None:
    with client.connect() as link:
        link.sendall(f"GET {path(query)} HTTP/1.0\r\n\r\n".encode())
        said = b""
        while piece := link.recv(1 << 16):
            said += piece
    head, _, body = said.partition(b"\r\n\r\n")
    assert b"transfer-encoding" not in head.lower()
    assert b"connection: close" in head.lower()
    assert isinstance(json.loads(body), dict)


def test_who_waits_for_a_word_to_go_on_is_refused_first(client: Client) -> None:
    with client.connect() as link:
        link.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 100001\r\nExpect: 100-continue\r\n\r\n"
        )
        assert link.recv(65_536).startswith(b"HTTP/1.1 413 ")
    with client.connect() as link:
        link.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 6\r\nExpect: 100-continue\r\n\r\n"
        )
        assert link.recv(65_536).startswith(b"HTTP/1.1 100 ")
        link.sendall(b"ASK {}")
        assert link.recv(65_536).startswith(b"HTTP/1.1 200 ")


def test_a_browser_gets_a_page_for_what_is_no_request(client: Client) -> None:
    status, headers, body = client.exchange(
        b"GET / HTTP/1.1\r\nHost: ..\r\nAccept: text/html\r\n\r\n"
    )
    assert (status, headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert headers["x-request-id"] in body.decode()
    assert "script-src 'self'" in headers["content-security-policy"]


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
