"""``max_rows``: a SELECT is cut there, and says so; one that is whole says nothing."""

import pytest
from flask.testing import FlaskClient

from inprocess import LocalEngine
from mlroles import sparql
from mlroles.web import create_app

ROWS = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
MOST = 4


@pytest.fixture(scope="module")
def capped() -> FlaskClient:
    return create_app({"max_rows": MOST}, engine=LocalEngine()).test_client()


def _ask(client: FlaskClient, query: str) -> tuple[list[str], str | None]:
    response = client.get("/sparql", query_string={"query": query, "format": "csv"})
    assert response.status_code == 200, response.text
    return response.text.splitlines()[1:], response.headers.get("X-Row-Limit")


def test_a_select_that_has_more_is_cut_and_says_so(
    capped: FlaskClient, client: FlaskClient
) -> None:
    every, silent = _ask(client, ROWS)
    assert silent is None
    assert _ask(capped, ROWS) == (every[:MOST], str(MOST))
    assert _ask(capped, f"{ROWS} # to the end") == (every[:MOST], str(MOST))
    assert _ask(capped, f"{ROWS} OFFSET 2") == (every[2 : 2 + MOST], str(MOST))
    assert _ask(capped, f"{ROWS} LIMIT 100 OFFSET 3") == (every[3 : 3 + MOST], str(MOST))


@pytest.mark.parametrize("query", [f"{ROWS} LIMIT {MOST}", f"{ROWS} OFFSET 2 LIMIT 1"])
def test_a_select_that_asks_for_no_more_is_left_alone(
    capped: FlaskClient, client: FlaskClient, query: str
) -> None:
    assert _ask(capped, query) == _ask(client, query)


def test_a_select_that_has_just_as_many_is_whole(capped: FlaskClient) -> None:
    values = " ".join(map(str, range(MOST)))
    rows, told = _ask(capped, f"SELECT ?x {{ VALUES ?x {{ {values} }} }}")
    assert (len(rows), told) == (MOST, None)
    rows, told = _ask(capped, f"SELECT * {{ }} VALUES ?x {{ {values} 9 }}")
    assert (len(rows), told) == (MOST, str(MOST))


def test_what_is_no_select_is_not_cut(capped: FlaskClient) -> None:
    response = capped.get("/sparql", query_string={"query": "CONSTRUCT WHERE { ?s ?p ?o }"})
    assert "X-Row-Limit" not in response.headers


def test_a_page_says_so(capped: FlaskClient) -> None:
    page = capped.get("/sparql", query_string={"query": ROWS}, headers={"Accept": "text/html"})
    assert f"Cut at {MOST} rows." in page.text
    assert page.headers["X-Row-Limit"] == str(MOST)


def test_a_limit_within_is_not_the_query_s_own() -> None:
    text = "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 3 } } GROUP BY ?s HAVING (COUNT(*) > 1)"
    found = sparql.cap(text, 10)
    assert found is not None
    assert found.first.endswith("\nLIMIT 10 OFFSET 0\n")
    assert "LIMIT 3" in found.first
    assert sparql.cap("SELECT nonsense", 10) is None
    assert sparql.cap("ASK {}", 10) is None
