"""All settings in one table, the same for command line, environment and ``create_app``.

A setting ``name`` is the option ``--name``, the variable ``MLROLES_NAME`` and the key ``name``
of the mapping given to :func:`settings`.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from mlroles.errors import SettingError


def _paths(text: str) -> tuple[Path, ...]:
    return tuple(Path(part) for part in text.split(os.pathsep) if part)


@dataclass(frozen=True)
class Setting:
    """One row: what it is called, what it is if nothing is said, how text becomes its value."""

    name: str
    default: Any
    parse: Callable[[str], Any]
    help: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"MLROLES_{self.name.upper()}"


SETTINGS = (
    Setting("host", "127.0.0.1", str, "address to listen on"),
    Setting("port", 8000, int, "port to listen on; 0 takes a free one"),
    Setting("data", (), _paths, "more Turtle files or directories, loaded beside ours"),
    Setting("cache_dir", user_cache_path("mlroles"), Path, "where computed closures are kept"),
    Setting(
        "store", "", str, "a directory to keep the dataset in, or the address of another store"
    ),
    Setting(
        "workers",
        max(2, os.cpu_count() or 1) + 3,
        int,
        "queries that run at the same time, each in a process of its own; one client's, all but one",
    ),
    Setting(
        "threads",
        16,
        int,
        "requests handled at the same time, beside those that wait for a worker",
    ),
    Setting("queue", 64, int, "queries that may wait for a worker"),
    Setting("timeout", 30.0, float, "seconds that one query may take"),
    Setting("memory", 1024, int, "MiB of memory that one query may add"),
    Setting("cache", 64, int, "MiB of answers kept in memory; 0 keeps none"),
    Setting("spool", 256, int, "MiB of answers that wait, on disk, for clients that read slowly"),
    Setting("max_age", 0, int, "seconds that clients may keep an answer without asking again"),
    Setting("max_query", 65_536, int, "bytes that a query may be long"),
    Setting("max_body", 1_048_576, int, "bytes that a request's body may be long"),
    Setting("max_depth", 100, int, "levels of nesting that a query may have"),
    Setting("max_chain", 1000, int, "operators that a query may chain at one level"),
    Setting("page_rows", 1000, int, "rows that an HTML table shows"),
    Setting("max_rows", 0, int, "rows that a SELECT may give; 0 for any number"),
    Setting("client_requests", 0, int, "requests of one client at the same time; 0 for any number"),
    Setting("client_minute", 0, int, "requests of one client in a minute; 0 for any number"),
    Setting("connections", 800, int, "connections at the same time"),
    Setting(
        "client_connections",
        256,
        int,
        "connections of one client at the same time, if no proxy is in front; 0 for any number",
    ),
    Setting("proxies", 0, int, "proxies in front whose X-Forwarded headers are believed"),
    Setting(
        "client_header", "X-Forwarded-For", str, "the header by which a proxy names the client"
    ),
    Setting(
        "access_log",
        "",
        str,
        "a file that gets a line of JSON for each request; - is standard error",
    ),
)


@dataclass(frozen=True)
class Settings:
    """The value of every setting, by attribute."""

    host: str
    port: int
    data: tuple[Path, ...]
    cache_dir: Path
    store: str
    workers: int
    threads: int
    queue: int
    timeout: float
    memory: int
    cache: int
    spool: int
    max_age: int
    max_query: int
    max_body: int
    max_depth: int
    max_chain: int
    page_rows: int
    max_rows: int
    client_requests: int
    client_minute: int
    connections: int
    client_connections: int
    proxies: int
    client_header: str
    access_log: str


def settings(given: Mapping[str, Any] | None = None) -> Settings:
    """Return every setting: what is given, else the environment's, else the default.

    A value of None in ``given`` counts as not given. Raises SettingError for an unknown name or
    for text of the environment that does not parse.
    """
    stated = {name: value for name, value in (given or {}).items() if value is not None}
    unknown = stated.keys() - {setting.name for setting in SETTINGS}
    if unknown:
        raise SettingError(
            f"There is no setting {', '.join(sorted(unknown))}.",
            hint=f"The settings are {', '.join(setting.name for setting in SETTINGS)}.",
        )
    return Settings(**{s.name: stated.get(s.name, _from_environment(s)) for s in SETTINGS})


def _from_environment(setting: Setting) -> Any:
    text = os.environ.get(setting.variable)
    if text is None:
        return setting.default
    try:
        return setting.parse(text)
    except ValueError as error:
        raise SettingError(f"{setting.variable}={text!r} cannot be read: {error}.") from error
