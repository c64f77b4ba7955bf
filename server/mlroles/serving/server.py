"""One server process: an event loop for the network, threads for the views."""

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable

import uvicorn
from flask import Flask

from mlroles.config import Settings
from mlroles.serving.gateway import Gateway
from mlroles.serving.http import BoundedProtocol
from mlroles.serving.journal import Journal
from mlroles.serving.observer import Observer
from mlroles.serving.outlet import BrokenOffError
from mlroles.serving.proxies import proxied
from mlroles.serving.quotas import bounded
from mlroles.serving.refusal import Refusals
from mlroles.serving.spool import Spool
from mlroles.serving.wsgi import Views
from mlroles.web import metrics
from mlroles.web.generations import Generations

_IDLE = 60  # seconds until a connection on which nothing happens is closed
_DRAIN = 5  # seconds that queries under way may go on once a signal has come
_LAST_WORDS = 2  # seconds after these for their clients to be told that they were ended


def serve(
    app: Flask,
    generations: Generations,
    listener: socket.socket,
    settings: Settings,
    announce: Callable[[], None],
) -> None:
    """Serve on ``listener`` until SIGTERM or SIGINT; that is raised again at the end.

    SIGHUP reloads. ``announce`` is called when requests are answered and signals heeded.

    No connection is taken from then on; what is under way has some seconds to end.
    """
    BoundedProtocol.max_connections = settings.connections
    # Through a proxy all clients come by its connections.
    BoundedProtocol.max_of_client = 0 if settings.proxies else settings.client_connections
    refusals = BoundedProtocol.refusals = Refusals(app)
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    counts = metrics.of_app(app)
    with contextlib.ExitStack() as stack:
        views = stack.enter_context(contextlib.closing(_views(app, settings)))
        journal = _journal(settings, stack)
        gateway = Gateway(views, settings, generations, counts, refusals)
        observer = Observer(bounded(gateway, settings, refusals), counts, journal)
        BoundedProtocol.observer = observer
        config = uvicorn.Config(
            proxied(observer, settings.proxies, settings.client_header),
            http=BoundedProtocol,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            server_header=False,
            headers=[("Server", "mlroles")],
            proxy_headers=False,
            timeout_keep_alive=_IDLE,
            timeout_graceful_shutdown=_DRAIN + _LAST_WORDS,
        )
        _Server(config, generations, announce).run([listener])


class _Server(uvicorn.Server):
    def __init__(
        self, config: uvicorn.Config, generations: Generations, announce: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._generations = generations
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and to heed SIGHUP."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, self._generations.reload_soon)
        await super().startup(sockets)
        self._announce()
        self._generations.verify()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Wait for what is under way, and end the queries that take too long."""
        loop = asyncio.get_running_loop()
        loop.call_later(_DRAIN, loop.run_in_executor, None, self._generations.close)
        await super().shutdown(sockets)


def _journal(settings: Settings, stack: contextlib.ExitStack) -> Journal | None:
    if not settings.access_log:
        return None
    return stack.enter_context(contextlib.closing(Journal(settings.access_log)))


def _views(app: Flask, settings: Settings) -> Views:
    """Return the views, with enough threads for the engine to be the one that turns away."""
    threads = settings.workers + settings.queue + settings.threads
    return Views(app, threads, Spool(settings.spool << 20))


def _is_news(record: logging.LogRecord) -> bool:
    """Return False for an answer that broke off: its cause has been told."""
    return not (record.exc_info and isinstance(record.exc_info[1], BrokenOffError))
