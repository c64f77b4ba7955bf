"""HTTP/1.1 by uvicorn and httptools, within bounds: of a request's head they set none."""

import fcntl
import sys
import termios
from asyncio import TimerHandle, Transport
from collections import Counter
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from mlroles.serving import head
from mlroles.serving.asgi import Application, Message, Receive, Scope, Send
from mlroles.serving.head import Fault
from mlroles.serving.observer import Observer, new_name
from mlroles.serving.outlet import BrokenOffError
from mlroles.serving.quotas import network
from mlroles.serving.refusal import Refusals

_PATIENCE = 30.0  # seconds for a request's head to be whole
_STALL = 60.0  # seconds in which a client that is sent something must read some of it
_OTHER_HEADERS = 65_536  # bytes of a request's head beside its address
_RETRY = "5"  # seconds after which to come again when there are too many connections


class BoundedProtocol(HttpToolsProtocol):
    """One connection: of so many, its requests' heads no longer than ``max_head`` bytes.

    What is wrong with a head is told as a problem document (RFC 9457), and the connection closed;
    a client that reads nothing of what it is sent loses its connection.
    """

    max_head: ClassVar[int] = head.LONGEST + _OTHER_HEADERS
    max_connections: ClassVar[int] = 800
    #: Of one client; 0 for any number.
    max_of_client: ClassVar[int] = 0
    #: Is told of each refusal.
    observer: ClassVar[Observer | None] = None
    refusals: ClassVar[Refusals] = Refusals()
    _of_client: ClassVar[Counter[str]] = Counter()

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self._head: int | None = 0  # bytes of the head that is on its way; None once it is here
        self._timer: TimerHandle | None = None
        self._stall: TimerHandle | None = None
        self._unread = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn's
        """Take a connection, unless there are too many."""
        super().connection_made(transport)
        self._name = network(self.client[0] if self.client else "")
        self._of_client[self._name] += 1
        if len(self.connections) > self.max_connections:
            self._refuse_connection(f"There are {self.max_connections} connections already.")
        elif 0 < self.max_of_client < self._of_client[self._name]:
            self._refuse_connection(f"A client may have {self.max_of_client} connections.")
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        self._stop_stalling()
        self._of_client[self._name] -= 1
        if not self._of_client[self._name]:
            del self._of_client[self._name]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what has arrived."""
        if self.transport.is_closing():
            return
        if self._head is not None:
            self._head += len(data)
        super().data_received(data)
        if self._head is None or self.transport.is_closing():
            return
        if self._head > self.max_head:
            detail = f"A request's head may have {self.max_head:,} bytes."
            self._refuse(Fault(431, detail, {"limit": self.max_head}))
        elif self._head and self._timer is None:
            self._wait()

    def on_url(self, url: bytes) -> None:
        """Take in a part of the address."""
        super().on_url(url)
        if len(self.url) > head.LONGEST:
            self._refuse(head.too_long())

    def on_headers_complete(self) -> None:
        """Begin the request, unless something is wrong with it."""
        self._head = None
        self._stop_waiting()
        if self.transport.is_closing():
            return
        self.url = head.target(self.url, self.headers)
        fault = head.fault(self.url, self.headers, self.parser.get_http_version())
        if fault is None:
            super().on_headers_complete()
        else:
            self._refuse(fault)

    def on_body(self, body: bytes) -> None:
        """Take in a part of the body."""
        if not self.transport.is_closing():
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Be ready for the next request's head."""
        self._head = 0
        if not self.transport.is_closing():
            super().on_message_complete()

    def pause_writing(self) -> None:
        """Begin to watch whether the client reads on."""
        super().pause_writing()
        self._stop_stalling()
        self._unread = _unread(self.transport)
        self._stall = self.loop.call_later(_STALL, self._require_reading)

    def resume_writing(self) -> None:
        """Note that the client has read."""
        self._stop_stalling()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Tell that what arrived is no HTTP."""
        self._refuse(Fault(400, msg))

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        if cycle.scope["http_version"] == "1.0":
            app = _undelimited(app, cycle)
        super()._start_asgi_task(cycle, app)

    def _require_reading(self) -> None:
        unread = _unread(self.transport)
        if unread >= self._unread:
            self.transport.abort()
            return
        self._unread = unread
        self._stall = self.loop.call_later(_STALL, self._require_reading)

    def _stop_stalling(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None

    def _wait(self) -> None:
        self._timer = self.loop.call_later(_PATIENCE, self._give_up)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        if self._head:
            self._refuse(
                Fault(408, f"The request's head did not arrive within {_PATIENCE:g} seconds.")
            )
        else:
            self.transport.close()

    def _refuse_connection(self, detail: str) -> None:
        self._refuse(Fault(503, detail), {"Retry-After": _RETRY})

    def _refuse(self, fault: Fault, more: dict[str, str] | None = None) -> None:
        if self.transport.is_closing():
            return
        name = new_name()
        accept = dict(self.headers or []).get(b"accept", b"")
        headers, content = self.refusals.close(fault, name, accept.decode("latin-1"), more)
        headers.append((b"x-request-id", name.encode()))
        if self.observer is not None:
            self.observer.refused(fault.status, self.client[0] if self.client else "", name)
        lines = b"".join(b"%s: %s\r\n" % header for header in headers)
        self.transport.write(b"%s%s\r\n%s" % (STATUS_LINE[fault.status], lines, content))
        self.transport.close()


def _unread(transport: Transport) -> int:
    """Return how many bytes are yet to arrive, here and, where it tells, in the system's queue.

    Of that queue a slow client has to take a megabyte or two before it takes more of ours.
    """
    ours = transport.get_write_buffer_size()
    try:
        queued = fcntl.ioctl(
            transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, bytes(4)
        )
    except OSError:
        return ours
    return ours + int.from_bytes(queued, sys.byteorder)


def _undelimited(app: Application, cycle: RequestResponseCycle) -> Any:
    """Return the application for an HTTP/1.0 client, which knows no chunks (RFC 9112, 7).

    An answer ends with its connection, which is reset where the answer is not whole.
    """

    async def plain(scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            cycle.chunked_encoding = False
            cycle.expected_content_length = len(message.get("body", b""))
            await send(message)

        try:
            await app(scope, receive, sent)
        except BrokenOffError:
            cycle.transport.abort()
            raise

    return plain
