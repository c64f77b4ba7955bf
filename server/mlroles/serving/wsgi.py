"""The Flask application on the event loop: each request in a thread, its answer through an outlet.

A thread is taken only once the whole body is here, and is let go of once the answer is made: a
slow client holds a socket, and nothing else.
"""

import asyncio
import contextlib
import io
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from wsgiref.types import WSGIApplication

from mlroles.engine.departure import KEY, Departure
from mlroles.serving.asgi import Headers, Receive, Scope
from mlroles.serving.observer import LEFT
from mlroles.serving.outlet import GoneError, Outlet
from mlroles.serving.quotas import network
from mlroles.serving.spool import Spool
from mlroles.web import identity, services
from mlroles.web.identity import Claim
from mlroles.web.problems import REQUEST_ID

#: Methods that change nothing.
READING = frozenset({"GET", "HEAD", "POST", "QUERY"})
#: Where a request's scope has the generation that it began with.
GENERATION = "mlroles.generation"


class Views:
    """Runs a WSGI application in at most ``threads`` threads at a time."""

    def __init__(self, app: WSGIApplication, threads: int, room: Spool) -> None:
        self._app = app
        self._room = room
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="mlroles-view")

    @contextlib.asynccontextmanager
    async def run(
        self, scope: Scope, body: bytes, receive: Receive, claim: Claim
    ) -> AsyncIterator["View"]:
        """Yield the view of a request, whose body is here, at work in a thread."""
        loop = asyncio.get_running_loop()
        view = View(self._app, environ(scope, body), Outlet(loop, self._room), claim)
        leaving = loop.create_task(_watch(scope, receive, view.departure))
        work = loop.run_in_executor(self._threads, view.run)
        try:
            yield view
        finally:
            leaving.cancel()
            view.outlet.close()
            await work

    def close(self) -> None:
        """Return when the views under way have ended."""
        self._threads.shutdown()


async def _watch(scope: Scope, receive: Receive, departure: Departure) -> None:
    """Note that the client leaves; the task is ended once its answer is whole."""
    while (await receive())["type"] != "http.disconnect":
        pass
    scope[LEFT] = True
    departure.happen()


class View:
    """One request in its thread; its answer comes out of ``outlet``.

    ``status``, ``headers`` and ``length`` are there when the outlet gives something, or ends.
    """

    def __init__(
        self, app: WSGIApplication, environ: dict[str, Any], outlet: Outlet, claim: Claim
    ) -> None:
        self.departure = environ[KEY] = Departure(network(environ["REMOTE_ADDR"]))
        self.claim = environ[identity.KEY] = claim
        self.outlet = outlet
        #: Whether answers to such a request have a tag and may be kept.
        self.keeps = environ["REQUEST_METHOD"] in READING
        self.status = 500
        self.headers: Headers = []
        self._app = app
        self._environ = environ
        self.length: int | None = None  # bytes of the body, if they are known beforehand

    def run(self) -> None:
        """Run the application, and write its answer."""
        whole = False
        try:
            result = self._app(self._environ, self._start)
            with contextlib.ExitStack() as stack:
                if hasattr(result, "close"):
                    stack.callback(result.close)
                self._write(result)
            whole = True
        except GoneError:
            return  # nobody is there to be told
        finally:
            self.outlet.end(failed=not whole)

    def _write(self, result: Iterable[bytes]) -> None:
        written = 0
        for piece in result:
            if piece:
                written += len(piece)
                self.outlet.write(piece, last=written == self.length)

    def _start(
        self, status: str, headers: list[tuple[str, str]], _error: object = None
    ) -> Callable[[bytes], object]:
        encoded = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in headers
            if name.lower() not in _NOT_THEIRS
        ]
        self.status, self.headers = int(status.split(" ", 1)[0]), encoded
        self.length = next(
            (int(value) for name, value in encoded if name == b"content-length"), None
        )
        return self.outlet.write


def environ(scope: Scope, body: bytes) -> dict[str, Any]:
    """Return the WSGI environment (PEP 3333) of an ASGI scope and its whole body."""
    host, port = scope.get("server") or ("", None)
    found = {
        # A HEAD has the headers of a GET, and we leave out what follows them.
        "REQUEST_METHOD": "GET" if scope["method"] == "HEAD" else scope["method"],
        "SCRIPT_NAME": scope["root_path"],
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if REQUEST_ID in scope:
        found[REQUEST_ID] = scope[REQUEST_ID]
    if GENERATION in scope:
        found[services.KEY] = scope[GENERATION].services
    for name, value in scope["headers"]:
        key = _NAMES.get(name) or f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"
        text = value.decode("latin-1")
        found[key] = f"{found[key]},{text}" if key in found else text
    # One that is longer than the body says that this is not all of it: the view refuses it.
    found["CONTENT_LENGTH"] = str(max(len(body), int(found.get("CONTENT_LENGTH", 0))))
    for name in _NOT_FOR_THEM:
        found.pop(name, None)
    return found


#: Tags, conditions and parts are the business of this room, and of one place in it.
_NOT_THEIRS = {"etag", "accept-ranges"}
_NOT_FOR_THEM = (
    "HTTP_TRANSFER_ENCODING",
    "HTTP_RANGE",
    *("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_RANGE"),
    *("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"),
)
_NAMES = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
