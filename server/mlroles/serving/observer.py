"""What is known of every request: a name for it, how it ended, and how long it took."""

import itertools
import re
import secrets
import time

from mlroles.serving.asgi import Application, Headers, Message, Receive, Scope, Send
from mlroles.serving.journal import Journal
from mlroles.web.metrics import Metrics
from mlroles.web.problems import REQUEST_ID

#: Set in a request's scope when its client leaves before the answer is whole.
LEFT = "mlroles.left"
_HEADER = b"x-request-id"
#: Of this process, and of its requests.
_START = secrets.token_hex(4)
_NUMBERS = itertools.count(1)
_SOUND = re.compile(rb"[\w.-]{1,100}", re.ASCII)


class Observer:
    """An ASGI application around another: names, counts and logs its requests."""

    def __init__(self, app: Application, metrics: Metrics, journal: Journal | None) -> None:
        self._app = app
        self._metrics = metrics
        self._journal = journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; the client is told its name as ``X-Request-Id``."""
        begun = time.perf_counter()
        name = scope[REQUEST_ID] = _name(scope["headers"])
        status = size = 0
        outcome = "broken"

        async def noted(message: Message) -> None:
            nonlocal status, size, outcome
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (_HEADER, name.encode())]
            else:
                size += len(message.get("body", b""))
                if not message.get("more_body", False):
                    outcome = "whole"
            await send(message)

        self._metrics.under_way += 1
        try:
            await self._app(scope, receive, noted)
        finally:
            self._metrics.under_way -= 1
            seconds = time.perf_counter() - begun
            outcome = "left" if scope.get(LEFT) else outcome
            self._metrics.answered(scope["path"], scope["method"], status, seconds, outcome)
            if self._journal is not None:
                self._journal.answered(scope, name, status, size, seconds, outcome)

    def refused(self, status: int, client: str, name: str) -> None:
        """Note what was refused before it was a request."""
        self._metrics.answered("", "", status, 0, "whole")
        if self._journal is not None:
            self._journal.refused(client, name, status)


def new_name() -> str:
    """Return a name that no other request has."""
    return f"{_START}{next(_NUMBERS):08x}"


def _name(headers: Headers) -> str:
    """Return the name that a client or proxy gave, if it is sound, or a new one."""
    given = dict(headers).get(_HEADER)
    return given.decode() if given is not None and _SOUND.fullmatch(given) else new_name()
