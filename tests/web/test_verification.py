"""Saved queries are run over the dataset that is served, and readers see how it went."""

import json
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inprocess import Get, LocalEngine
from mlroles.engine.departure import Departure
from mlroles.engine.interface import Answer
from mlroles.errors import BusyError, QueryTimeoutError
from mlroles.store import QueryRequest
from mlroles.web import create_app
from mlroles.web.generations import of_app
from mlroles.web.verification import Verification

NEEDS = "roles-needing-a-skill"


@pytest.fixture
def app() -> Flask:
    return create_app(engine=LocalEngine())


def verification(app: Flask) -> Verification:
    return of_app(app).current.services.verification


def test_before_a_query_has_been_run_nothing_is_said(client: FlaskClient, browse: Get) -> None:
    assert json.loads(client.get(f"/queries/{NEEDS}").data)["verified"] is None
    assert "Last verified" not in browse(f"/queries/{NEEDS}")


def test_a_verdict_has_the_rows_that_the_query_gives(
    app: Flask, client: FlaskClient, browse: Get
) -> None:
    verification(app).run()
    verified = json.loads(client.get(f"/queries/{NEEDS}").data)["verified"]
    rows = client.get(f"/queries/{NEEDS}/results?format=csv").text.splitlines()[1:]
    assert verified["rows"] == len(rows)
    assert verified["reason"] is None
    text = browse(f"/queries/{NEEDS}")
    assert f"Last verified {verified['at'][:10]}" in text
    listed = {one["name"]: one["verified"] for one in json.loads(client.get("/queries").data)}
    assert listed[NEEDS] == verified


def test_a_query_that_asks_of_nothing_here_has_no_verdict(app: Flask, client: FlaskClient) -> None:
    verification(app).run()
    assert json.loads(client.get("/queries/bus-factor").data)["verified"] is None


class Failing(LocalEngine):
    """An engine on which every query ends in an error."""

    error: Exception = QueryTimeoutError("It took too long.")

    def run(
        self,
        request: QueryRequest,
        timeout: float | None = None,
        departure: Departure | None = None,
    ) -> Answer:
        """Raise, or run another."""
        if "AS ?needed" in request.text or "?mapping" in request.text:
            raise self.error
        return super().run(request, timeout, departure)


def test_a_query_without_an_answer_is_told_with_the_reason() -> None:
    app = create_app(engine=Failing())
    found = verification(app)
    found.run()
    assert found.failed
    assert set(found.failed.values()) == {"It took too long."}
    health = json.loads(app.test_client().get("/health").data)
    assert health["questions"] == {"answered": found.answered, "failed": found.failed}
    name = next(iter(found.failed))
    page = app.test_client().get(f"/queries/{name}", headers={"Accept": "text/html"})
    assert "no answer. It took too long." in page.text


def test_an_engine_without_a_place_says_nothing_of_the_query() -> None:
    engine = Failing()
    engine.error = BusyError("Every worker is busy.")
    found = verification(create_app(engine=engine))
    found.run()
    assert not found.failed
    assert found.answered


def test_nobody_keeps_what_is_told_while_it_is_being_verified(
    app: Flask, client: FlaskClient
) -> None:
    found = verification(app)
    found.begin()
    found.begin()  # once only
    for path in ("/queries", f"/queries/{NEEDS}"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    end = time.monotonic() + 20
    while found.under_way and time.monotonic() < end:
        time.sleep(0.05)
    assert found.answered
    assert client.get("/queries").headers["Cache-Control"] != "no-store"


def test_the_text_comes_with_parameters_in_place(client: FlaskClient) -> None:
    headers = {"Accept": "application/sparql-query"}
    text = client.get(f"/queries/{NEEDS}?skill=statistics", headers=headers).text
    assert "VALUES ?skill { <https://w3id.org/mlroles/skill/statistics> }" in text
    assert text.startswith("#+")
    wrong = client.get(f"/queries/{NEEDS}?skill=nonsense", headers=headers)
    assert wrong.status_code == 400
    assert wrong.json is not None
    assert wrong.json["parameter"] == "skill"
