"""Answers that are kept: the same for every client, told by a tag, compressed for those who can."""

import zlib
from urllib.parse import urlencode

import brotli
import pytest

from talking import LARGE, Client

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
