"""Another store's address, and what is asked there: forms sent by POST, answers read as they come."""

import contextlib
import http.client
import os
import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    parse_http_list,
    parse_keqv_list,
)

from mlroles.errors import SettingError

_CONNECT = 10.0  # seconds that a store may take to accept a connection
_LEAST = 0.001  # seconds; a socket takes 0 for another mode
_UNAUTHORIZED = 401
_KEPT = 16  # open connections that nobody uses just now
_MOMENT = 0.05  # seconds that the rest of an answer may take then
_REST = 65_536  # bytes of an answer that are read to keep its connection

Pairs = Iterable[tuple[str, str]]


def credentials() -> tuple[str, str] | None:
    """Return the user and the password that the environment has for a store, None if it has none."""
    user, password = (os.environ.get(f"MLROLES_STORE_{name}") for name in ("USER", "PASSWORD"))
    return (user, password or "") if user else None


class Address:
    """A URL that forms are sent to; ``credentials`` are a user and a password, sent if asked for.

    Raises SettingError for what is no such URL.
    """

    def __init__(self, url: str, credentials: tuple[str, str] | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingError(f"{url} is no address of a store.", hint="It begins with http://.")
        if parts.username or parts.password:
            raise SettingError(
                "The address of a store holds a user or a password.",
                hint="Set MLROLES_STORE_USER and MLROLES_STORE_PASSWORD in their place.",
            )
        self.url = url
        self.target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        self._host, self._port = parts.hostname, parts.port
        self._context = ssl.create_default_context() if parts.scheme == "https" else None
        self._idle: list[http.client.HTTPConnection] = []
        self._lock = threading.Lock()
        self._challenge = ""
        self._digest: HTTPDigestAuthHandler | None = None
        self._credentials = credentials

    def take(self) -> http.client.HTTPConnection | None:
        """Return an open connection that nobody uses."""
        with self._lock:
            return self._idle.pop() if self._idle else None

    def connect(self, seconds: float) -> http.client.HTTPConnection:
        """Return a new connection. Raises OSError."""
        seconds = min(seconds, _CONNECT)
        if self._context is None:
            link = http.client.HTTPConnection(self._host, self._port, timeout=seconds)
        else:
            link = http.client.HTTPSConnection(
                self._host, self._port, timeout=seconds, context=self._context
            )
        link.connect()
        return link

    def give(self, link: http.client.HTTPConnection) -> None:
        """Keep a connection for the next request."""
        with self._lock:
            if len(self._idle) < _KEPT:
                self._idle.append(link)
                return
        link.close()

    def close(self) -> None:
        """Close the connections that nobody uses."""
        with self._lock:
            idle, self._idle = self._idle, []
        for link in idle:
            link.close()

    def __del__(self) -> None:
        """Close the connections of an address that nobody holds any more."""
        if hasattr(self, "_idle"):  # it was one
            self.close()

    def authorization(self) -> dict[str, str]:
        """Return the header that the store has asked for, if it has (RFC 7617, RFC 7616)."""
        with self._lock:
            if not self._challenge or self._credentials is None:
                return {}
            scheme, _, rest = self._challenge.partition(" ")
            if scheme.lower() == "basic":
                user, password = self._credentials
                token = b64encode(f"{user}:{password}".encode()).decode()
                return {"Authorization": f"Basic {token}"}
            if self._digest is None:
                passwords = HTTPPasswordMgrWithDefaultRealm()
                passwords.add_password(None, self.url, *self._credentials)
                self._digest = HTTPDigestAuthHandler(passwords)
            fields = parse_keqv_list(list(filter(None, parse_http_list(rest))))
            request = Request(self.url, data=b"", method="POST")  # noqa: S310 - checked above
            return {"Authorization": f"Digest {self._digest.get_authorization(request, fields)}"}

    def challenged(self, response: http.client.HTTPResponse) -> bool:
        """Take note of what a store asks for; return whether it can be given."""
        asked = response.headers.get_all("WWW-Authenticate") or []
        known = [one for one in asked if one.lower().startswith(("basic ", "digest "))]
        if response.status != _UNAUTHORIZED or not known or self._credentials is None:
            return False
        with self._lock:
            self._challenge = known[0]
        return True


class Exchange:
    """One form sent, and its answer; ``deadline`` is of ``time.monotonic``.

    Any thread may :meth:`stop` it; ``stopped`` says whether one has. What goes wrong raises OSError or http.client.HTTPException;
    TimeoutError is for the deadline, and is raised even where the store goes on sending.
    """

    def __init__(self, address: Address, deadline: float) -> None:
        self._address = address
        self._deadline = deadline
        self._link: http.client.HTTPConnection | None = None
        self.stopped = False
        self._lock = threading.Lock()
        self.response: http.client.HTTPResponse | None = None

    def send(self, form: Pairs, accept: str, *, fresh: bool = False) -> http.client.HTTPResponse:
        """Return the answer's head; its body is read by :meth:`read`.

        A ``fresh`` connection is one on which nothing is ever sent twice: a kept one may turn out
        to be closed, and nobody knows whether the store has read what was sent on it.
        """
        body = urlencode(list(form)).encode()
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        response = self._send(body, headers, fresh=fresh)
        if self._address.challenged(response):
            self.finish()
            response = self._send(body, headers, fresh=fresh)
        return response

    def read(self, size: int = -1) -> bytes:
        """Return what has arrived of the body, up to ``size`` bytes; nothing at its end."""
        assert self.response is not None  # noqa: S101 - send() comes first
        self._patience()
        return self.response.read1(size) if size >= 0 else self.response.read()

    def stop(self) -> None:
        """Break the connection off, from whatever thread: what waits for it fails."""
        with self._lock:
            self.stopped = True
            link = self._link
        if link is not None and link.sock is not None:
            with contextlib.suppress(OSError):
                link.sock.shutdown(socket.SHUT_RDWR)

    def finish(self) -> None:
        """Be done: keep the connection if the answer was read to its end, else close it."""
        with self._lock:
            link, self._link = self._link, None
        if link is None:
            return
        response, self.response = self.response, None
        if response is not None and not self.stopped and _at_end(response, link):
            self._address.give(link)
        else:
            link.close()

    def _send(
        self, body: bytes, headers: dict[str, str], *, fresh: bool
    ) -> http.client.HTTPResponse:
        kept = None if fresh else self._address.take()
        if kept is not None:
            # It may have been closed by the store since, which is seen only now.
            with contextlib.suppress(
                http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError
            ):
                return self._over(kept, body, headers)
            self._leave(kept)
        try:
            return self._over(self._address.connect(self._left()), body, headers)
        except BrokenPipeError as error:
            raise ConnectionResetError(*error.args) from error

    def _over(
        self, link: http.client.HTTPConnection, body: bytes, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        with self._lock:
            self._link = link
        self._patience()
        link.request(
            "POST", self._address.target, body, {**headers, **self._address.authorization()}
        )
        self.response = link.getresponse()
        return self.response

    def _leave(self, link: http.client.HTTPConnection) -> None:
        link.close()
        with self._lock:
            self._link = None

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _patience(self) -> None:
        """Let the next wait be no longer than what is left. Raises TimeoutError, ConnectionError."""
        left = self._left()
        with self._lock:
            if self.stopped or self._link is None:
                raise ConnectionAbortedError
            if self._link.sock is not None:
                self._link.sock.settimeout(max(left, _LEAST))


def _at_end(response: http.client.HTTPResponse, link: http.client.HTTPConnection) -> bool:
    """Return whether nothing of an answer is left, once a little more of it was read."""
    if not response.isclosed() and link.sock is not None:
        link.sock.settimeout(_MOMENT)
        with contextlib.suppress(OSError, http.client.HTTPException):
            response.read(_REST)
    return response.isclosed() and not response.will_close
