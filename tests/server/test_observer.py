"""How each answer ended: whole, broken off, or with nobody to hear it."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from mlroles.serving.asgi import Message, Receive, Scope, Send
from mlroles.serving.observer import LEFT, Observer
from mlroles.serving.outlet import BrokenOffError
from mlroles.web.metrics import Metrics


class Counted(Metrics):
    """Counts, of no application."""

    def __init__(self) -> None:
        self.ended: list[tuple[int, str]] = []
        self.under_way = 0

    def answered(self, path: str, method: str, status: int, seconds: float, outcome: str) -> None:  # noqa: ARG002 - as its base has it
        """Note how a request ended."""
        self.ended.append((status, outcome))


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    """Yield a thread with no event loop of playwright's."""
    with ThreadPoolExecutor(1) as threads:
        yield threads


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


async def _sent(_: Message) -> None:
    """Take what is sent."""


@pytest.mark.parametrize("outcome", ["whole", "broken", "left"])
def test_how_an_answer_ends_is_counted(thread: ThreadPoolExecutor, outcome: str) -> None:
    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"some", "more_body": True})
        if outcome == "broken":
            raise BrokenOffError
        if outcome == "left":
            scope[LEFT] = True
            return
        await send({"type": "http.response.body", "body": b"more"})

    counted = Counted()
    scope: Scope = {"path": "/", "method": "GET", "headers": []}
    with suppress(BrokenOffError):
        observer = Observer(app, counted, None)
        thread.submit(lambda: asyncio.run(observer(scope, _nothing, _sent))).result()
    assert counted.ended == [(200, outcome)]
