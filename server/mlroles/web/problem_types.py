"""``/problem/<slug>``: what the type of an error means, at the address that its document gives."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache

from flask import Blueprint, Response, json, make_response, render_template, request
from werkzeug.exceptions import default_exceptions

from mlroles.errors import MlrolesError, NotFoundError
from mlroles.web import formats
from mlroles.web.problems import title

blueprint = Blueprint("problem_types", __name__)

#: Where a docstring of errors.py turns from what happened to how the error says it.
_INSIDE = re.compile(r"[;,]? *``|;")


@dataclass(frozen=True)
class ProblemType:
    """What errors of one slug have in common (RFC 9457, 3.1.1)."""

    slug: str
    title: str
    status: int
    description: str


@blueprint.get("/problem/<slug>")
def problem_type(slug: str) -> Response:
    """Tell what an error of this type is."""
    known = _types()
    if slug not in known:
        raise NotFoundError(
            f"There is no type of problem “{slug[:100]}”.",
            hint=f"There are {', '.join(known)}.",
            offending=slug[:100],
        )
    if formats.prefers_html(request.headers.get("Accept")):
        return make_response(render_template("problem_type.html", it=known[slug]))
    text = json.dumps(asdict(known[slug]), ensure_ascii=False)
    return Response(f"{text}\n", content_type="application/json")


@cache
def _types() -> dict[str, ProblemType]:
    """Return every type by its slug: HTTP's own, and ours, which come before them."""
    return {it.slug: it for it in (*_of_http(), *_of_ours(MlrolesError))}


def _of_http() -> Iterator[ProblemType]:
    for status, error in sorted(default_exceptions.items()):
        name = error("").name
        slug = name.lower().replace(" ", "-")
        yield ProblemType(slug, title(name), status, error.description or "")


def _of_ours(base: type[MlrolesError]) -> Iterator[ProblemType]:
    for error in base.__subclasses__():
        happened = _INSIDE.split(error.__doc__ or "", maxsplit=1)[0].strip().rstrip(".")
        yield ProblemType(error.slug, error.title, error.status, f"{' '.join(happened.split())}.")
        yield from _of_ours(error)
