"""``mlroles serve``: serve the knowledge graph over HTTP."""

import contextlib
import errno
import logging
import signal
import socket
import time
from collections.abc import Iterator
from typing import Any, NoReturn

import click

from mlroles import __version__
from mlroles.cli._options import given, setting_options
from mlroles.cli._progress import progress
from mlroles.config import Settings, settings
from mlroles.engine.interface import Engine
from mlroles.engine.opening import open_engine
from mlroles.errors import MlrolesError, SettingError

_LAST_PORT = 65_535
#: Settings that may be 0.
_MAY_BE_NONE = {"port", "queue", "cache", "max_age"}


@click.command("serve")
@setting_options
def command(**options: Any) -> None:
    """Serve the knowledge graph over HTTP until Ctrl-C or SIGTERM.

    Each option is also an environment variable: --port is MLROLES_PORT.
    """
    begun = time.monotonic()
    chosen = settings(given(options))
    _require_sane(chosen)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    _log_briefly()
    with _listening(chosen.host, chosen.port) as listener:
        with progress() as tell:
            engine = open_engine(chosen, tell)
        with contextlib.closing(engine):
            _serve(chosen, listener, engine, begun)


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


def _serve(chosen: Settings, listener: socket.socket, engine: Engine, begun: float) -> None:
    """Serve until a signal comes. Modules of the web are imported after the fork."""
    from mlroles.serving.server import serve  # noqa: PLC0415 - the forked process stays small
    from mlroles.web import create_app  # noqa: PLC0415 - as above
    from mlroles.web.facts import gather  # noqa: PLC0415 - as above

    app = create_app(vars(chosen), engine=engine)
    facts = gather(engine)
    host, port = listener.getsockname()[:2]
    listener.listen()
    click.echo(
        f"mlroles {__version__}: http://{f'[{host}]' if ':' in host else host}:{port}/ "
        f"({facts.asserted:,} asserted + {facts.inferred:,} inferred = {facts.total:,} "
        f"triples; ready in {time.monotonic() - begun:.1f} s; Ctrl-C ends)",
        err=True,
    )
    serve(app, engine, listener, chosen)


def _log_briefly() -> None:
    """Log warnings to standard error; what the user was told needs no trace of calls."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("mlroles: %(message)s"))
    handler.addFilter(_in_one_line)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


def _in_one_line(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, MlrolesError):
        record.msg = f"{record.getMessage()}: {error.detail}"
        record.args = ()
        record.exc_info = None
    return True
