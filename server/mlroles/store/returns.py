"""Carriage returns in XML: Oxigraph writes them as they are, and a reader takes them for others."""

from typing import BinaryIO


class ReferencedReturns:
    """A file that passes on the XML written to it, each carriage return as ``&#13;``.

    An XML parser reads a raw one as a line feed (XML 1.0, section 2.11).
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        """Pass ``data`` on."""
        self._out.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        """Pass the wish on."""
        self._out.flush()
