"""``mlroles serve``: serve the knowledge graph over HTTP."""

import contextlib
import errno
import logging
import signal
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import click

from mlroles import __version__
from mlroles.cli._options import given, setting_options
from mlroles.cli._progress import progress
from mlroles.config import Settings, settings
from mlroles.engine.interface import Engine
from mlroles.engine.opening import reopening
from mlroles.errors import MlrolesError, SettingError

_LAST_PORT = 65_535
#: Settings that may be 0.
_MAY_BE_NONE = {
    *("port", "queue", "cache", "max_age"),
    *("max_rows", "client_requests", "client_minute", "client_connections", "proxies"),
}


@click.command("serve")
@setting_options
def command(**options: Any) -> None:
    """Serve the knowledge graph over HTTP until Ctrl-C or SIGTERM; SIGHUP reloads it.

    Each option is also an environment variable: --port is MLROLES_PORT.
    """
    begun = time.monotonic()
    chosen = settings(given(options))
    _require_sane(chosen)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until there is something to reload
    _log_briefly()
    with _listening(chosen.host, chosen.port) as listener, contextlib.ExitStack() as stack:
        with progress() as tell:
            reopen = stack.enter_context(reopening(chosen, tell))
            engine = stack.enter_context(contextlib.closing(reopen()))
        _serve(chosen, listener, engine, reopen, begun)


def _leave(signum: int, frame: object) -> NoReturn:  # noqa: ARG001 - a handler's signature
    raise SystemExit(0)


def _require_sane(chosen: Settings) -> None:
    if not 0 <= chosen.port <= _LAST_PORT:
        raise SettingError(f"The setting port must be 0 to {_LAST_PORT}, and is {chosen.port}.")
    for name, value in vars(chosen).items():
        if not isinstance(value, int | float) or value > 0:
            continue
        if value < 0 or name not in _MAY_BE_NONE:
            raise SettingError(f"The setting {name} must be above 0, and is {value}.")


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """Yield a socket that has the address, taken before anything slow begins.

    Raises SettingError if it cannot be had.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except OSError as error:
            raise _cannot_listen(host, port, error) from error
        yield listener


def _cannot_listen(host: str, port: int, error: OSError) -> SettingError:
    taken = error.errno == errno.EADDRINUSE
    return SettingError(
        f"Cannot listen on {host}, port {port}: {error.strerror}.",
        hint="Choose another --port; --port 0 takes a free one." if taken else None,
    )


def _serve(
    chosen: Settings,
    listener: socket.socket,
    engine: Engine,
    reopen: Callable[[], Engine],
    begun: float,
) -> None:
    """Serve until a signal comes. Modules of the web are imported after the fork."""
    from mlroles.serving.server import serve  # noqa: PLC0415 - the forked process stays small
    from mlroles.web import create_app  # noqa: PLC0415 - as above
    from mlroles.web.generations import of_app  # noqa: PLC0415 - as above

    app = create_app(vars(chosen), engine=engine, reopen=reopen)
    generations = of_app(app)
    facts = generations.current.services.facts
    listener.listen()

    def announce() -> None:
        click.echo(
            f"mlroles {__version__}: {_address(listener)} "
            f"({facts.asserted:,} asserted + {facts.inferred:,} inferred = {facts.total:,} "
            f"triples; ready in {time.monotonic() - begun:.1f} s; Ctrl-C ends)",
            err=True,
        )
        if not facts.total:
            click.echo(
                "mlroles: nothing of ours is in this store; `mlroles publish` puts it there",
                err=True,
            )

    with contextlib.closing(generations):
        serve(app, generations, listener, chosen, announce)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _log_briefly() -> None:
    """Log to standard error: warnings, and our news. What the user was told needs no trace."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("mlroles: %(message)s"))
    handler.addFilter(_in_one_line)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("mlroles").setLevel(logging.INFO)


def _in_one_line(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, MlrolesError):
        record.msg = f"{record.getMessage()}: {error.detail}"
        record.args = ()
        record.exc_info = None
    return True
