"""Servers to be measured side by side: ours, Oxigraph's, rdflib-endpoint and Virtuoso."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import ports
import virtuoso
from mlroles import vocab

JSON = "application/sparql-results+json"
_PATIENCE = 900.0  # seconds that a server may take to start
_LAST = 10.0  # seconds that it may take to end
_GRAPHS = (vocab.ASSERTED, vocab.INFERRED)
_BUFFERS = 200_000  # of 8 kB each: Virtuoso's own advice for 2 GB of memory
_ROWS = 2_000_000


@dataclass(frozen=True)
class Contender:
    """A running server. ``extra`` are parameters that each of its requests needs.

    ``started`` is in seconds, from the start of the process to its first answer.
    """

    name: str
    endpoint: str
    group: int
    started: float
    extra: tuple[tuple[str, str], ...] = ()

    def pause(self) -> None:
        """Take it off the processors while another is measured."""
        os.killpg(self.group, signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        os.killpg(self.group, signal.SIGCONT)

    def memory(self) -> int:
        """Return the bytes that its processes hold, what they share counted once (PSS)."""
        return 1024 * sum(map(_pss, _members(self.group)))

    def path(self, query: str) -> str:
        """Return the path and query string that ask ``query``."""
        path = "/" + self.endpoint.split("/", 3)[3]
        return f"{path}?{urlencode([*self.extra, ('query', query)])}"


#: Starts a server over a file of N-Quads, in a directory of its own that lasts over two starts.
Start = Callable[[Path, Path, tuple[Path, ...]], contextlib.AbstractContextManager[Contender]]


@contextlib.contextmanager
def ours(
    directory: Path, _quads: Path, turtle: tuple[Path, ...], name: str = "mlroles", *options: str
) -> Iterator[Contender]:
    """Start this project's server, which reasons for itself or remembers that it did."""
    port = ports.free()
    command = [sys.executable, "-m", "mlroles", "serve", "--port", str(port), *options]
    command += ["--cache-dir", str(directory), *(f"--data={path}" for path in turtle)]
    with _running(name, command, f"http://127.0.0.1:{port}/sparql") as contender:
        yield contender


def ours_on_disk(
    directory: Path, quads: Path, turtle: tuple[Path, ...]
) -> contextlib.AbstractContextManager[Contender]:
    """Start it on a store on disk, which is loaded at the first start."""
    return ours(directory, quads, turtle, "mlroles --store", "--store", str(directory / "store"))


@contextlib.contextmanager
def oxigraph(directory: Path, quads: Path, _turtle: tuple[Path, ...]) -> Iterator[Contender]:
    """Start Oxigraph's own server on a store that is loaded at the first start."""
    program = str(Path(sys.executable).with_name("oxigraph"))
    store = directory / "store"
    if not store.exists():
        _run(program, "load", "--location", str(store), "--file", str(quads))
    address = f"127.0.0.1:{ports.free()}"
    command = [program, "serve-read-only", "--location", str(store)]
    command += ["--bind", address, "--union-default-graph"]
    with _running("Oxigraph's server", command, f"http://{address}/query") as contender:
        yield contender


@contextlib.contextmanager
def rdflib_endpoint(
    _directory: Path, quads: Path, _turtle: tuple[Path, ...]
) -> Iterator[Contender]:
    """Start rdflib-endpoint; it reads the file into rdflib's memory at each start."""
    program = shutil.which("rdflib-endpoint")
    if program is None:
        sys.exit("rdflib-endpoint is missing: pip install 'rdflib-endpoint[cli]'")
    port = ports.free()
    command = [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(quads)]
    with _running("rdflib-endpoint", command, f"http://127.0.0.1:{port}/") as contender:
        yield contender


@contextlib.contextmanager
def virtuoso_server(directory: Path, quads: Path, _turtle: tuple[Path, ...]) -> Iterator[Contender]:
    """Start Virtuoso, and load the file at the first start."""
    begun = time.perf_counter()
    new = not (directory / "virtuoso.db").exists()
    with virtuoso.running(directory, rows=_ROWS, buffers=_BUFFERS) as server:
        if new:
            server.ask(quads, [])
        extra = tuple(
            (f"{kind}-graph-uri", graph) for kind in ("default", "named") for graph in _GRAPHS
        )
        _await(server.endpoint, None)
        started = time.perf_counter() - begun
        contender = Contender("Virtuoso", server.endpoint, server.pid, started, extra)
        yield contender
        contender.resume()
        if new:
            server.checkpoint()


STARTS: dict[str, Start] = {
    "mlroles": ours,
    "mlroles-store": ours_on_disk,
    "oxigraph": oxigraph,
    "rdflib-endpoint": rdflib_endpoint,
    "virtuoso": virtuoso_server,
}


@contextlib.contextmanager
def _running(name: str, command: list[str], endpoint: str) -> Iterator[Contender]:
    begun = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            _await(endpoint, process)
            yield Contender(name, endpoint, process.pid, time.perf_counter() - begun)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a server and its children, whether or not it is stopped or busy."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGCONT)
        process.terminate()
        try:
            process.wait(_LAST)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _await(endpoint: str, process: subprocess.Popen[bytes] | None) -> None:
    request = Request(f"{endpoint}?{urlencode({'query': 'ASK {}'})}", headers={"Accept": JSON})  # noqa: S310 - loopback
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - as above
                answer.read()
                return
        except HTTPError as error:
            sys.exit(f"{endpoint} answers {error.code}: {error.read()[:500]!r}")
        except (URLError, ConnectionError):
            if process is not None and process.poll() is not None:
                sys.exit(f"{process.args!r} ended with {process.returncode}")
            time.sleep(0.005)
    sys.exit(f"{endpoint} did not answer in {_PATIENCE:g} seconds")


def _members(group: int) -> Iterator[str]:
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(ProcessLookupError):
            if os.getpgid(int(path.name)) == group:
                yield path.name


def _pss(pid: str) -> int:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 0


def _run(*command: str) -> None:
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        sys.exit(ended.stderr)
