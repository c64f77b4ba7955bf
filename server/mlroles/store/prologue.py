"""Prefixes in order: Oxigraph writes those of a document in a random one, used or not."""

import re
from typing import BinaryIO

_HELD = 32_768  # bytes; more than any prologue, and enough to see a small document whole
_LINE = re.compile(rb"@prefix (?P<name>[^:]*): <[^>]*> \.\n")
_ATTRIBUTE = re.compile(rb' xmlns:(?P<name>[^=]*)="[^"]*"')
_TURTLE = re.compile(rb"\A(?P<prefixes>(@prefix [^\n]*\n)*)")
_XML = re.compile(rb"<rdf:RDF(?P<prefixes>[^>]*)>")


class SortedPrologue:
    """A file that passes on what is written to it, with the prefixes at its start sorted.

    So the same result is the same bytes every time. A document of up to 32 KiB keeps only the
    prefixes that it uses. For Turtle and TriG, whose prefixes are lines, and RDF/XML, where they
    are attributes of the root element.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._held = b""
        self._begun = False

    def write(self, data: bytes) -> int:
        """Pass ``data`` on, once it is known to be more than a small document."""
        if self._begun:
            return self._out.write(data)
        self._held += data
        if len(self._held) > _HELD:
            self._begin(whole=False)
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is held leaves with the next write or with :meth:`finish`."""

    def finish(self) -> None:
        """Pass on what is held: the document has ended."""
        if not self._begun:
            self._begin(whole=True)

    def _begin(self, *, whole: bool) -> None:
        head, entry = (_XML, _ATTRIBUTE) if self._held.startswith(b"<?xml") else (_TURTLE, _LINE)
        place = head.search(self._held)
        if place is not None:
            start, end = place.span("prefixes")
            body = self._held[end:]
            kept = sorted(
                match.group()
                for match in entry.finditer(place["prefixes"])
                if not whole or match["name"] + b":" in body
            )
            self._held = self._held[:start] + b"".join(kept) + body
        self._out.write(self._held)
        self._held = b""
        self._begun = True
