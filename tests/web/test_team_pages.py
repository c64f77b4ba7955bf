"""What the pages of queries for a team say without one, and with one."""

import json

import pytest
from flask.testing import FlaskClient

from inprocess import ASSERTED, INFERRED, MLR, LocalEngine
from mlroles.store.oxigraph import OxigraphStore
from mlroles.web import create_app

PAGE = "/queries/coverage-of-a-team"
LOAD = "The graph has none, so there is no answer."
HTML = {"Accept": "text/html"}
_TEAM = "".join(
    f"<https://example.org/mine/{name}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    f"<{MLR}{kind}> .\n<https://example.org/mine/{name}> "
    f'<http://www.w3.org/2000/01/rdf-schema#label> "{label}"@en .\n'
    for name, kind, label in (
        ("search", "Team", "Search team"),
        ("kim", "Person", "Kim"),
        ("lou", "Person", "Lou"),
    )
)


@pytest.fixture(scope="module")
def owner() -> FlaskClient:
    """Return a client of a server that has a team of its own, and two people."""
    engine = LocalEngine()
    engine.store = OxigraphStore.from_ntriples(ASSERTED + _TEAM.encode(), INFERRED)
    return create_app({}, engine=engine).test_client()


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/results"])
def test_without_a_team_the_page_says_what_to_do_and_offers_nothing_to_choose(
    client: FlaskClient, path: str
) -> None:
    text = client.get(path, headers=HTML).text
    assert LOAD in text
    assert '<a href="/team">Look at a team of your own</a>' in text
    assert "No rows" not in text
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


def test_the_only_team_there_is_need_not_be_named(owner: FlaskClient) -> None:
    page = owner.get(f"{PAGE}/results", headers=HTML).text
    assert '<option value="https://example.org/mine/search" selected>' in page
    assert "VALUES ?team { &lt;https://example.org/mine/search&gt; }" in page


def test_one_of_several_people_must_be_named(owner: FlaskClient) -> None:
    """The default is a person of the example; an empty answer would look like nobody's."""
    answer = owner.get("/queries/roles-closest-to-a-person/results")
    told = json.loads(answer.data)
    assert answer.status_code == 400
    assert told["detail"] == (
        "The parameter “person” must be given: the graph does not have its default."
    )
    assert told["hint"] == "Allowed are kim, lou."
    assert [value["label"] for value in told["allowed"]] == ["Kim", "Lou"]


def test_another_team_than_those_loaded_is_told_with_these(owner: FlaskClient) -> None:
    answer = owner.get(f"{PAGE}/results", query_string={"team": "serch"})
    told = json.loads(answer.data)
    assert answer.status_code == 400
    assert told["near"] == ["search"]
    assert told["hint"] == "Did you mean search? Allowed are search."
