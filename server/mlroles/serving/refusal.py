"""What is told before a request has reached the application: RFC 9457, as everywhere."""

import json
from http import HTTPStatus

from mlroles.serving.asgi import Headers
from mlroles.web import headers
from mlroles.web.problems import Problem


def refusal(
    status: int, detail: str, request: str, more: dict[str, str] | None = None
) -> tuple[Headers, bytes]:
    """Return headers and body of a problem document; the connection is to be closed after it.

    ``request`` is what the request is known by in the log.
    """
    phrase = HTTPStatus(status).phrase
    problem = Problem(status, phrase.lower().replace(" ", "-"), phrase, detail, headers=more or {})
    told, content = written(problem, request)
    return [*told, (b"connection", b"close")], content


def written(problem: Problem, request: str) -> tuple[Headers, bytes]:
    """Return headers and body of a problem document."""
    document = {**problem.document(), "request": request}
    content = f"{json.dumps(document, ensure_ascii=False)}\n".encode()
    lines = {
        **headers.ALWAYS,
        **problem.headers,
        "Cache-Control": "no-store",
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(content)),
    }
    return [(name.lower().encode(), value.encode()) for name, value in lines.items()], content
