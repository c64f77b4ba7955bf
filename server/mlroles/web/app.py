"""The application factory."""

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, current_app, url_for

from mlroles import __version__, paths, vocab
from mlroles import config as table
from mlroles.config import Settings
from mlroles.engine.interface import Engine
from mlroles.errors import MlrolesError
from mlroles.saved import Catalogue
from mlroles.web import (
    api,
    context,
    dataset,
    documents,
    explain,
    generations,
    graph_store,
    headers,
    health,
    lists,
    metrics,
    ontology,
    pages,
    problem_types,
    problems,
    protocol,
    resources,
    saved_queries,
    suffixes,
    terms,
)
from mlroles.web.excerpt import excerpt
from mlroles.web.generations import Generations
from mlroles.web.guide import compare, fit, search, team
from mlroles.web.links import here, page_of
from mlroles.web.services import Services

_YEAR = 31_536_000  # seconds that a static file is kept: its address has its content

#: One blueprint each; the last answers for every path that no other knows.
_ROOMS = (
    *(pages, search, fit, compare, team),
    *(protocol, graph_store, saved_queries, dataset, context, terms),
    *(ontology, explain, api, problem_types, health, metrics, resources),
)


def create_app(
    config: Mapping[str, object] | None = None,
    *,
    engine: Engine | None = None,
    reopen: Callable[[], Engine] | None = None,
) -> Flask:
    """Return the application.

    ``config`` has keys of ``mlroles.config.SETTINGS``. Without an ``engine`` the knowledge base
    is loaded and a pool of query workers started. ``reopen`` returns an engine over the knowledge
    base as it is then, for a reload. Raises SettingError, SavedQueryError and KnowledgeError.
    """
    settings = table.settings(config)
    if engine is None:
        from mlroles.engine.opening import open_engine  # noqa: PLC0415 - a given engine needs no fork

        engine = open_engine(settings)
    app = Flask("mlroles.web")
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR
    first = _services(settings, engine)
    renew = None if reopen is None else lambda: _services(settings, reopen())
    shared = Generations(first, renew)
    generations.init_app(app, shared)
    for room in _ROOMS:
        app.register_blueprint(room.blueprint)
    metrics.init_app(app, shared)
    problems.init_app(app)
    suffixes.init_app(app)
    app.before_request(headers.begin)
    app.after_request(headers.add)
    _prepare_templates(app)
    return app


def _services(settings: Settings, engine: Engine) -> Services:
    """Return the services over an engine, which is closed if that fails."""
    try:
        return Services(settings, engine, Catalogue.read(paths.QUERIES))
    except MlrolesError:
        engine.close()
        raise


def _prepare_templates(app: Flask) -> None:
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters["number"] = "{:,}".format
    app.jinja_env.filters["shorten"] = vocab.shorten
    app.jinja_env.globals.update(
        version=__version__,
        excerpt=excerpt,
        prefixes=vocab.PREFIXES,
        base=vocab.BASE,
        asserted=vocab.ASSERTED,
        inferred=vocab.INFERRED,
        here=here,
        lists_of=lists.of,
        page_of=page_of,
        media_types=documents.EXTENSIONS,
        static=_static,
        bundle=_bundle,
    )


def _static(name: str) -> str:
    """Return the address of a static file; new content has a new one."""
    return url_for("static", filename=name, v=_content_of(name))


def _bundle(name: str) -> str:
    """Return the address of a file of the front end; empty where none was built."""
    path = f"built/{name}"
    return _static(path) if (Path(current_app.static_folder or "") / path).is_file() else ""


@cache
def _content_of(name: str) -> str:
    folder = current_app.static_folder or ""
    return sha256((Path(folder) / name).read_bytes()).hexdigest()[:12]
