"""Errors as a client sees them: RFC 9457 problem documents, or a page in a browser."""

from dataclasses import dataclass, field

from flask import Flask, Response, g, json, render_template, request
from werkzeug.exceptions import HTTPException

from mlroles.errors import MlrolesError
from mlroles.vocab import BASE
from mlroles.web import formats

#: Where a request's environment has what it is known by in the log.
REQUEST_ID = "mlroles.request"

_JSON = "application/problem+json"
_STANDARD = {"about", "type", "title", "status", "detail", "instance"}


@dataclass(frozen=True)
class Problem:
    """An error, ready to be told. ``members`` are those beyond type, title, status and detail."""

    status: int
    slug: str
    title: str
    detail: str
    members: dict[str, object] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, object]:
        """Return the members of the problem document: RFC 9457, section 3."""
        return {
            "type": f"{BASE}problem/{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **{name: value for name, value in self.members.items() if name not in _STANDARD},
        }


def init_app(app: Flask) -> None:
    """Let every error of ours and of HTTP be told by this module."""
    app.register_error_handler(MlrolesError, lambda error: tell(of_ours(error)))
    app.register_error_handler(HTTPException, lambda error: tell(_of_http(error)))


def on_page(template: str, **context: object) -> None:
    """Let a browser see the problems of this request on the page of ``template``."""
    g.problem_page = (template, context)


def tell(problem: Problem) -> Response:
    """Return the response that tells a problem, as the client likes it."""
    if wants_page(request.headers.get("Accept")):
        template, context = g.get("problem_page", ("problem.html", {}))
        known = request.environ.get(REQUEST_ID)
        page = render_template(template, problem=problem, request_id=known, **context)
        response = Response(page, content_type="text/html; charset=utf-8")
    else:
        response = Response(_document(problem), content_type=_JSON)
    response.status_code = problem.status
    response.headers.extend(problem.headers)
    return response


def _document(problem: Problem) -> str:
    known = request.environ.get(REQUEST_ID)
    members = {} if known is None else {"request": known}
    document = {**problem.document(), **members}
    text: str = json.dumps(document, ensure_ascii=False, sort_keys=False)
    return f"{text}\n"


def wants_page(accept: str | None) -> bool:
    """Return whether a client likes a page better than a problem document."""
    return formats.prefers_html(accept, _JSON)


def of_ours(error: MlrolesError) -> Problem:
    """Return an error of ours, ready to be told."""
    place = {
        "line": error.line,
        "column": error.column,
        "offending": error.offending,
        "hint": error.hint,
    }
    members = {name: value for name, value in place.items() if value is not None}
    after = error.extra.get("retry_after")
    headers = {} if after is None else {"Retry-After": str(after)}
    return Problem(
        error.status, error.slug, error.title, error.detail, {**members, **error.extra}, headers
    )


def _of_http(error: HTTPException) -> Problem:
    slug = error.name.lower().replace(" ", "-")
    headers = dict(error.get_headers())
    del headers["Content-Type"]
    if "Allow" in headers:
        headers["Allow"] = ", ".join(sorted(headers["Allow"].split(", ")))
    allowed = headers.get("Allow")
    members: dict[str, object] = {"hint": f"Allowed are {allowed}."} if allowed else {}
    told = error.description or ""
    return Problem(error.code or 500, slug, title(error.name), told, members, headers)


def title(name: str) -> str:
    """Return the name of an error of HTTP as a sentence has it: “Method not allowed”."""
    first, *rest = name.split(" ")
    return " ".join([first, *(word if word.isupper() else word.lower() for word in rest)])
