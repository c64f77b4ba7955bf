"""``/health``, for those who watch a server."""

from contextlib import closing

import pytest
from flask.testing import FlaskClient

from inprocess import LocalEngine
from mlroles import __version__
from mlroles.config import settings
from mlroles.engine.interface import Answer
from mlroles.engine.opening import open_pool
from mlroles.errors import BusyError
from mlroles.knowledge import load
from mlroles.web import create_app


def test_a_server_that_answers_is_ready(client: FlaskClient) -> None:
    response = client.get("/health")
    assert response.status_code == 200
    assert response.get_json() == {
        "live": True,
        "ready": True,
        "version": __version__,
        "digest": "",
        "reload": None,
        "questions": {"answered": 0, "failed": {}},
    }
    assert response.headers["Cache-Control"] == "no-store"


def test_a_server_that_answers_no_query_is_not_ready_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> Answer:
        raise BusyError("All workers are busy.")

    engine = LocalEngine()
    monkeypatch.setattr(engine, "run", refuse)
    response = create_app(engine=engine).test_client().get("/health")
    assert response.status_code == 503
    assert response.get_json()["ready"] is False
    assert response.get_json()["reason"] == "All workers are busy."
    alive = create_app(engine=engine).test_client().get("/health/live")
    assert (alive.status_code, alive.get_json()) == (200, {"live": True})
    assert alive.headers["Cache-Control"] == "no-store"


def test_the_digest_is_that_of_the_data_that_is_served() -> None:
    chosen = settings({"workers": 1})
    with closing(open_pool(chosen)) as pool:
        told = create_app(engine=pool).test_client().get("/health").get_json()
        assert told["ready"] is True
    assert told["digest"] == load(cache_dir=chosen.cache_dir).digest
