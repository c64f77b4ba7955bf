"""The interface as OpenAPI: valid, complete, and true to the graph."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from inprocess import MLR, SKILL, LocalEngine
from mlroles import paths
from mlroles.saved import Catalogue, Choices
from mlroles.store.oxigraph import OxigraphStore
from mlroles.vocab import RDF
from mlroles.web.api import details, schemas


@pytest.fixture(scope="module")
def described(app: Flask) -> Any:
    return app.test_client().get("/openapi.json").get_json()


def test_it_is_openapi_3_1(described: Any) -> None:
    OpenAPIV31SpecValidator(described).validate()
    assert described["openapi"].startswith("3.1")


def test_every_route_and_every_saved_query_is_in_it(app: Flask, described: Any) -> None:
    names = {query.name for query in Catalogue.read(paths.QUERIES)}
    results = {f"/queries/{name}/results" for name in names}
    assert results <= described["paths"].keys()
    others = {r.rule for r in app.url_map.iter_rules() if not r.endpoint.endswith("static")}
    assert len(described["paths"]) == len(others) - 1 + len(results)
    assert set(described["paths"]["/sparql"]) == {"get", "post"}


def test_every_route_says_what_it_answers_with(app: Flask) -> None:
    routes = {r.endpoint for r in app.url_map.iter_rules() if not r.endpoint.endswith("static")}
    assert routes - details.BY_ENDPOINT.keys() == {"saved.results"}  # by their own queries
    assert all(told.content for told in details.BY_ENDPOINT.values())


def test_a_parameter_has_the_names_of_the_graph_and_its_default(described: Any) -> None:
    told = described["paths"]["/queries/skills-missing-for-a-role/results"]["get"]["parameters"]
    role, skill = told[:2]
    assert role["schema"]["enum"] == ["data-analyst", "data-scientist", "hostile", "ml-engineer"]
    assert role["schema"]["default"] == "ml-engineer"
    assert role["description"]
    assert skill["schema"]["type"] == "array"
    assert "statistics" in skill["schema"]["items"]["enum"]
    assert {one["name"] for one in told[2:]} == {"format", "timeout", "download", "page"}


def test_where_it_is_reached_by_is_told(client: FlaskClient) -> None:
    told = client.get("/openapi.json", base_url="https://roles.example/in").get_json()
    assert told["servers"] == [{"url": "/in"}]


def test_every_operation_is_on_the_page(client: FlaskClient, described: Any) -> None:
    page = client.get("/api").text
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert f'id="{operation["operationId"]}"' in page


def test_of_very_many_choices_none_is_listed_and_the_default_is_told() -> None:
    (parameter,) = Catalogue.read(paths.QUERIES).get("roles-needing-a-skill").parameters
    many = "".join(f"<{SKILL}s{n}> a <{MLR}Skill> .\n" for n in range(2_000))
    engine = LocalEngine()
    engine.store = OxigraphStore.from_ntriples(
        f"{many}<{SKILL}machine-learning> a <{MLR}Skill> .\n".replace(
            " a ", f" <{RDF}type> "
        ).encode(),
        b"",
    )
    told = schemas.of_parameter(parameter, Choices(engine))
    assert told == {"type": "string", "default": f"{SKILL}machine-learning"}
