"""A request's head before it is believed: what it is for, and whose it says that it is (RFC 9112)."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from mlroles.serving.asgi import Headers

#: As many bytes of an address as the parser can split (httptools holds places in 16 bits).
LONGEST = 65_535

_LABEL = rb"[\w-]{1,63}"
_HOST = re.compile(
    rb"(?:%s(?:\.%s)*\.?|\[[\da-f:.]+\])(?::\d{1,5})?" % (_LABEL, _LABEL), re.ASCII | re.IGNORECASE
)
_ABSOLUTE = re.compile(rb"https?://([^/?#]*)(/?[^#]*)", re.IGNORECASE)


class Fault(NamedTuple):
    """Why a head cannot be taken: a status, a sentence, and members of the problem document."""

    status: int
    detail: str
    members: Mapping[str, object] = MappingProxyType({})


def target(address: bytes, headers: Headers) -> bytes:
    """Return the path and query of a request's target; one in absolute form names the host.

    The target's host takes the place of the header (RFC 9112, 3.2.2); ``*`` is for the server.
    """
    if address == b"*":
        return b"/"
    absolute = _ABSOLUTE.fullmatch(address)
    if absolute is None:
        return address
    headers[:] = [header for header in headers if header[0] != b"host"]
    headers.append((b"host", absolute[1]))
    return absolute[2] if absolute[2].startswith(b"/") else b"/" + absolute[2]


def fault(address: bytes, headers: Headers, version: str) -> Fault | None:
    """Return what is wrong with a head; None if nothing is."""
    if len(address) > LONGEST:
        return too_long()
    hosts = [value.strip() for name, value in headers if name == b"host"]
    if len(hosts) > 1:
        return Fault(400, f"The header Host is given {len(hosts)} times.")
    if not hosts and version != "1.0":
        return Fault(400, "The header Host is missing (RFC 9112, 3.2).")
    if hosts and not _HOST.fullmatch(hosts[0]):
        told = hosts[0][:100].decode("latin-1")
        return Fault(400, f"The header Host is “{told}”, which names no host.")
    codings = [value.strip().lower() for name, value in headers if name == b"transfer-encoding"]
    if codings and codings != [b"chunked"]:
        return Fault(501, "A body can come in the transfer coding “chunked”, and in no other.")
    return None


def too_long() -> Fault:
    """Return what an address is told that is longer than may be."""
    return Fault(
        414,
        f"A request's address may have {LONGEST:,} bytes.",
        {"limit": LONGEST, "hint": "Send the query in the body of a POST or QUERY instead."},
    )
