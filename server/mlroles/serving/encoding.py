"""Content codings: which one a client takes, and how it is made (RFC 9110, 8.4 and 12.5.3)."""

import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

import brotli

#: Bodies of fewer bytes gain nothing.
SMALLEST = 860
_GZIP = 16 + zlib.MAX_WBITS
_QUALITY = 5  # of brotli's 11: as quick as gzip, and smaller
_COMPRESSIBLE = (b"text/", b"application/", b"image/svg+xml")


class Compressor(Protocol):
    """Compresses a stream."""

    def piece(self, data: bytes, *, last: bool = False) -> bytes:
        """Return what is to be sent for ``data``; a client can read all of it at once."""


class _Gzip:
    def __init__(self) -> None:
        self._compressor = zlib.compressobj(wbits=_GZIP)

    def piece(self, data: bytes, *, last: bool = False) -> bytes:
        ending = zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH
        return self._compressor.compress(data) + self._compressor.flush(ending)


class _Brotli:
    def __init__(self) -> None:
        self._compressor = brotli.Compressor(quality=_QUALITY)

    def piece(self, data: bytes, *, last: bool = False) -> bytes:
        begun: bytes = self._compressor.process(data)
        ended: bytes = self._compressor.finish() if last else self._compressor.flush()
        return begun + ended


#: In the order of our preference.
CODINGS: dict[str, Callable[[], Compressor]] = {"br": _Brotli, "gzip": _Gzip}


@lru_cache(maxsize=256)
def choose(accept: str) -> str:
    """Return the coding that an Accept-Encoding header likes best; empty for none.

    A coding that is not named counts as ``*`` does, and is not taken where there is no ``*``.
    """
    weights = dict(filter(None, map(_weight, accept.lower().split(","))))
    other = weights.get("*", 0.0)
    best = max(CODINGS, key=lambda coding: weights.get(coding, other))
    liked = weights.get(best, other)
    return best if liked > 0 and liked >= weights.get("identity", 0.0) else ""


def compress(coding: str, body: bytes) -> bytes:
    """Return a whole body in a coding."""
    return CODINGS[coding]().piece(body, last=True)


def is_compressible(content_type: bytes) -> bool:
    """Return whether bodies of a media type become smaller: text does, under whatever name."""
    return content_type.startswith(_COMPRESSIBLE)


def _weight(member: str) -> tuple[str, float] | None:
    coding, *parameters = (part.strip() for part in member.split(";"))
    try:
        weight = next((float(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
    except ValueError:
        return None
    return (coding, weight) if coding else None
