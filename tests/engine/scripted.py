"""A store on loopback that does what a test tells it to: HTTP as real as any, and its answers not."""

import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import parse_qs

Behaviour = Callable[["Handler"], None]

NOTHING = b'{"head":{"vars":["n"]},"results":{"bindings":[]}}'
JSON = "application/sparql-results+json"


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection; what is asked goes to the store's behaviour."""

    protocol_version = "HTTP/1.1"
    server: "Store"

    def setup(self) -> None:
        """Count the connection."""
        self.server.connections += 1
        self.server.links.append(self.request)
        super().setup()

    def do_POST(self) -> None:
        """Answer a form."""
        length = int(self.headers["Content-Length"])
        self.form = parse_qs(self.rfile.read(length).decode())
        self.server.forms.append(self.form)
        if "graph/publication" in self.form["query"][0] + str(self.form.get("default-graph-uri")):
            self.reply(NOTHING)
        else:
            self.server.behave(self)

    def reply(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Send a whole answer; ``_`` in a header's name is ``-``."""
        self.send_response(status)
        self.send_header("Content-Type", headers.pop("Content_Type", JSON))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def begin(self) -> None:
        """Send the head of an answer of unknown length, which ends with the connection."""
        self.send_response(200)
        self.send_header("Content-Type", JSON)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Store(http.server.ThreadingHTTPServer):
    """The store: what it does, what it was asked, and over how many connections."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behave: Behaviour = lambda handler: handler.reply(NOTHING)
        self.forms: list[dict[str, list[str]]] = []
        self.connections = 0
        self.links: list[socket.socket] = []

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.server_address[1]}/sparql?kind=test"

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that leave."""


@contextmanager
def store() -> Iterator[Store]:
    """Run a store."""
    with Store() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            for link in server.links:
                with suppress(OSError):  # it has been closed
                    link.shutdown(socket.SHUT_RDWR)
            thread.join()


def rows(count: int) -> bytes:
    """Return an answer of so many rows of ``n``."""
    body = ",".join(f'{{"n":{{"type":"literal","value":"{n:030}"}}}}' for n in range(count))
    return b'{"head":{"vars":["n"]},"results":{"bindings":[' + body.encode() + b"]}}"
