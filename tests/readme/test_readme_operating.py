"""What the README tells operators is true: settings of the service, headers of the proxy, the log."""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import page
from mlroles.config import SETTINGS, settings
from mlroles.serving.asgi import Message, Receive, Scope, Send
from mlroles.serving.journal import KEPT, Journal
from mlroles.serving.proxies import Proxied


def test_the_service_has_settings_that_there_are() -> None:
    (unit,) = page.blocks("ini")
    given = dict(re.findall(r"(MLROLES_\w+)=(\S+)", unit.content))
    known = {setting.variable: setting for setting in SETTINGS}
    assert given.keys() <= known.keys()
    values = settings({known[name].name: known[name].parse(text) for name, text in given.items()})
    assert values.proxies == 1


async def _nothing() -> Message:
    raise AssertionError


async def _ignore(_: Message) -> None:
    raise AssertionError


def test_the_proxy_sends_the_headers_that_are_read() -> None:
    (block,) = page.blocks("nginx")
    values = {
        "$proxy_add_x_forwarded_for": "192.0.2.7",
        "$scheme": "https",
        "$host": "example.org",
        "$request_id": "b3e20ace0d0999b1",
    }
    sent = dict(re.findall(r"proxy_set_header (\S+) (\S+);", block.content))
    seen: list[Scope] = []

    async def application(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope)

    headers = [(n.lower().encode(), values.get(v, str(v)).encode()) for n, v in sent.items()]
    scope: Scope = {"headers": [(b"host", b"x"), *headers], "client": ("127.0.0.1", 1)}
    proxied = Proxied(application, 1, settings().client_header)
    # In a thread of its own: playwright leaves an event loop running in that of the tests.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(proxied(scope, _nothing, _ignore))).result()
    assert seen[0]["client"][0] == "192.0.2.7"
    assert seen[0]["scheme"] == "https"
    assert seen[0]["root_path"] == "/roles"
    assert dict(seen[0]["headers"])[b"host"] == b"example.org"


def test_a_line_of_the_log_is_as_shown(tmp_path: Path) -> None:
    (block,) = [it for it in page.blocks("json") if it.heading == "Operating it"]
    target = tmp_path / "log"
    scope: Scope = {
        "headers": [(b"user-agent", b"curl/8.5.0")],
        "client": ("192.0.2.7", 1),
        "method": "GET",
        "path": "/sparql",
        "query_string": b"query=ASK+%7B%7D",
        KEPT: False,
    }
    with closing(Journal(str(target))) as journal:
        journal.answered(scope, "b3e20ace0d0999b1", 200, 26, 0.0071, "whole")
    shown, written = json.loads(block.content), json.loads(target.read_text())
    assert list(written) == list(shown)
    assert {**written, "time": ""} == {**shown, "time": ""}
