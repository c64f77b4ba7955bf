"""Small proxies on loopback in front of a store: one that fails at first, one that asks for names."""

import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen

#: Answers a request itself and returns True, or leaves it to be passed on.
Meddle = Callable[[BaseHTTPRequestHandler, bytes], bool]


@contextmanager
def before(url: str, meddle: Meddle) -> Iterator[str]:
    """Yield the address of a proxy for the store at ``url``."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if meddle(self, body):
                return
            told = {name: self.headers[name] for name in ("Accept", "Content-Type")}
            try:
                with urlopen(Request(url, body, told)) as answer:  # noqa: S310 - on loopback
                    send(self, answer.status, answer.read(), answer.headers.get_content_type())
            except HTTPError as error:
                send(self, error.code, error.read())

        def log_message(self, *_: object) -> None:
            """Write nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(
    handler: BaseHTTPRequestHandler, status: int, content: bytes, kind: str = "text/plain"
) -> None:
    """Answer."""
    handler.send_response(status)
    if status == 401:
        handler.send_header("WWW-Authenticate", 'Basic realm="store"')
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def failing(times: int, seen: list[bytes]) -> Meddle:
    """Return what fails so many times: with 503 first, then by hanging up."""

    def meddle(handler: BaseHTTPRequestHandler, body: bytes) -> bool:
        seen.append(body)
        if len(seen) > times:
            return False
        if len(seen) % 2:
            send(handler, 503, b"later")
        else:
            handler.close_connection = True
        return True

    return meddle


def locked(user: str, password: str) -> Meddle:
    """Return what lets nobody in who does not tell this user and password."""
    wanted = f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"

    def meddle(handler: BaseHTTPRequestHandler, _body: bytes) -> bool:
        if handler.headers["Authorization"] == wanted:
            return False
        send(handler, 401, b"who is there?")
        return True

    return meddle


def stuck(seconds: float, seen: list[bytes]) -> Meddle:
    """Return what never answers, but hangs up after a while."""

    def meddle(handler: BaseHTTPRequestHandler, body: bytes) -> bool:
        seen.append(body)
        threading.Event().wait(seconds)
        handler.close_connection = True
        return True

    return meddle
