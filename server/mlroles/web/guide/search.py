"""``/search``: roles, skills and responsibilities by label or alias."""

import difflib
import re
from collections.abc import Iterator

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
    """Return what has ``words`` in its name, the nearest first. Raises what the engine raises.

    What a role or skill is called may stand for what else it is called: “machine learning” for “ML”.
    """
    wanted = _plainly(words)[:_MOST]
    if not wanted:
        return ()
    found = ask(engine, "search", {"words": [Literal(wanted)]})
    others = [Literal(way) for way in dict.fromkeys(_otherwise(engine, wanted)) if way != wanted]
    if not others:
        return found
    known = {row["it"] for row in found}
    more = [row for row in ask(engine, "search", {"words": others}) if row["it"] not in known]
    return tuple(sorted([*found, *more], key=lambda row: row["place"].text))


def near(engine: Engine, words: str) -> list[Row]:
    """Return the names most like ``words``, where nothing has them."""
    names = {_plainly(row["name"].text): row for row in ask(engine, "names")}
    found = difflib.get_close_matches(_plainly(words)[:_MOST], names, n=3, cutoff=0.6)
    return [names[name] for name in found]


def _otherwise(engine: Engine, wanted: str) -> Iterator[str]:
    for row in ask(engine, "aliases"):
        name, alias = (_plainly(row[which].text) for which in ("name", "alias"))
        for one, other in ((name, alias), (alias, name)):
            yield other.join(re.split(rf"\b{re.escape(one)}\b", wanted))


def _plainly(words: str) -> str:
    """Return words in lower case with a space between each, as they are compared."""
    return " ".join(words.replace("-", " ").split()).lower()


@blueprint.get("/search")
def search() -> Response:
    """Show what is found for ``q``, or give it as JSON; the one thing so called is shown itself."""
    pairs = operation.only(request, "q", *operation.NEGOTIATED)
    words = operation.single(pairs, "q") or ""
    found = find(services().engine, words)
    if _json_wanted():
        return Response(f"{json.dumps(_plain(found), ensure_ascii=False)}\n", content_type=_JSON)
    exact = [row for row in found if row["place"].text == "0"]
    if len(exact) == 1:
        return make_response(redirect(page_of(exact[0]["it"].address)))
    alike = [] if found else near(services().engine, words)
    return make_response(render_template("search.html", words=words, found=found, near=alike))


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
