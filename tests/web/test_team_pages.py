"""What the pages of queries for a team say without one, and with one."""

import json

import pytest
from flask.testing import FlaskClient

from inprocess import ASSERTED, INFERRED, MLR, LocalEngine
from mlroles.store.oxigraph import OxigraphStore
from mlroles.web import create_app

PAGE = "/queries/coverage-of-a-team"
LOAD = "Load your own file with <code>--data</code> to ask this."
HTML = {"Accept": "text/html"}
_MINE = "<https://example.org/mine/search>"
_TEAM = f"""{_MINE} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{MLR}Team> .
{_MINE} <http://www.w3.org/2000/01/rdf-schema#label> "Search team"@en .
"""


@pytest.fixture(scope="module")
def owner() -> FlaskClient:
    """Return a client of a server that has a team of its own."""
    engine = LocalEngine()
    engine.store = OxigraphStore.from_ntriples(ASSERTED + _TEAM.encode(), INFERRED)
    return create_app({}, engine=engine).test_client()


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/results"])
def test_without_a_team_the_page_says_what_to_do_and_offers_nothing_to_choose(
    client: FlaskClient, path: str
) -> None:
    text = client.get(path, headers=HTML).text
    assert LOAD in text
    assert 'name="team"' not in text
    assert ">Answer</button>" not in text


def test_without_a_team_there_are_no_rows(client: FlaskClient) -> None:
    answer = client.get(f"{PAGE}/results", query_string={"format": "csv"})
    assert (answer.status_code, answer.text) == (200, "responsibility,person,role\r\n")


def test_without_a_team_any_team_is_a_clear_400(client: FlaskClient) -> None:
    answer = client.get(f"{PAGE}/results", query_string={"team": "ranking"})
    told = json.loads(answer.data)
    assert answer.status_code == 400
    assert told["offending"] == "ranking"
    assert told["allowed"] == []
    assert "load your own file with --data" in told["hint"]
    page = client.get(f"{PAGE}/results", query_string={"team": "ranking"}, headers=HTML)
    assert page.status_code == 400
    assert LOAD in page.text


def test_a_team_that_is_loaded_can_be_chosen(owner: FlaskClient) -> None:
    text = owner.get(PAGE, headers=HTML).text
    assert LOAD not in text
    assert '<option value="https://example.org/mine/search">Search team</option>' in text
    assert ">Answer</button>" in text


def test_another_team_than_those_loaded_is_told_with_these(owner: FlaskClient) -> None:
    answer = owner.get(f"{PAGE}/results", query_string={"team": "serch"})
    told = json.loads(answer.data)
    assert answer.status_code == 400
    assert told["near"] == ["search"]
    assert told["hint"] == "Did you mean search? Allowed are search."
