"""HTTP/1.1 by uvicorn and httptools, within bounds: of a request's head they set none."""

from asyncio import TimerHandle, Transport
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from mlroles.serving.observer import Observer, new_name
from mlroles.serving.refusal import refusal

_PATIENCE = 30.0  # seconds for a request's head to be whole
_CONNECTIONS = 800  # below the usual limit of 1,024 descriptors
_RETRY = "5"  # seconds after which to come again when there are too many connections


class BoundedProtocol(HttpToolsProtocol):
    """One connection: of so many, its requests' heads no longer than ``max_head`` bytes.

    What is wrong with a head is told as a problem document (RFC 9457), and the connection closed.
    """

    max_head = 1 << 18
    #: Is told of each refusal.
    observer: ClassVar[Observer | None] = None

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self._head: int | None = 0  # bytes of the head that is on its way; None once it is here
        self._timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn's
        """Take a connection, unless there are too many."""
        super().connection_made(transport)
        if len(self.connections) > _CONNECTIONS:
            self._refuse(
                503, f"There are {_CONNECTIONS} connections already.", {"Retry-After": _RETRY}
            )
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
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
            self._refuse(
                431 if self.headers else 414, f"A request's head may have {self.max_head:,} bytes."
            )
        elif self._head and self._timer is None:
            self._wait()

    def on_headers_complete(self) -> None:
        """Begin the request."""
        self._head = None
        self._stop_waiting()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Be ready for the next request's head."""
        self._head = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Tell that what arrived is no HTTP."""
        self._refuse(400, msg)

    def _wait(self) -> None:
        self._timer = self.loop.call_later(_PATIENCE, self._give_up)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        if self._head:
            self._refuse(408, f"The request's head did not arrive within {_PATIENCE:g} seconds.")
        else:
            self.transport.close()

    def _refuse(self, status: int, detail: str, more: dict[str, str] | None = None) -> None:
        if self.transport.is_closing():
            return
        request = new_name()
        headers, content = refusal(status, detail, request, more)
        headers.append((b"x-request-id", request.encode()))
        if self.observer is not None:
            self.observer.refused(status, self.client[0] if self.client else "", request)
        lines = b"".join(b"%s: %s\r\n" % header for header in headers)
        self.transport.write(b"%s%s\r\n%s" % (STATUS_LINE[status], lines, content))
        self.transport.close()
