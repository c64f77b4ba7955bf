"""``max_rows``: a SELECT is cut there, and says so; one that is whole says nothing."""

import time

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
    assert found.first.endswith(" LIMIT 10 OFFSET 0 ")
    assert "LIMIT 3" in found.first
    assert sparql.cap("ASK {}", 10) is None


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o BIND(TRIPLE(?s, ?p, ?o) AS ?t) } LIMIT 10",
        "SELECT * { ?s ?p ?o BIND(<<( ?s ?p ?o )>> AS ?t) FILTER(isTRIPLE(?t)) }",
        "VERSION '1.2' SELECT * { ?s ?p ?o } OFFSET 1 LIMIT 9",
        "SELECT * { ?s ?p ?o OPTIONAL { ?a ?b ?c {| ?d ?e |} } } # LIMIT 1 }",
        "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999999999999",
        "PREFIX limit: <a:b> SELECT (limit:c AS ?limit) ?s { ?s ?p ?o FILTER(?s<?o||1>0) }",
    ],
)
def test_sparql_1_2_is_cut_as_well(capped: FlaskClient, query: str) -> None:
    response = capped.get("/sparql", query_string={"query": query, "format": "csv"})
    if response.status_code == 200:
        assert len(response.text.splitlines()) - 1 == MOST
        assert response.headers["X-Row-Limit"] == str(MOST)
    else:  # the engine knows it not
        assert (response.status_code, "VERSION" in query or "9999" in query) == (400, True)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o } } LIMIT 1",
        "SELECT * { ?s ?p ?o",
        "SELECT * { ?s ?p ?o } LIMIT 7 LIMIT 9",
        "SELECT * { ?s ?p ?o } LIMIT 7 # {",
        "SELECT * { ?s ?p ?o } VALUES ?s { 1 } LIMIT 20",
        "SELECT * { ?s ?p ?o } LIMIT 1 OFFSET x",
    ],
)
def test_no_query_gives_more(capped: FlaskClient, query: str) -> None:
    response = capped.get("/sparql", query_string={"query": query, "format": "csv"})
    assert response.status_code == 400 or len(response.text.splitlines()) - 1 <= MOST


@given(
    st.lists(
        st.sampled_from(
            "{ } ( ) [ ] ?s ?p ?o . LIMIT OFFSET VALUES 7 9 # \n < > <a:b> << >> \" ' a:b FILTER".split(
                " "
            )
        ),
        max_size=12,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_follows_no_query_gives_more(capped: FlaskClient, pieces: list[str]) -> None:
    query = f"SELECT * {{ ?s ?p ?o }} {' '.join(pieces)}"
    response = capped.get("/sparql", query_string={"query": query, "format": "csv"})
    assert response.status_code in {400, 406} or len(response.text.splitlines()) - 1 <= MOST


def test_a_mistake_is_told_where_it_was_written(capped: FlaskClient, client: FlaskClient) -> None:
    query = "SELECT *\n{ ?s ?p ?o }\nLIMIT\n20 ORDER BY ?s"
    told = [
        one.get("/sparql", query_string={"query": query}).get_json() for one in (capped, client)
    ]
    assert told[0]["line"] == told[1]["line"] == 4


def test_the_longest_query_is_cut_in_little_time() -> None:
    text = f"SELECT * {{ {'?s ?p ?o . ' * 5_800} }}"
    begun = time.process_time()
    assert sparql.cap(text, 3) is not None
    assert time.process_time() - begun < 0.5
