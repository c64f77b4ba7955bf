"""curl in each form of request that the protocol knows."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import peers
from questions import DUAL, ROLES, WHAT

Curl = Callable[..., str]
_ROWS = "\r\n".join(["role", *ROLES, ""])


@pytest.fixture
def curl(note: Callable[..., None]) -> Curl:
    """Return what runs curl and gives what it prints."""
    program = peers.need("curl", package="curl")

    def run(*arguments: str) -> str:
        ended = subprocess.run([program, "-s", *arguments], capture_output=True, check=True)
        said = ended.stdout.decode()
        note("curl " + " ".join(f"'{a}'" if " " in a else a for a in arguments), said)
        return said

    return run


def test_get(curl: Curl, endpoint: str) -> None:
    said = curl("-G", "-H", "Accept: text/csv", "--data-urlencode", f"query={DUAL}", endpoint)
    assert said == _ROWS


def test_post_of_a_form(curl: Curl, endpoint: str) -> None:
    assert curl("-H", "Accept: text/csv", "--data-urlencode", f"query={DUAL}", endpoint) == _ROWS


@pytest.mark.parametrize("method", ["POST", "QUERY"])
def test_a_query_as_the_body(curl: Curl, endpoint: str, method: str, tmp_path: Path) -> None:
    file = tmp_path / "query.rq"
    file.write_text(DUAL, "utf-8")
    body = ["-H", "Content-Type: application/sparql-query", "--data-binary", f"@{file}"]
    assert curl("-X", method, "-H", "Accept: text/csv", *body, endpoint) == _ROWS


def test_a_suffix_in_the_place_of_a_header(curl: Curl, endpoint: str) -> None:
    assert curl("-G", "--data-urlencode", f"query={DUAL}", f"{endpoint}.csv") == _ROWS


def test_a_chunked_body(curl: Curl, endpoint: str) -> None:
    chunked = ["-H", "Transfer-Encoding: chunked", "-H", "Accept: text/csv"]
    assert curl(*chunked, "--data-urlencode", f"query={DUAL}", endpoint) == _ROWS


def test_a_compressed_answer(curl: Curl, endpoint: str) -> None:
    asked = ["--compressed", "-H", "Accept: text/csv", "--data-urlencode", f"query={DUAL}"]
    assert curl(*asked, endpoint) == _ROWS


def test_the_graphs_of_the_dataset_by_parameter(curl: Curl, endpoint: str) -> None:
    graph = "default-graph-uri=https://w3id.org/mlroles/graph/asserted"
    asked = ["-H", "Accept: text/csv", "--data-urlencode", f"query={DUAL}"]
    assert curl(*asked, "--data-urlencode", graph, endpoint).split() == ["role"]


def test_head_has_no_body(curl: Curl, endpoint: str) -> None:
    said = curl("-I", "-G", "--data-urlencode", f"query={DUAL}", endpoint)
    assert said.startswith("HTTP/1.1 200")
    assert "application/sparql-results+json" in said


def test_options_tells_scripts_of_other_sites_what_they_may(curl: Curl, endpoint: str) -> None:
    asked = ["-H", "Origin: https://example.org", "-H", "Access-Control-Request-Method: POST"]
    said = curl("-i", "-X", "OPTIONS", *asked, endpoint).lower()
    assert "access-control-allow-origin: *" in said
    assert "post" in said.partition("access-control-allow-methods:")[2].partition("\r\n")[0]


def test_a_graph(curl: Curl, endpoint: str) -> None:
    said = curl("-H", "Accept: text/turtle", "--data-urlencode", f"query={WHAT}", endpoint)
    assert "requiresSkill" in said


def test_a_whole_graph_by_the_graph_store_protocol(curl: Curl, server: str) -> None:
    said = curl("-H", "Accept: application/n-triples", f"{server}/graph/inferred")
    assert said.count("\n") > 2000


def test_a_thing_by_linked_data(curl: Curl, server: str) -> None:
    said = curl("-L", "-H", "Accept: text/turtle", f"{server}/role/ml-engineer")
    assert "foaf:primaryTopic role:ml-engineer" in said


def test_a_thing_is_not_sent_again_to_who_has_it(curl: Curl, server: str) -> None:
    address = f"{server}/role/ml-engineer.ttl"
    (tag,) = [
        line.partition(": ")[2]
        for line in curl("-D", "-", "-o", "/dev/null", address).splitlines()
        if line.lower().startswith("etag")
    ]
    said = curl("-i", "-H", f"If-None-Match: {tag}", address)
    assert said.startswith("HTTP/1.1 304")


def test_a_mistake_is_told(curl: Curl, endpoint: str) -> None:
    said = curl("--data-urlencode", "query=SELECT * { ?s ?p }", endpoint)
    assert json.loads(said)["column"] == 18
