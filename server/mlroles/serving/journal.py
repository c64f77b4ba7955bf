"""The access log: a line of JSON for each request.

A query is in it, cut, where one is asked; no header but ``User-Agent``, no parameter but the query,
no other body: a secret in one of them stays there.
"""

import json
import logging
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path
from urllib.parse import parse_qs

from mlroles.errors import SettingError
from mlroles.serving.asgi import Scope

#: Where a request's scope has its body, and whether its answer was kept.
BODY, KEPT = "mlroles.body", "mlroles.kept"

_QUERY = 1000  # characters of a query that are logged
_WORDS = 200  # and of a path or a client's name of itself
_FORM = b"application/x-www-form-urlencoded"
_TEXT = b"application/sparql-query"
_ROUTE = re.compile(r"/sparql(\.\w+)?")


class Journal:
    """Writes to ``target``: a file, or ``-`` for standard error. Raises SettingError.

    A file that is moved away, as when logs are rotated, is made anew.
    """

    def __init__(self, target: str) -> None:
        try:
            handler = logging.StreamHandler(sys.stderr) if target == "-" else _File(Path(target))
        except OSError as error:
            raise SettingError(
                f"The access log {target} cannot be written: {error.strerror}."
            ) from error
        handler.setFormatter(logging.Formatter("%(message)s"))
        self._handler = handler
        self._log = logging.getLogger("mlroles.access")
        self._log.propagate = False
        self._log.setLevel(logging.INFO)
        self._log.addHandler(handler)

    def close(self) -> None:
        """Write no more."""
        self._log.removeHandler(self._handler)
        self._handler.close()

    def answered(  # noqa: PLR0913, PLR0917 - what is known of a request
        self, scope: Scope, name: str, status: int, size: int, seconds: float, outcome: str
    ) -> None:
        """Log a request; ``size`` is in bytes, and ``outcome`` says whether its answer is whole."""
        headers = dict(scope["headers"])
        query = _query(scope, headers)
        kept = scope.get(KEPT)
        self._write(
            request=name,
            client=(scope.get("client") or ("",))[0],
            method=scope["method"],
            path=scope["path"][:_WORDS],
            **({} if query is None else {"query": query[:_QUERY]}),
            status=status or None,  # None: the client left before there was one
            outcome=outcome,
            bytes=size,
            ms=round(seconds * 1000, 1),
            **({} if kept is None else {"cache": "hit" if kept else "miss"}),
            agent=headers.get(b"user-agent", b"").decode("latin-1")[:_WORDS],
        )

    def refused(self, client: str, name: str, status: int) -> None:
        """Log what was refused before it was a request."""
        self._write(request=name, client=client, status=status)

    def _write(self, **members: object) -> None:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._log.info("%s", json.dumps({"time": now, **members}))


class _File(WatchedFileHandler):
    """A log file; when it cannot be written, as on a full disk, requests are answered none the less."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - as logging has it
        """Leave the line out, and what else could not be written; the next opens the file again."""
        stream, self.stream = self.stream, None
        if stream is not None:
            with suppress(OSError):
                stream.close()


def _query(scope: Scope, headers: dict[bytes, bytes]) -> str | None:
    """Return the query that a request brings to where queries are asked, if it does."""
    if not _ROUTE.fullmatch(scope["path"]):
        return None
    found = parse_qs(scope["query_string"].decode("latin-1"), errors="replace").get("query")
    body: bytes = scope.get(BODY, b"")
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if found is None and kind == _TEXT:
        return body[: 4 * _QUERY].decode(errors="replace") or None
    if found is None and kind == _FORM:
        found = parse_qs(body.decode("latin-1"), errors="replace").get("query")
    return found[0] if found else None
