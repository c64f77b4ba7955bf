"""The application factory."""

from collections.abc import Mapping

from flask import Flask

from mlroles import config as table
from mlroles.engine.interface import Engine
from mlroles.web import headers, problems, protocol
from mlroles.web.services import Services


def create_app(
    config: Mapping[str, object] | None = None, *, engine: Engine | None = None
) -> Flask:
    """Return the application.

    ``config`` has keys of ``mlroles.config.SETTINGS``. Without an ``engine`` the knowledge base
    is loaded and a pool of query workers started. Raises SettingError and KnowledgeError.
    """
    settings = table.settings(config)
    app = Flask("mlroles.web")
    if engine is None:
        from mlroles.engine.opening import open_pool  # noqa: PLC0415 - a given engine needs no fork

        engine = open_pool(settings)
    app.extensions["mlroles"] = Services(settings, engine)
    app.register_blueprint(protocol.blueprint)
    problems.init_app(app)
    app.after_request(headers.add)
    return app
