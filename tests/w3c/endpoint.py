"""A real server over whatever dataset a case needs: ``python endpoint.py FILE`` serves that file.

All that ``mlroles serve`` starts stands in it, gateway, views, worker processes, but for the files of
ours: the dataset is the file's, which it reads anew on SIGHUP as ``mlroles serve`` does.
"""

import atexit
import base64
import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from mlroles.config import settings
from mlroles.engine.pool import Pool
from mlroles.engine.stem import Stem
from mlroles.store.oxigraph import OxigraphStore

#: N-Triples by graph; None is the default graph.
Dataset = tuple[tuple[str | None, bytes], ...]
_PATIENCE = 20.0  # seconds that a reload may take
_PACE = 0.01


class Endpoint:
    """The server's process and a connection to it, which :meth:`load` gives another dataset."""

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="mlroles-w3c-")
        self._file = Path(self._place.name, "dataset.json")
        self._loaded: Dataset = ()
        self._write(())
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self._file)], stdout=subprocess.PIPE, text=True
        )
        atexit.register(self.close)
        assert self._process.stdout is not None
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", int(self._process.stdout.readline()), timeout=_PATIENCE
        )

    def load(self, content: Dataset) -> None:
        """Have the server answer from ``content``."""
        if content == self._loaded:
            return
        digest = self._write(content)
        self._process.send_signal(signal.SIGHUP)
        ends = time.monotonic() + _PATIENCE
        while json.loads(self.ask("GET", "/health")[2])["digest"] != digest:
            assert time.monotonic() < ends, "The server does not reload."
            time.sleep(_PACE)
        self._loaded = content

    def ask(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[int, str, bytes]:
        """Return status, media type and content of an answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, body, named)
        answer = self._connection.getresponse()
        return answer.status, answer.getheader("Content-Type", "").split(";")[0], answer.read()

    def close(self) -> None:
        """End the server."""
        self._connection.close()
        self._process.terminate()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._place.cleanup()

    def _write(self, content: Dataset) -> str:
        """Write the file in one step, and return its digest."""
        plain = [[graph, base64.b64encode(nt).decode()] for graph, nt in content]
        draft = self._file.with_suffix(".new")
        draft.write_text(json.dumps(plain), "utf-8")
        draft.replace(self._file)
        return _digest(self._file)


@cache
def endpoint() -> Endpoint:
    """Return the one server of this process, started when first asked for."""
    return Endpoint()


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _open(file: Path) -> OxigraphStore:
    store = OxigraphStore()
    for graph, ntriples in json.loads(file.read_text("utf-8")):
        store.replace_graph(graph, [base64.b64decode(ntriples)])
    store.digest = _digest(file)
    return store


def _serve(file: Path) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    chosen = settings({"port": 0, "workers": 2})
    opener = partial(_open, file)
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        stem = stack.enter_context(contextlib.closing(Stem(opener, opener, chosen)))
        engine = stack.enter_context(contextlib.closing(Pool(stem, chosen)))
        from mlroles.serving.server import serve  # noqa: PLC0415 - after the fork, as in mlroles serve
        from mlroles.web import create_app  # noqa: PLC0415 - as above
        from mlroles.web.generations import of_app  # noqa: PLC0415 - as above

        app = create_app(vars(chosen), engine=engine, reopen=lambda: Pool(stem, chosen))
        generations = stack.enter_context(contextlib.closing(of_app(app)))
        port = listener.getsockname()[1]
        serve(app, generations, listener, chosen, lambda: print(port, flush=True))  # noqa: T201 - to be asked at


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    _serve(Path(sys.argv[1]))
