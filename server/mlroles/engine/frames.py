"""What travels between server, nursery and workers: length-prefixed frames over a socket."""

import socket
import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

_HEAD = struct.Struct("!IB")
_LAST = 0x80
_READ = 65_536


class Kind(IntEnum):
    """What a frame says.

    An answer is one WHOLE, or CHUNKs and an END, or it ends in an ERROR. The rest is between
    server, nursery and stem.
    """

    REQUEST = 1
    CHUNK = 2
    WHOLE = 3
    END = 4
    ERROR = 5
    READY = 6
    BORN = 7
    DIED = 8
    KILL = 9
    START = 10


class Frame(NamedTuple):
    """One frame; ``last`` says that its sender takes no further request."""

    kind: Kind
    payload: bytes
    last: bool


def pack(kind: Kind, payload: bytes = b"", *, last: bool = False) -> bytes:
    """Return the bytes of one frame: length, kind, payload."""
    return _HEAD.pack(len(payload), kind | (_LAST if last else 0)) + payload


class Splitter:
    """Cuts a stream of bytes into frames."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> None:
        """Take in what has arrived."""
        self._held += data

    def split(self, data: bytes) -> Iterator[Frame]:
        """Take in ``data`` and yield the frames that are whole."""
        self.feed(data)
        while (frame := self.next()) is not None:
            yield frame

    def next(self) -> Frame | None:
        """Return the next frame that is whole, or None."""
        if len(self._held) < _HEAD.size:
            return None
        length, kind = _HEAD.unpack_from(self._held)
        end = _HEAD.size + length
        if len(self._held) < end:
            return None
        payload = bytes(memoryview(self._held)[_HEAD.size : end])
        del self._held[:end]
        return Frame(Kind(kind & ~_LAST), payload, bool(kind & _LAST))


class Channel:
    """A stream socket that carries frames."""

    def __init__(self, sock: socket.socket) -> None:
        self.socket = sock
        self._splitter = Splitter()

    def send(self, kind: Kind, payload: bytes = b"", *, last: bool = False) -> None:
        """Send one frame, waiting as long as the reader is slow. Raises OSError."""
        self.socket.sendall(pack(kind, payload, last=last))

    def receive(self) -> Frame:
        """Return the next frame.

        Raises EOFError when the other end has closed, and TimeoutError after the socket's own
        time-out; what had arrived by then is kept.
        """
        while (frame := self._splitter.next()) is None:
            data = self.socket.recv(_READ)
            if not data:
                raise EOFError
            self._splitter.feed(data)
        return frame

    def receive_alone(self) -> Frame:
        """Return the next frame and take not one byte after it. Raises EOFError."""
        frame = None
        while frame is None:
            data = self.socket.recv(1)
            if not data:
                raise EOFError
            frame = next(self._splitter.split(data), None)
        return frame

    def arrived(self) -> list[Frame]:
        """Wait for something to arrive, and return the frames that are whole, perhaps none.

        Raises EOFError when the other end has closed.
        """
        data = self.socket.recv(_READ)
        if not data:
            raise EOFError
        return list(self._splitter.split(data))
