"""``/queries``: listed, described and run."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inprocess import ROLE, SKILL
from mlroles import paths
from mlroles.saved import Catalogue

NAMES = [query.name for query in Catalogue.read(paths.QUERIES)]
MISSING = "/queries/skills-missing-for-a-role"


def test_there_are_saved_queries() -> None:
    assert len(NAMES) >= 36


def test_programs_get_the_list_as_json(client: FlaskClient) -> None:
    listed = json.loads(client.get("/queries").data)
    assert [query["name"] for query in listed] == NAMES
    assert client.get(listed[0]["results"]).status_code == 200


def test_people_get_the_list_by_audience(client: FlaskClient) -> None:
    text = client.get("/queries", headers={"Accept": "text/html"}).text
    assert text.index("Job seekers") < text.index("What am I missing") < text.index("Team leads")


@pytest.mark.parametrize("name", NAMES)
def test_every_query_is_described_shown_and_run(client: FlaskClient, name: str) -> None:
    described = json.loads(client.get(f"/queries/{name}").data)
    assert described["name"] == name
    assert client.get(f"/queries/{name}", headers={"Accept": "text/html"}).status_code == 200
    chosen = {
        parameter["name"]: parameter["allowed"][0]["iri"]
        for parameter in described["parameters"]
        if parameter["allowed"]
    }
    assert client.get(f"/queries/{name}/results", query_string=chosen).status_code == 200


def test_a_description_tells_what_parameters_may_be(client: FlaskClient) -> None:
    role, skill = json.loads(client.get(MISSING).data)["parameters"]
    assert role["default"] == [f"{ROLE}ml-engineer"]
    assert not role["multiple"]
    assert {"value": "data-analyst", "iri": f"{ROLE}data-analyst", "label": "Data analyst"} in role[
        "allowed"
    ]
    assert skill["multiple"]


def test_the_text_is_the_file(client: FlaskClient) -> None:
    expected = (paths.QUERIES / "closest-roles.rq").read_bytes()
    response = client.get("/queries/closest-roles", headers={"Accept": "application/sparql-query"})
    assert response.data == expected
    assert client.get("/queries/closest-roles?format=rq").data == expected


@pytest.mark.parametrize("path", ["/queries", "/queries/closest-roles"])
def test_a_description_in_another_type_is_not_to_be_had(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(path, query_string={"format": "pdf"}).status_code == 406


def rows(client: FlaskClient, **parameters: object) -> list[str]:
    response = client.get(f"{MISSING}/results", query_string={"format": "csv", **parameters})
    assert response.status_code == 200, response.text
    return [line.removeprefix(SKILL) for line in response.text.split()[1:]]


def test_defaults_hold_where_nothing_is_given(client: FlaskClient) -> None:
    assert rows(client) == ["software-engineering"]
    assert rows(client, skill="") == ["software-engineering"]


@pytest.mark.parametrize(
    "skill", ["statistics", "Statistics", "skill:statistics", f"{SKILL}statistics"]
)
def test_a_value_is_a_name_a_label_or_an_iri(client: FlaskClient, skill: str) -> None:
    assert rows(client, skill=skill) == ["mathematics", "software-engineering"]


def test_several_values_are_taken(client: FlaskClient) -> None:
    assert rows(client, skill=["statistics", "mathematics", "software-engineering"]) == []


def test_a_wrong_value_is_told_what_is_allowed(client: FlaskClient) -> None:
    response = client.get(f"{MISSING}/results", query_string={"role": "data-scientits"})
    assert response.status_code == 400
    problem = json.loads(response.data)
    assert problem["near"][0] == "data-scientist"
    assert "data-scientist" in [choice["value"] for choice in problem["allowed"]]
    assert "data-scientist" in problem["hint"]


def test_an_unknown_parameter_is_told_which_there_are(client: FlaskClient) -> None:
    response = client.get(f"{MISSING}/results", query_string={"rôle": "x"})
    assert response.status_code == 400
    assert json.loads(response.data)["parameters"] == ["role", "skill"]


@pytest.mark.parametrize(
    "value",
    [
        "ml-engineer> } ?s ?p ?o { ?x ?y <a:b",
        "role:ml-engineer } UNION { ?s ?p ?o",
        "<https://w3id.org/mlroles/role/ml-engineer> <https://w3id.org/mlroles/role/hostile>",
        "?role",
        "UNDEF",
        "ml-engineer #",
        "ml-engineer\n",
    ],
)
def test_nothing_can_be_injected(client: FlaskClient, value: str) -> None:
    response = client.get(f"{MISSING}/results", query_string={"role": value, "skill": "statistics"})
    if value.strip() == "ml-engineer":
        assert response.status_code == 200
    else:
        assert response.status_code == 400
        assert json.loads(response.data)["offending"] == value


def test_an_unknown_query_has_near_names(client: FlaskClient) -> None:
    for path in ("/queries/closest-role", "/queries/closest-role/results"):
        response = client.get(path)
        assert response.status_code == 404
        assert json.loads(response.data)["near"][0] == "closest-roles"
    page = client.get("/queries/closest-role", headers={"Accept": "text/html"}).text
    assert 'href="/queries/closest-roles"' in page


def test_the_page_of_a_result_keeps_what_was_chosen(client: FlaskClient) -> None:
    response = client.get(
        f"{MISSING}/results?role=data-analyst&skill=statistics&skill=mathematics",
        headers={"Accept": "text/html"},
    )
    text = response.text
    assert f'<option value="{ROLE}data-analyst" selected>' in text
    assert f'value="{SKILL}statistics" checked' in text
    assert f'value="{SKILL}machine-learning" checked' not in text
    assert f"VALUES ?role {{ &lt;{ROLE}data-analyst&gt; }}" in text
    assert "skill=statistics&amp;skill=mathematics&amp;format=csv&amp;download=1" in text


def test_a_wrong_value_in_a_browser_keeps_the_form(client: FlaskClient) -> None:
    response = client.get(f"{MISSING}/results?role=nobody", headers={"Accept": "text/html"})
    assert response.status_code == 400
    assert "cannot be “nobody”" in response.text
    assert '<select id="parameter-role"' in response.text


def test_a_result_may_be_downloaded(client: FlaskClient) -> None:
    response = client.get(f"{MISSING}/results?format=tsv&download=1")
    name = "skills-missing-for-a-role.tsv"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_results_are_read_only(client: FlaskClient) -> None:
    assert client.post(f"{MISSING}/results").status_code == 405


def test_every_route_is_known_to_these_tests(app: Flask) -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} == {
        "/",
        "/.well-known/void",
        "/<path:iri>",
        "/about",
        "/api",
        "/compare",
        "/favicon.ico",
        "/fit",
        "/search",
        "/terms",
        "/team",
        "/team/example.ttl",
        "/openapi.json",
        "/problem/<slug>",
        "/alignment/<name>",
        "/alignment/mappings",
        "/alignment/<name>/<version>",
        "/context.jsonld",
        "/dataset",
        "/explain",
        "/graph/<path:name>",
        "/graphs",
        "/health",
        "/health/live",
        "/logo.svg",
        "/metrics",
        "/ontology",
        "/ontology/<version>",
        "/sparql",
        "/sparql.<suffix>",
        "/queries",
        "/queries/<name>",
        "/queries/<name>/results",
        "/service",
        "/shapes",
        "/shapes/<version>",
        "/static/<path:filename>",
        "/static/reference/<path:filename>",
    }
