"""What every request passes: its body is taken in, within bounds of bytes and of time."""

import asyncio
import functools

from mlroles.config import Settings
from mlroles.serving.refusal import refusal
from mlroles.serving.wsgi import Message, Receive, Scope, Send, Views

#: Seconds that a client may take to send a request's body.
_PATIENCE = 60.0


class Gateway:
    """The ASGI application (specification 3.0) in front of the views."""

    def __init__(self, views: Views, settings: Settings) -> None:
        self._views = views
        self._most = settings.max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises BrokenOffError."""
        if _declared(scope) > self._most:
            await self._views.answer(scope, b"", receive, functools.partial(_last, send))
            return
        try:
            body = await self._body(receive)
        except TimeoutError:
            await _refuse(send, 408, f"The body did not arrive within {_PATIENCE:g} seconds.")
            return
        if body is None:
            return
        if len(body) > self._most:
            send = functools.partial(_last, send)
        await self._views.answer(scope, body, receive, send)

    async def _body(self, receive: Receive) -> bytes | None:
        """Return the body, or one byte more than it may have; None if the client has gone."""
        body = bytearray()
        async with asyncio.timeout(_PATIENCE):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                body += message["body"]
                if not message["more_body"] or len(body) > self._most:
                    return bytes(body[: self._most + 1])


def _declared(scope: Scope) -> int:
    """Return the Content-Length, 0 if there is none; the parser has seen that it is a number."""
    return next((int(value) for name, value in scope["headers"] if name == b"content-length"), 0)


async def _last(send: Send, message: Message) -> None:
    """Send, and close the connection: what is left of the body is not read."""
    if message["type"] == "http.response.start":
        message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
    await send(message)


async def _refuse(send: Send, status: int, detail: str) -> None:
    headers, content = refusal(status, detail)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
