"""An answer on its way to the client: conditional, compressed, whole or as a stream."""

import asyncio
import re
from hashlib import blake2b

from mlroles.serving import encoding
from mlroles.serving.asgi import Headers, Scope, Send
from mlroles.serving.cache import Entry
from mlroles.serving.wsgi import View

_OK = 200
_NOT_MODIFIED = 304
_HIT = (b"server-timing", b"cache;desc=hit")
#: What a 304 leaves out: headers of the content, or of how this answer came about.
_OF_CONTENT = (b"content-type", b"content-disposition", b"server-timing")
_QUICK = 1 << 18  # bytes that are compressed in no time
_TAG = re.compile(rb'"[^"]*"|\*')


async def answer(view: View, scope: Scope, send: Send, most: int) -> Entry | None:
    """Pass on what a view answers; return it if it may be kept and has ``most`` bytes or fewer.

    Raises BrokenOffError.
    """
    body, last = await view.outlet.read()
    while not last and view.length is not None and len(body) <= most:
        piece, last = await view.outlet.read()  # it has been made, and is but handed over
        body += piece
    asked: dict[bytes, bytes] = dict(scope["headers"])
    keep = view.status == _OK and scope["method"] != "HEAD" and not _is_private(view.headers)
    if last and keep:
        entry = Entry(view.headers, body, _tag(body))
        await give(entry, asked, send)
        return entry
    coding = "" if last else _coding(view.headers, asked)
    whole = await _stream(view, body, last, coding, send, most)
    return Entry(view.headers, whole, _tag(whole)) if keep and whole is not None else None


async def give(entry: Entry, asked: dict[bytes, bytes], send: Send, *, kept: bool = False) -> bool:
    """Give a whole answer; return whether it was compressed for this. ``kept``: from the cache."""
    coding = _coding(entry.headers, asked) if len(entry.body) >= encoding.SMALLEST else ""
    tag = f'"{entry.tag}-{coding}"' if coding else f'"{entry.tag}"'
    headers = [*_coded(entry.headers, coding), (b"etag", tag.encode())]
    if kept:
        headers = [header for header in headers if header[0] != b"server-timing"] + [_HIT]
    if _matches(asked.get(b"if-none-match"), tag.encode()):
        headers = [header for header in headers if header[0] not in _OF_CONTENT]
        await send({"type": "http.response.start", "status": _NOT_MODIFIED, "headers": headers})
        await send({"type": "http.response.body"})
        return False
    new = coding not in entry.encoded and coding != ""
    if new and len(entry.body) > _QUICK:
        content = await asyncio.to_thread(entry.content, coding)
    else:
        content = entry.content(coding)
    headers.append((b"content-length", b"%d" % len(content)))
    await send({"type": "http.response.start", "status": _OK, "headers": headers})
    await send({"type": "http.response.body", "body": content})
    return new


async def _stream(  # noqa: PLR0913, PLR0917 - one answer's beginning, and where it goes
    view: View, piece: bytes, last: bool, coding: str, send: Send, most: int
) -> bytes | None:
    """Pass an answer on while it is made; return it if it has ``most`` bytes or fewer."""
    headers = _coded(view.headers, coding) if coding else view.headers
    compressor = encoding.CODINGS[coding]() if coding else None
    await send({"type": "http.response.start", "status": view.status, "headers": headers})
    whole: bytearray | None = bytearray()
    while True:
        if whole is not None:
            whole += piece
            whole = whole if len(whole) <= most else None
        content = compressor.piece(piece, last=last) if compressor else piece
        await send({"type": "http.response.body", "body": content, "more_body": not last})
        if last:
            return None if whole is None else bytes(whole)
        piece, last = await view.outlet.read()


def _coding(headers: Headers, asked: dict[bytes, bytes]) -> str:
    accepted = asked.get(b"accept-encoding")
    if accepted is None or not encoding.is_compressible(dict(headers).get(b"content-type", b"")):
        return ""
    return encoding.choose(accepted.decode("latin-1"))


def _coded(headers: Headers, coding: str) -> Headers:
    """Return the headers of an answer in a coding, without its length."""
    others = [header for header in headers if header[0] != b"content-length"]
    if not encoding.is_compressible(dict(headers).get(b"content-type", b"")):
        return others
    others = [(n, v + b", Accept-Encoding") if n == b"vary" else (n, v) for n, v in others]
    return [*others, (b"content-encoding", coding.encode())] if coding else others


def _is_private(headers: Headers) -> bool:
    """Return whether an answer is not to be kept, as it says itself."""
    named = dict(headers)
    return b"no-store" in named.get(b"cache-control", b"") or b"set-cookie" in named


def _tag(body: bytes) -> str:
    return blake2b(body, digest_size=12).hexdigest()


def _matches(condition: bytes | None, tag: bytes) -> bool:
    """Return whether an If-None-Match names the tag (RFC 9110, 13.1.2)."""
    return condition is not None and any(one in (tag, b"*") for one in _TAG.findall(condition))
