"""Requests that come through proxies of ours: who asked, and by which address.

Each proxy adds to the end of a header, so that what the last ``count`` of them said is at the end,
and what the client said of itself stands before that and is not believed.
"""

import re

from mlroles.serving.asgi import Application, Headers, Receive, Scope, Send

_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[\da-f:.]+\](:\d+)?", re.ASCII | re.IGNORECASE)
_PREFIX = re.compile(r"(/[\w.~-]+)*/?", re.ASCII)
_CLIENT = re.compile(r"[\w.:%-]{1,100}", re.ASCII)


class Proxied:
    """An ASGI application around another: what ``count`` proxies say of a request becomes true.

    ``client_header`` is the one that names the client; the others are ``X-Forwarded-Proto``,
    ``X-Forwarded-Host`` and ``X-Forwarded-Prefix``. What is not sound is as if it were not there.
    """

    def __init__(self, app: Application, count: int, client_header: str) -> None:
        self._app = app
        self._count = count
        self._client = client_header.lower().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers: Headers = scope["headers"]
        if (client := self._said(headers, self._client, _CLIENT)) is not None:
            scope["client"] = (client, 0)
        if (scheme := self._said(headers, b"x-forwarded-proto", re.compile("https?"))) is not None:
            scope["scheme"] = scheme
        if (prefix := self._said(headers, b"x-forwarded-prefix", _PREFIX)) is not None:
            scope["root_path"] = prefix.rstrip("/")
        if (host := self._said(headers, b"x-forwarded-host", _HOST)) is not None:
            others = [header for header in headers if header[0] != b"host"]
            scope["headers"] = [*others, (b"host", host.encode())]
        await self._app(scope, receive, send)

    def _said(self, headers: Headers, name: bytes, sound: re.Pattern[str]) -> str | None:
        """Return what the outermost proxy of ours said, if it is sound."""
        values = b",".join(value for header, value in headers if header == name).split(b",")
        if len(values) < self._count:
            return None
        said = values[-self._count].strip().decode("latin-1")
        return said if said and sound.fullmatch(said) else None


def proxied(app: Application, count: int, client_header: str) -> Application:
    """Return the application behind so many proxies; itself behind none."""
    return Proxied(app, count, client_header) if count else app
