"""Closures kept on disk by the digest of what they were computed from.

A file holds the SHA-256 of the rest, the length of the asserted part, and the two parts. What
does not match its checksum is as good as not there. A cache that cannot be read or written stops
nothing: it is told through ``logging``.
"""

import hashlib
import logging
import os
import tempfile
from contextlib import suppress
from pathlib import Path

_LOG = logging.getLogger(__name__)

_MAGIC = b"mlroles closure 1\n"
_CHECKSUM = 32
_LENGTH = 8

#: How many closures stay: those that were used last.
_KEPT = 16


def read(directory: Path, digest: str) -> tuple[bytes, bytes] | None:
    """Return the asserted and the inferred N-Triples, or None if they are not there, whole."""
    path = _path(directory, digest)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        _LOG.warning("The cache %s cannot be read: %s.", path, error.strerror)
        return None
    parts = _unpack(content)
    if parts is None:
        _LOG.warning("The cache file %s is damaged; the closure is computed again.", path)
    else:
        with suppress(OSError):  # of a directory that may only be read
            os.utime(path)
    return parts


def write(directory: Path, digest: str, asserted: bytes, inferred: bytes) -> None:
    """Keep the two graphs under ``digest``, all or nothing."""
    body = len(asserted).to_bytes(_LENGTH, "big") + asserted + inferred
    content = _MAGIC + hashlib.sha256(body).digest() + body
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _replace(_path(directory, digest), content)
        _prune(directory)
    except OSError as error:
        _LOG.warning(
            "The closure cannot be kept in %s (%s); the next start computes it again.",
            directory,
            error.strerror,
        )


def _path(directory: Path, digest: str) -> Path:
    return directory / f"{digest}.closure"


def _unpack(content: bytes) -> tuple[bytes, bytes] | None:
    start = len(_MAGIC) + _CHECKSUM
    body = content[start:]
    if not content.startswith(_MAGIC) or len(body) < _LENGTH:
        return None
    if hashlib.sha256(body).digest() != content[len(_MAGIC) : start]:
        return None
    middle = _LENGTH + int.from_bytes(body[:_LENGTH], "big")
    return body[_LENGTH:middle], body[middle:]


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".closure-")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _prune(directory: Path) -> None:
    files = []
    for path in directory.glob("*.closure"):
        with suppress(FileNotFoundError):  # another process prunes as well
            files.append((path.stat().st_mtime_ns, path))
    for _, path in sorted(files, reverse=True)[_KEPT:]:
        path.unlink(missing_ok=True)
