"""``/search``: roles, skills and responsibilities by label or alias."""

from flask import (
    Blueprint,
    Response,
    json,
    make_response,
    redirect,
    render_template,
    request,
)

from mlroles.engine.interface import Engine
from mlroles.terms import Literal
from mlroles.web import formats, operation, suffixes
from mlroles.web.guide.asking import Row, ask
from mlroles.web.links import page_of
from mlroles.web.services import services

blueprint = Blueprint("search", __name__)

_MOST = 100  # characters that are searched for
_JSON = "application/json"


def find(engine: Engine, words: str) -> tuple[Row, ...]:
    """Return what has ``words`` in its name, the nearest first. Raises what the engine raises."""
    wanted = " ".join(words.split()).lower()[:_MOST]
    return ask(engine, "search", {"words": [Literal(wanted)]}) if wanted else ()


@blueprint.get("/search")
def search() -> Response:
    """Show what is found for ``q``, or give it as JSON; the one thing so called is shown itself."""
    pairs = operation.parameters(request)
    words = operation.single(pairs, "q") or ""
    found = find(services().engine, words)
    if _json_wanted():
        return Response(f"{json.dumps(_plain(found), ensure_ascii=False)}\n", content_type=_JSON)
    exact = [row for row in found if row["place"].text == "0"]
    if len(exact) == 1:
        return make_response(redirect(page_of(exact[0]["it"].address)))
    return make_response(render_template("search.html", words=words, found=found))


def _json_wanted() -> bool:
    offers, accept = (formats.HTML, formats.JSON), request.headers.get("Accept")
    return formats.among(offers, accept, suffixes.wanted(), "What is found").media is formats.JSON


def _plain(found: tuple[Row, ...]) -> list[dict[str, str]]:
    return [
        {
            "iri": row["it"].address,
            "label": row["it"].label,
            "matched": row["matched"].text,
            "kind": row["kind"].label,
            "page": page_of(row["it"].address),
        }
        for row in found
    ]
