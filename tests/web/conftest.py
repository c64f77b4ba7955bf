"""The application over a small graph in this process."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from inprocess import Get, LocalEngine
from mlroles.web import create_app


class BufferedClient(FlaskClient):
    """A client that reads each response to its end and closes it."""

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:
        """Return the response."""
        return super().open(*args, buffered=buffered, **kwargs)


@pytest.fixture(scope="session")
def engine() -> LocalEngine:
    return LocalEngine()


@pytest.fixture(scope="session")
def app(engine: LocalEngine) -> Flask:
    app = create_app({"max_body": 100_000, "page_rows": 5}, engine=engine)
    app.test_client_class = BufferedClient
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def browse(client: FlaskClient) -> Get:
    """Return a function that gets a page as a browser does."""

    def get(path: str, status: int = 200, **parameters: object) -> str:
        accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        response = client.get(path, query_string=parameters, headers={"Accept": accept})
        assert response.status_code == status, response.text
        assert response.content_type == "text/html; charset=utf-8"
        return response.text

    return get
