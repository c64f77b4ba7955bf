"""What is told before a request has reached a view: RFC 9457, as everywhere, or a page."""

import json

from flask import Flask
from werkzeug.exceptions import default_exceptions
from werkzeug.test import create_environ

from mlroles.serving.asgi import Headers
from mlroles.serving.head import Fault
from mlroles.web import headers, problems
from mlroles.web.problems import REQUEST_ID, Problem


class Refusals:
    """Tells problems without a view: as documents, or, given the application, as pages too."""

    def __init__(self, app: Flask | None = None) -> None:
        self._app = app

    def close(
        self, fault: Fault, request: str, accept: str = "", more: dict[str, str] | None = None
    ) -> tuple[Headers, bytes]:
        """Return headers and body of what is told; the connection is to be closed after it.

        ``request`` is what the request is known by in the log.
        """
        title = default_exceptions[fault.status]("").name  # its slug has a page of its own
        slug = title.lower().replace(" ", "-")
        problem = Problem(fault.status, slug, title, fault.detail, dict(fault.members), more or {})
        told, content = self.tell(problem, request, accept)
        return [*told, (b"connection", b"close")], content

    def tell(
        self, problem: Problem, request: str, accept: str = "", root: str = ""
    ) -> tuple[Headers, bytes]:
        """Return headers and body of a problem, whose pages link to what is below ``root``."""
        if self._app is not None and problems.wants_page(accept):
            kind, content = "text/html; charset=utf-8", self._page(problem, request, accept, root)
        else:
            document = {**problem.document(), "request": request}
            kind = "application/problem+json"
            content = f"{json.dumps(document, ensure_ascii=False)}\n".encode()
        lines = {
            **headers.ALWAYS,
            **problem.headers,
            "Cache-Control": "no-store",
            "Content-Type": kind,
            "Content-Length": str(len(content)),
            "Vary": "Accept",
        }
        return [(name.lower().encode(), value.encode()) for name, value in lines.items()], content

    def _page(self, problem: Problem, request: str, accept: str, root: str) -> bytes:
        assert self._app is not None  # noqa: S101 - see tell
        environ = create_environ("/", headers={"Accept": accept})
        environ |= {"SCRIPT_NAME": root, REQUEST_ID: request}
        with self._app.request_context(environ):
            return problems.tell(problem).get_data()
