"""Errors as a client sees them: RFC 9457 problem documents, or a page in a browser."""

from dataclasses import dataclass, field

from flask import Flask, Response, json, request
from werkzeug.exceptions import HTTPException

from mlroles.errors import MlrolesError
from mlroles.vocab import BASE
from mlroles.web import formats

_JSON = "application/problem+json"


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
            **self.members,
        }


def init_app(app: Flask) -> None:
    """Let every error of ours and of HTTP be told by this module."""
    app.register_error_handler(MlrolesError, lambda error: _tell(_of_ours(error)))
    app.register_error_handler(HTTPException, lambda error: _tell(_of_http(error)))


def _tell(problem: Problem) -> Response:
    accept = request.headers.get("Accept")
    if formats.prefers_html(accept, _JSON):
        response = Response(problem.detail, content_type="text/plain; charset=utf-8")
    else:
        text = json.dumps(problem.document(), ensure_ascii=False, sort_keys=False)
        response = Response(text + "\n", content_type=_JSON)
    response.status_code = problem.status
    response.headers.extend(problem.headers)
    return response


def _of_ours(error: MlrolesError) -> Problem:
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
        error.status, error.slug, error.title, error.detail, members | error.extra, headers
    )


def _of_http(error: HTTPException) -> Problem:
    status = error.code or 500
    slug = error.name.lower().replace(" ", "-")
    headers = dict(error.get_headers())
    headers.pop("Content-Type", None)
    return Problem(status, slug, error.name, error.description or "", {}, headers)
