"""Stores that run on loopback and may be changed over HTTP: Oxigraph's own server, and Virtuoso."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

import pytest

import ports
import virtuoso
from mlroles import vocab
from mlroles.store.remote import RemoteStore

_COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


class Target(NamedTuple):
    """Where a store is asked and changed."""

    query: str
    update: str

    def counts(self) -> dict[str, int]:
        """Return how many triples each graph of ours has, those being put together too."""
        rows = RemoteStore(self.query).select(_COUNTS)
        found = {row["g"].value: int(row["n"].value) for row in rows}
        return {graph: n for graph, n in found.items() if graph.startswith(vocab.BASE)}


@contextmanager
def oxigraph(location: Path) -> Iterator[Target]:
    """Run Oxigraph's own server, as PyPI brings it."""
    program, port = Path(sys.executable).with_name("oxigraph"), ports.free()
    command = [str(program), "serve", "--location", str(location), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/")
            yield Target(f"http://127.0.0.1:{port}/query", f"http://127.0.0.1:{port}/update")
        finally:
            process.kill()


@contextmanager
def virtuoso_server(location: Path) -> Iterator[Target]:
    """Run Virtuoso, which lets everybody on loopback change it."""
    with virtuoso.running(location) as server:
        server.allow_updates()
        yield Target(server.endpoint, server.endpoint)


def _wait(url: str) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            urlopen(url).close()  # noqa: S310 - on loopback
        except URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the store did not start in time")
