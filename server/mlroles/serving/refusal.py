"""What is told before a request has reached the application: RFC 9457, as everywhere."""

import json
from http import HTTPStatus

from mlroles.serving.asgi import Headers
from mlroles.web import headers
from mlroles.web.problems import Problem


def refusal(status: int, detail: str, more: dict[str, str] | None = None) -> tuple[Headers, bytes]:
    """Return headers and body of a problem document; the connection is to be closed after it."""
    phrase = HTTPStatus(status).phrase
    problem = Problem(status, phrase.lower().replace(" ", "-"), phrase, detail)
    content = json.dumps(problem.document(), ensure_ascii=False).encode()
    lines = {
        **headers.ALWAYS,
        **(more or {}),
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(content)),
        "Connection": "close",
    }
    return [(name.lower().encode(), value.encode()) for name, value in lines.items()], content
