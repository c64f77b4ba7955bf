"""The headers of every response."""

import pytest
from flask.testing import FlaskClient

PATHS = ("/", "/sparql", "/sparql?query=ASK{}", "/queries", "/nowhere", "/static/style.css")


@pytest.mark.parametrize("path", PATHS)
def test_no_page_may_run_or_load_what_is_not_ours(client: FlaskClient, path: str) -> None:
    headers = client.get(path, headers={"Accept": "text/html"}).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", PATHS)
def test_scripts_of_other_sites_may_read(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Server-Timing" in headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("path", ["/sparql", "/queries", "/queries/closest-roles/results", "/"])
def test_a_browser_may_ask_beforehand(client: FlaskClient, path: str) -> None:
    response = client.options(
        path,
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert response.status_code in (200, 204)
    assert "GET" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]
    assert "GET" in response.headers["Allow"]


def test_every_negotiated_answer_varies(client: FlaskClient) -> None:
    for path in PATHS[:-1]:
        assert "Accept" in client.get(path).headers["Vary"]
    assert "Vary" not in client.get(PATHS[-1]).headers


def test_a_page_tells_how_long_it_took(client: FlaskClient) -> None:
    told = client.get("/queries").headers["Server-Timing"]
    assert float(told.removeprefix("total;dur=")) > 0
