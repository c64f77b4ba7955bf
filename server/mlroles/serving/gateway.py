"""What every request passes: its body is taken in, a known answer is given, else a view is run."""

import asyncio
import functools
from collections.abc import Hashable

from mlroles.config import Settings
from mlroles.serving import delivery
from mlroles.serving.asgi import Message, Receive, Scope, Send
from mlroles.serving.cache import Cache, Content
from mlroles.serving.head import Fault
from mlroles.serving.journal import BODY, KEPT
from mlroles.serving.observer import LEFT
from mlroles.serving.refusal import Refusals
from mlroles.serving.wsgi import GENERATION, READING, Views
from mlroles.web.generations import Generation, Generations
from mlroles.web.identity import Claim
from mlroles.web.metrics import Metrics
from mlroles.web.problems import REQUEST_ID

#: Seconds that a client may take to send a request's body.
_PATIENCE = 60.0
#: The headers that the content of an answer may depend on.
_KEYS = (b"accept", b"host", b"content-type", b"content-encoding")


class Gateway:
    """The ASGI application (specification 3.0) in front of the views.

    A request holds the generation that it begins with; an answer is kept for its generation, and
    not at all where the dataset has no digest.
    """

    def __init__(
        self,
        views: Views,
        settings: Settings,
        generations: Generations,
        metrics: Metrics,
        refusals: Refusals,
    ) -> None:
        self._views = views
        self._refusals = refusals
        self._most = settings.max_body
        self._cache = Cache(settings.cache << 20)
        self._generations = generations
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises BrokenOffError where an answer breaks off."""
        asked: dict[bytes, bytes] = dict(scope["headers"])
        if int(asked.get(b"content-length", 0)) > self._most:
            # Nothing is received: who expects a word to go on (RFC 9110, 10.1.1) gets the answer.
            await self._ask(scope, asked, b"", None, _nothing, functools.partial(_last, send))
            return
        try:
            body = await self._body(receive)
        except TimeoutError:
            await self._give_up(scope, asked, send)
            return
        if body is None:
            scope[LEFT] = True
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
            await self._ask(scope, asked, body, None, receive, functools.partial(_last, send))
            return
        if scope["method"] == "POST":
            asked.pop(b"if-none-match", None)  # a 304 is for safe methods (RFC 9110, 13.1.2)
        key = self._key(scope, asked, body)
        entry = None if key is None else self._cache.get(key)
        if key is not None:
            scope[KEPT] = entry is not None
            self._metrics.looked_up(hit=entry is not None)
        if entry is None:
            await self._ask(scope, asked, body, key, receive, send)
        elif await delivery.give(entry, asked, send, kept=True):
            self._cache.put(key, entry)  # it is larger now

    def _key(self, scope: Scope, asked: dict[bytes, bytes], body: bytes) -> Hashable:
        """Return what the answer depends on; None if it is not to be kept."""
        generation: Generation = scope[GENERATION]
        digest = generation.services.engine.digest
        if not digest or scope["method"] not in READING:
            return None
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        named = (scope["scheme"], scope["root_path"], *map(asked.get, _KEYS))
        content = generation.number, digest, body
        return content, method, scope["raw_path"], scope["query_string"], *named

    async def _ask(  # noqa: PLR0913, PLR0917 - one request, as far as it is known
        self,
        scope: Scope,
        asked: dict[bytes, bytes],
        body: bytes,
        key: Hashable,
        receive: Receive,
        send: Send,
    ) -> None:
        """Let a view answer, if it must; keep its answer under ``key``."""
        known: Content | None = None

        def recall(name: str) -> bool:  # in the view's thread
            nonlocal known
            known = self._cache.content(name)
            return known is not None or delivery.is_current(asked, name)

        claim = Claim(recall if key is not None else lambda _: False)
        async with self._views.run(scope, body, receive, claim) as view:
            entry = await delivery.answer(
                view, lambda: known, asked, scope, send, self._cache.share
            )
        if key is not None and entry is not None:
            self._cache.put(key, entry)

    async def _give_up(self, scope: Scope, asked: dict[bytes, bytes], send: Send) -> None:
        fault = Fault(408, f"The body did not arrive within {_PATIENCE:g} seconds.")
        accept = asked.get(b"accept", b"").decode("latin-1")
        headers, content = self._refusals.close(fault, scope[REQUEST_ID], accept)
        await send({"type": "http.response.start", "status": fault.status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

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


async def _nothing() -> Message:
    """Wait for ever."""
    return await asyncio.get_running_loop().create_future()  # type: ignore[no-any-return]
