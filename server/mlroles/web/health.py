"""``/health``: whether queries are answered, and over which data; for those who watch a server.

``/health/live`` tells only that the server lives: who restarts one that does not asks there.
"""

from contextlib import closing
from dataclasses import asdict

from flask import Blueprint, Response, json

from mlroles import __version__
from mlroles.errors import MlrolesError
from mlroles.store import QueryRequest
from mlroles.web import generations
from mlroles.web.services import services

blueprint = Blueprint("health", __name__)

#: Seconds that the question may wait and run: who watches wants to know soon.
_PATIENCE = 2.0


@blueprint.get("/health")
def health() -> Response:
    """Tell that the server lives, whether it is ready, what it serves, and how it last reloaded.

    Of the saved queries it tells how many have an answer, and why others have none.

    The status is 503 where a query finds no worker or no answer in time.
    """
    reason = _reason()
    last = generations.of_app().last
    verification = services().verification
    told = {
        "live": True,
        "ready": reason is None,
        "version": __version__,
        "digest": services().engine.digest,
        "reload": None if last is None else asdict(last),
        "questions": {"answered": verification.answered, "failed": verification.failed},
        **({} if reason is None else {"reason": reason}),
    }
    response = Response(f"{json.dumps(told)}\n", content_type="application/json")
    response.status_code = 200 if reason is None else 503
    response.cache_control.no_store = True
    return response


@blueprint.get("/health/live")
def live() -> Response:
    """Tell that the server lives, however busy its engine is."""
    response = Response('{"live": true}\n', content_type="application/json")
    response.cache_control.no_store = True
    return response


def _reason() -> str | None:
    """Return why no query is answered, None if one is."""
    request = QueryRequest("ASK {}", "application/sparql-results+json")
    try:
        with closing(services().engine.run(request, _PATIENCE)) as answer:
            b"".join(answer.chunks)
    except MlrolesError as error:
        return error.detail
    return None
