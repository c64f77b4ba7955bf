"""Errors: problem documents for programs, pages for browsers, never a trace of calls."""

import json
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from inprocess import LocalEngine
from mlroles.engine.departure import Departure
from mlroles.engine.interface import Answer
from mlroles.errors import BusyError, MlrolesError, QueryMemoryError, QueryTimeoutError
from mlroles.store import QueryRequest
from mlroles.web import create_app
from mlroles.web.problems import REQUEST_ID


class Failing(LocalEngine):
    """Raises what it is told to for every query of a client."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    def run(
        self,
        request: QueryRequest,
        timeout: float | None = None,
        departure: Departure | None = None,  # noqa: ARG002 - nobody leaves here
    ) -> Answer:
        """Raise the error."""
        super().run(request, timeout)
        raise self.error


@pytest.mark.parametrize(
    ("error", "slug"),
    [
        (QueryTimeoutError("Over 30 s.", extra={"limit": 30}), "query-timeout"),
        (QueryMemoryError("Over 1,024 MiB.", extra={"limit": 1024}), "query-killed"),
        (BusyError("All busy.", extra={"retry_after": 2}), "busy"),
    ],
)
def test_what_ended_a_query_is_told(error: MlrolesError, slug: str) -> None:
    client = create_app({}, engine=Failing(error)).test_client()
    response = client.get("/sparql?query=ASK{}")
    assert response.status_code == 503
    assert response.content_type == "application/problem+json"
    problem = json.loads(response.data)
    assert problem["type"].endswith(f"/problem/{slug}")
    assert problem["title"] == error.title
    assert problem["status"] == 503
    assert problem["detail"] == error.detail
    assert error.extra.items() <= problem.items()


def test_a_busy_server_says_when_to_come_back() -> None:
    busy = Failing(BusyError("All busy.", extra={"retry_after": 2}))
    response = create_app({}, engine=busy).test_client().get("/sparql?query=ASK{}")
    assert response.headers["Retry-After"] == "2"


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_a_fault_of_ours_shows_nothing_of_our_inside(accept: str) -> None:
    client = create_app({}, engine=Failing(RuntimeError("secret"))).test_client()
    response = client.get("/sparql?query=ASK{}", headers={"Accept": accept})
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "Traceback" not in response.text


@pytest.mark.parametrize("path", ["/nowhere", "/queries/a/b/c", "/sparql/", "/static/../app.py"])
def test_what_is_not_there_is_a_problem(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
    assert json.loads(response.data)["status"] == 404


def test_a_browser_gets_a_page_for_a_problem(client: FlaskClient) -> None:
    response = client.get("/<script>", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert response.content_type == "text/html; charset=utf-8"
    assert "<script>" not in response.text


@pytest.mark.parametrize("path", ["/nowhere", "/sparql?query=SELECT", "/queries/none"])
def test_a_page_of_a_problem_names_the_request(client: FlaskClient, path: str) -> None:
    environ = {REQUEST_ID: "b3e20ace0d0999b1"}
    page = client.get(path, headers={"Accept": "text/html"}, environ_overrides=environ).text
    assert page.count("b3e20ace0d0999b1") == 1


def test_the_errors_of_http_are_named_as_ours_are(client: FlaskClient) -> None:
    assert client.delete("/fit").get_json()["title"] == "Method not allowed"
    assert client.get("/problem/method-not-allowed").get_json()["title"] == "Method not allowed"


def test_the_offending_text_is_escaped_on_a_page(client: FlaskClient) -> None:
    text = "SELECT * WHERE { ?s ?p <script>alert(1)</script> }}}"
    response = client.get("/sparql", query_string={"query": text}, headers={"Accept": "text/html"})
    assert response.status_code == 400
    assert "<script>" not in response.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in response.text


def test_the_type_of_a_problem_is_an_address_that_tells_what_it_is(
    client: FlaskClient, browse: Callable[..., str]
) -> None:
    for path in ("/sparql?query=SELECT", "/nothing/here", "/role/nobody"):
        told = client.get(path).get_json()
        slug = told["type"].removeprefix("https://w3id.org/mlroles")
        meant = client.get(slug).get_json()
        assert (meant["title"], meant["status"]) == (told["title"], told["status"])
        assert "`" not in meant["description"]
        assert meant["description"] in unescape(browse(slug))
    assert client.get("/problem/none").status_code == 404
