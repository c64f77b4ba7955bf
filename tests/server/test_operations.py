"""What an operator sees: names of requests, log, metrics; and what a proxy and a quota do."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from prometheus_client.parser import text_string_to_metric_families

from serving import serving
from talking import ENDLESS, SMALL, Client, path

MINUTE = 6
AT_ONCE = 2


class Operated(NamedTuple):
    """A server behind one proxy, with quotas, and its log."""

    client: Client
    log: Path

    def get(self, target: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body; each caller is a client of its own."""
        lines = "".join(f"{name.replace('_', '-')}: {it}\r\n" for name, it in headers.items())
        return self.client.exchange(f"GET {target} HTTP/1.1\r\nHost: x\r\n{lines}\r\n".encode())

    def logged(self, name: str) -> dict[str, Any]:
        """Return the line of a request, which is written just after its answer."""
        patience = time.monotonic() + 5
        while time.monotonic() < patience:
            lines = [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]
            found = [line for line in lines if line["request"] == name]
            if found:
                return dict(found[0])
            time.sleep(0.01)
        raise AssertionError(name)

    def metric(self, name: str, **labels: str) -> float:
        """Return the value of a metric."""
        text = self.get("/metrics")[2].decode()
        samples = [s for it in text_string_to_metric_families(text) for s in it.samples]
        return sum(
            sample.value
            for sample in samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )


@pytest.fixture(scope="module")
def operated(closures: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operated]:
    place = tmp_path_factory.mktemp("operated")
    environment = {
        "MLROLES_CACHE_DIR": str(closures),
        "MLROLES_PROXIES": "1",
        "MLROLES_ACCESS_LOG": "access.log",
        "MLROLES_CLIENT_MINUTE": f"{MINUTE}",
        "MLROLES_CLIENT_REQUESTS": f"{AT_ONCE}",
    }
    with serving(f"exec {sys.executable} -m mlroles serve", place, environment) as found:
        yield Operated(Client(urlsplit(found.address).port or 0), place / "access.log")


def test_a_request_has_a_name_in_answer_log_and_problem(operated: Operated) -> None:
    status, headers, body = operated.get(path("SELEC"), X_Forwarded_For="10.0.0.1")
    name = headers["x-request-id"]
    assert status == 400
    assert json.loads(body)["request"] == name
    line = operated.logged(name)
    assert line["status"] == 400
    assert line["query"] == "SELEC"
    assert line["client"] == "10.0.0.1"
    assert line["bytes"] == len(body)


@pytest.mark.parametrize(
    ("given", "taken"), [("trace-1.a", True), ("a b", False), ("x" * 101, False), ("é", False)]
)
def test_a_sound_name_that_a_client_gives_is_kept(
    operated: Operated, given: str, taken: bool
) -> None:
    headers = operated.get("/health", X_Request_Id=given)[1]
    assert (headers["x-request-id"] == given) is taken


def test_a_query_is_logged_escaped_and_cut_and_no_secret_is(operated: Operated) -> None:
    query = f'ASK {{}} # "\n\x1b[31m{"x" * 2000}'
    secrets = {"Authorization": "Basic hush", "Cookie": "hush=1", "X_Forwarded_For": "10.0.0.2"}
    _, headers, _ = operated.get(f"{path(query)}&token=hush", **secrets)
    line = operated.logged(headers["x-request-id"])
    assert line["query"] == query[:1000]
    written = operated.log.read_text("utf-8")
    assert "\x1b" not in written
    assert "hush" not in written


@pytest.mark.parametrize(
    ("target", "kind", "body"),
    [
        ("/team", "text/turtle", "<urn:hush> <urn:hush> 'hush' ."),
        ("/team", "multipart/form-data; boundary=b", '--b\r\nname="f"\r\n\r\nhush\r\n--b--'),
        ("/team", "application/x-www-form-urlencoded", "query=hush&member=hush"),
        ("/sparql", "application/x-www-form-urlencoded", "query=ASK+%7B%7D&password=hush"),
        ("/sparql", "text/plain", "hush"),
        ("/sparql", "multipart/form-data; boundary=b", "hush"),
        ("/nowhere?query=hush", "application/sparql-query", "hush"),
    ],
)
def test_no_body_but_a_query_is_logged(
    operated: Operated, target: str, kind: str, body: str
) -> None:
    sent = (
        f"POST {target} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n"
        f"X-Forwarded-For: 10.1.{len(body)}.{len(kind)}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    )
    _, headers, _ = operated.client.exchange(sent.encode())
    line = operated.logged(headers["x-request-id"])
    assert "hush" not in json.dumps(line)
    assert ("query" in line) is ("ASK" in body)


def test_an_answer_that_nobody_hears_is_logged_and_counted_apart(operated: Operated) -> None:
    left = operated.metric("mlroles_answers_total", outcome="left")
    whole = operated.metric("mlroles_answers_total", outcome="whole")
    head = f"GET {path(ENDLESS)} HTTP/1.1\r\nHost: x\r\nX-Request-Id: leaver\r\n"
    with operated.client.connect() as link:
        link.sendall(f"{head}X-Forwarded-For: 10.0.0.11\r\n\r\n".encode())
        time.sleep(0.3)
    assert operated.logged("leaver")["outcome"] == "left"
    assert operated.metric("mlroles_answers_total", outcome="left") == left + 1
    assert operated.metric("mlroles_answers_total", outcome="whole") > whole


def test_what_was_no_request_is_logged_too(operated: Operated) -> None:
    _, headers, body = operated.client.exchange(b"GET / HTTP/1.1\r\nno header\r\n\r\n")
    assert json.loads(body)["request"] == headers["x-request-id"]
    assert operated.logged(headers["x-request-id"])["status"] == 400


def test_metrics_count_requests_answers_that_were_kept_and_workers(operated: Operated) -> None:
    requests = {"route": "/sparql", "method": "GET", "status": "200"}
    before = operated.metric("mlroles_requests_total", **requests)
    hits = operated.metric("mlroles_cache_lookups_total", result="hit")
    for _ in range(3):
        operated.get(path("ASK {} # metrics"), X_Forwarded_For="10.0.0.3")
    assert operated.metric("mlroles_requests_total", **requests) >= before + 2
    assert operated.metric("mlroles_cache_lookups_total", result="hit") == hits + 2
    assert operated.metric("mlroles_request_seconds_count", route="/sparql") >= 3
    assert operated.metric("mlroles_workers") >= 2
    assert operated.metric("mlroles_triples", graph="asserted") > 3000
    assert operated.metric("mlroles_queue_length") == 0
    operated.get(f"{path(ENDLESS)}&timeout=0.2", X_Forwarded_For="10.0.0.3")
    assert operated.metric("mlroles_workers_ended_total", cause="timeout") >= 1


def test_a_path_that_nobody_knows_makes_no_metric_of_its_own(operated: Operated) -> None:
    operated.get("/guessed/by/somebody", X_Forwarded_For="10.0.0.4")
    assert b"guessed" not in operated.get("/metrics")[2]


def test_links_are_those_of_the_proxy(operated: Operated) -> None:
    forwarded = {
        "X_Forwarded_Proto": "https",
        "X_Forwarded_Host": "example.org",
        "X_Forwarded_Prefix": "/ml",
        "X_Forwarded_For": "10.0.0.5",
    }
    _, _, body = operated.get("/queries", **forwarded)
    assert json.loads(body)[0]["url"].startswith("https://example.org/ml/queries/")
    _, _, page = operated.get("/", Accept="text/html", **forwarded)
    assert b'href="/ml/sparql"' in page
    assert b'href="/s' not in page
    _, _, plain = operated.get("/queries", X_Forwarded_For="10.0.0.5")
    assert json.loads(plain)[0]["url"].startswith("http://x/queries/")


@pytest.mark.parametrize("unsound", ['/"><script>', "//evil.example", "ml", "/a b"])
def test_a_prefix_that_is_none_is_left_out(operated: Operated, unsound: str) -> None:
    headers = {"X_Forwarded_Prefix": unsound, "X_Forwarded_For": f"10.0.1.{len(unsound)}"}
    _, _, body = operated.get("/queries", **headers)
    assert json.loads(body)[0]["url"].startswith("http://x/queries/")


def test_a_client_has_so_many_requests_in_a_minute_and_others_are_not_touched(
    operated: Operated,
) -> None:
    def ask(client: str) -> tuple[int, dict[str, str], bytes]:
        return operated.get(path(SMALL), X_Forwarded_For=f"1.1.1.1, {client}")

    assert [ask("10.0.0.6")[0] for _ in range(MINUTE + 1)] == [*[200] * MINUTE, 429]
    status, headers, body = ask("10.0.0.6")
    problem = json.loads(body)
    assert status == 429
    assert problem["limit"] == MINUTE
    assert "in a minute" in problem["detail"]
    assert int(headers["retry-after"]) == problem["retry_after"] == 10
    assert ask("10.0.0.7")[0] == 200
    assert operated.get("/health", X_Forwarded_For="10.0.0.6")[0] == 200
    status, headers, page = operated.get("/", X_Forwarded_For="10.0.0.6", Accept="text/html")
    assert (status, headers["content-type"]) == (429, "text/html; charset=utf-8")
    assert headers["x-request-id"] in page.decode()


def test_a_client_has_so_many_requests_at_the_same_time(operated: Operated) -> None:
    head = f"GET {path(ENDLESS)} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.0.0.8\r\n\r\n"
    links = [operated.client.connect() for _ in range(AT_ONCE)]
    try:
        for link in links:
            link.sendall(head.encode())
        for _ in range(50):
            status, _, body = operated.get("/queries", X_Forwarded_For="10.0.0.8")
            if status == 429:
                break
        assert status == 429
        assert json.loads(body)["limit"] in {AT_ONCE, MINUTE}
    finally:
        for link in links:
            link.close()
    assert operated.get("/queries", X_Forwarded_For="10.0.0.9")[0] == 200
