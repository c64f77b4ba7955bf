"""Answers that are kept: the same for every client, told by a tag, compressed for those who can."""

import http.client
import time
import zlib
from urllib.parse import urlencode

import brotli
import pytest

from talking import ENDLESS, LARGE, Client, path

ROLES = "SELECT * { ?role a <https://w3id.org/mlroles/ontology#Role> ; ?p ?o } LIMIT 20"
CODINGS = {"br": brotli.decompress, "gzip": lambda body: zlib.decompress(body, 31)}


def get(client: Client, query: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    path = f"/sparql?{urlencode({'query': query})}"
    return client.exchange(f"GET {path} HTTP/1.1\r\nHost: x\r\n{lines}\r\n".encode())


def test_a_second_client_gets_the_kept_answer(client: Client) -> None:
    status, first, body = get(client, f"{ROLES} # kept")
    again = get(client, f"{ROLES} # kept")
    assert (status, again[0], again[2]) == (200, 200, body)
    assert "query;dur=" in first["server-timing"]
    assert again[1]["server-timing"] == "cache;desc=hit"
    assert again[1]["etag"] == first["etag"]
    assert again[1]["cache-control"] == "public, max-age=0, must-revalidate"


def test_a_client_that_has_the_answer_is_told_so(client: Client) -> None:
    tag = get(client, ROLES)[1]["etag"]
    status, headers, body = get(client, ROLES, If_None_Match=f'"other", W/{tag}')
    assert (status, body) == (304, b"")
    assert headers["etag"] == tag
    assert "content-type" not in headers
    assert get(client, ROLES, If_None_Match=tag, Accept="text/csv")[0] == 200


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("query", [ROLES, LARGE.replace("300000", "3000")], ids=["whole", "stream"])
def test_an_answer_is_compressed_for_those_who_can(client: Client, query: str, coding: str) -> None:
    plain = get(client, query)[2]
    for _ in range(2):  # made, and kept
        status, headers, body = get(client, query, Accept_Encoding=f"{coding}, identity;q=0.5")
        assert status == 200
        assert headers["content-encoding"] == coding
        assert headers["vary"] == "Accept, Accept-Encoding"
        assert CODINGS[coding](body) == plain
        assert len(body) < len(plain) / 2
    assert headers["etag"] != get(client, query)[1]["etag"]


def test_a_small_answer_is_left_as_it_is(client: Client) -> None:
    assert "content-encoding" not in get(client, "ASK {}", Accept_Encoding="gzip")[1]


@pytest.mark.parametrize("volatile", ["NOW()", "rand()", "STRUUID()", "UUID()"])
def test_what_differs_each_time_is_not_kept(client: Client, volatile: str) -> None:
    query = f"SELECT ({volatile} AS ?it) {{}}"
    first, again = get(client, query), get(client, query)
    assert first[2] != again[2]
    assert again[1]["cache-control"] == "no-store"
    assert "etag" not in again[1]


def test_an_error_is_not_kept(client: Client) -> None:
    for _ in range(2):
        status, headers, _body = get(client, "SELECT")
        assert status == 400
        assert headers["cache-control"] == "no-store"


def test_a_head_request_has_the_length_of_what_is_kept(client: Client) -> None:
    body = get(client, ROLES)[2]
    path = f"/sparql?{urlencode({'query': ROLES})}"
    status, headers, nothing = client.exchange(
        f"HEAD {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), head=True
    )
    assert (status, nothing) == (200, b"")
    assert int(headers["content-length"]) == len(body)


def test_however_it_is_asked_for_an_answer_is_made_once(client: Client) -> None:
    query = f"{ROLES} # in many ways"
    asked, quoted = query.encode(), urlencode({"query": query})
    tag = get(client, query, Accept="text/csv")[1]["etag"]
    kind, form = "application/sparql-query", "application/x-www-form-urlencoded"
    for head, body in (
        (f"GET /sparql.csv?{quoted} HTTP/1.1\r\nHost: elsewhere.example\r\n", b""),
        (f"GET /sparql?{quoted}&format=csv&timeout=3 HTTP/1.1\r\nHost: x\r\n", b""),
        (f"GET /sparql?{quoted} HTTP/1.1\r\nHost: x\r\nAccept: text/csv;q=0.9, */*;q=0.1\r\n", b""),
        (f"POST /sparql?format=csv HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n", asked),
        (f"POST /sparql.csv HTTP/1.1\r\nHost: x\r\nContent-Type: {form}\r\n", quoted.encode()),
    ):
        sent = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        status, headers, _ = client.exchange(sent)
        assert status == 200
        assert headers["content-type"].startswith("text/csv")
        assert headers["server-timing"] == "cache;desc=hit"
        assert headers["etag"] == tag


def test_other_graphs_and_other_formats_are_other_answers(client: Client) -> None:
    graph = "https://w3id.org/mlroles/graph/asserted"
    query = urlencode({"query": ROLES})
    tags = {
        client.exchange(f"GET /sparql?{query}{more} HTTP/1.1\r\nHost: x\r\n\r\n".encode())[1][
            "etag"
        ]
        for more in (
            *("", "&format=xml", "&format=tsv"),
            *(f"&default-graph-uri={graph}", f"&named-graph-uri={graph}"),
        )
    }
    assert len(tags) == 5


def test_a_large_answer_has_a_tag_and_needs_no_worker_for_who_has_it(client: Client) -> None:
    query = f"{LARGE} # tag"
    with client.begin(query) as link:
        head = link.recv(4096).decode("latin-1").lower()
    tag = head.partition("etag: ")[2].partition("\r\n")[0]
    assert get(client, query, If_None_Match=tag)[0] == 304
    with client.begin(ENDLESS):  # the one worker is busy
        time.sleep(0.3)
        begun = time.monotonic()
        assert get(client, query, If_None_Match=tag, Accept="*/*")[0] == 304
        assert time.monotonic() - begun < 1


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_condition_holds_for_what_only_reads(client: Client, method: str) -> None:
    for target in (path(ROLES), "/static/style.css", "/context.jsonld"):
        head = f"{method} {target} HTTP/1.1\r\nHost: {method}\r\n"
        tag = client.exchange(f"{head}\r\n".encode(), head=method == "HEAD")[1]["etag"]
        for _ in range(2):
            status, headers, _body = client.exchange(f"{head}If-None-Match: {tag}\r\n\r\n".encode())
            assert (status, headers["etag"]) == (304, tag)


def test_a_condition_holds_for_no_post(client: Client) -> None:
    tag = get(client, ROLES)[1]["etag"]
    body = ROLES.encode()
    sent = (
        "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        f"If-None-Match: {tag}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    for _ in range(2):
        assert client.exchange(sent)[0] == 200


def test_a_static_file_has_one_tag_and_comes_whole(client: Client) -> None:
    for more in ("", "Range: bytes=0-9\r\n", "Range: bytes=0-9\r\n"):
        head = f"GET /static/style.css HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode()
        with client.connect() as link:
            link.sendall(head)
            response = http.client.HTTPResponse(link)
            response.begin()
            assert response.status == 200
            assert len(response.headers.get_all("ETag") or []) == 1
            assert response.headers["Accept-Ranges"] is None
            assert len(response.read()) > 1000


def test_a_compressed_body_is_refused_whatever_is_kept(client: Client) -> None:
    body = b"ASK {} # plain"
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    end = f"Content-Length: {len(body)}\r\n\r\n"
    assert client.exchange(f"{head}{end}".encode() + body)[0] == 200
    coded = f"{head}Content-Encoding: gzip\r\n{end}".encode() + body
    assert client.exchange(coded)[0] == 415


def test_what_makes_blank_nodes_has_no_name(client: Client) -> None:
    query = "CONSTRUCT { [] a ?c } { ?s a ?c } LIMIT 3"
    assert get(client, query)[1]["etag"] == get(client, query)[1]["etag"]  # of what is kept
    other = get(client, query, Accept="text/turtle")
    assert other[1]["server-timing"] != "cache;desc=hit"


def test_the_options_of_a_resource_have_no_tag_and_are_not_kept(client: Client) -> None:
    _, headers, _ = client.exchange(b"OPTIONS /sparql HTTP/1.1\r\nHost: x\r\n\r\n")
    assert "etag" not in headers
    assert headers["cache-control"] == "no-store"
    assert headers["allow"] == "GET, HEAD, OPTIONS, POST, QUERY"
