"""What every request passes: its body is taken in, a known answer is given, else a view is run."""

import asyncio
import functools
from collections.abc import Hashable

from mlroles.config import Settings
from mlroles.serving import delivery
from mlroles.serving.asgi import Message, Receive, Scope, Send
from mlroles.serving.cache import Cache
from mlroles.serving.journal import BODY, KEPT
from mlroles.serving.refusal import refusal
from mlroles.serving.wsgi import GENERATION, Views
from mlroles.web.generations import Generation, Generations
from mlroles.web.metrics import Metrics
from mlroles.web.problems import REQUEST_ID

#: Seconds that a client may take to send a request's body.
_PATIENCE = 60.0
#: The headers that the content of an answer may depend on.
_KEYS = (b"accept", b"host", b"content-type")
_READING = {"GET", "HEAD", "POST", "QUERY"}


class Gateway:
    """The ASGI application (specification 3.0) in front of the views.

    A request holds the generation that it begins with; an answer is kept for its generation, and
    not at all where the dataset has no digest.
    """

    def __init__(
        self, views: Views, settings: Settings, generations: Generations, metrics: Metrics
    ) -> None:
        self._views = views
        self._most = settings.max_body
        self._cache = Cache(settings.cache << 20)
        self._generations = generations
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises BrokenOffError where an answer breaks off."""
        asked: dict[bytes, bytes] = dict(scope["headers"])
        if int(asked.get(b"content-length", 0)) > self._most:
            await self._ask(scope, b"", None, receive, functools.partial(_last, send))
            return
        try:
            body = await self._body(receive)
        except TimeoutError:
            await _refuse(
                scope, send, 408, f"The body did not arrive within {_PATIENCE:g} seconds."
            )
            return
        if body is None:
            return
        scope[BODY] = body
        generation = scope[GENERATION] = self._generations.take()
        try:
            await self._answer(scope, asked, body, receive, send)
        finally:
            generation.release()

    async def _answer(
        self, scope: Scope, asked: dict[bytes, bytes], body: bytes, receive: Receive, send: Send
    ) -> None:
        if len(body) > self._most:
            await self._ask(scope, body, None, receive, functools.partial(_last, send))
            return
        key = self._key(scope, asked, body)
        entry = None if key is None else self._cache.get(key)
        if key is not None:
            scope[KEPT] = entry is not None
            self._metrics.looked_up(hit=entry is not None)
        if entry is None:
            await self._ask(scope, body, key, receive, send)
        elif await delivery.give(entry, asked, send, kept=True):
            self._cache.put(key, entry)  # it is larger now

    def _key(self, scope: Scope, asked: dict[bytes, bytes], body: bytes) -> Hashable:
        """Return what the answer depends on; None if it is not to be kept."""
        generation: Generation = scope[GENERATION]
        digest = generation.services.engine.digest
        if not digest or scope["method"] not in _READING:
            return None
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        named = (scope["scheme"], scope["root_path"], *map(asked.get, _KEYS))
        content = generation.number, digest, body
        return content, method, scope["raw_path"], scope["query_string"], *named

    async def _ask(
        self, scope: Scope, body: bytes, key: Hashable, receive: Receive, send: Send
    ) -> None:
        """Let a view answer; keep its answer under ``key``."""
        async with self._views.run(scope, body, receive) as view:
            entry = await delivery.answer(view, scope, send, self._cache.share)
        if key is not None and entry is not None:
            self._cache.put(key, entry)

    async def _body(self, receive: Receive) -> bytes | None:
        """Return the body, or one byte more than it may have; None if the client has gone."""
        body = b""
        async with asyncio.timeout(_PATIENCE):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                body += bytes(message["body"])
                if not message["more_body"] or len(body) > self._most:
                    return body[: self._most + 1]


async def _last(send: Send, message: Message) -> None:
    """Send, and close the connection: what is left of the body is not read."""
    if message["type"] == "http.response.start":
        message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
    await send(message)


async def _refuse(scope: Scope, send: Send, status: int, detail: str) -> None:
    headers, content = refusal(status, detail, scope[REQUEST_ID])
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
