"""An answer on its way to the client: conditional, compressed, whole or as a stream."""

import asyncio
import re
from collections.abc import Callable
from hashlib import blake2b

from mlroles.serving import encoding
from mlroles.serving.asgi import Headers, Scope, Send
from mlroles.serving.cache import Content, Entry
from mlroles.serving.wsgi import View

_OK = 200
_NOT_MODIFIED = 304
_HIT = (b"server-timing", b"cache;desc=hit")
#: What a 304 leaves out: headers of the content, or of how this answer came about.
_OF_CONTENT = (b"content-type", b"content-disposition", b"content-length", b"server-timing")
_QUICK = 1 << 18  # bytes that are compressed in no time
_TAG = re.compile(rb'"[^"]*"|\*')

Asked = dict[bytes, bytes]
Recalled = Callable[[], Content | None]


def is_current(asked: Asked, tag: str) -> bool:
    """Return whether a client has the content of a tag, in whatever coding."""
    return _current(asked, tag) is not None


async def answer(  # noqa: PLR0913, PLR0917 - one answer, and what may become of it
    view: View, known: Recalled, asked: Asked, scope: Scope, send: Send, most: int
) -> Entry | None:
    """Pass on what a view answers; return it if it may be kept and has ``most`` bytes or fewer.

    A view that has stated which answer it is may leave it to us: ``known`` then returns its
    content, if it is not the client that has it. Raises BrokenOffError.
    """
    body, last = await view.outlet.read()
    found = view.status == _OK
    if found and view.claim.known:
        return await _known(view, known(), asked, send)
    while not last and view.length is not None and len(body) <= most:
        piece, last = await view.outlet.read()  # it has been made, and is but handed over
        body += piece
    keep = found and view.keeps and not _is_private(view.headers)
    if last and keep:
        entry = Entry(view.headers, Content(body), view.claim.name or _tag(body))
        await give(entry, asked, send)
        return entry
    if scope["method"] == "HEAD":
        view.departure.happen()  # nothing more of it is asked for
        await send({"type": "http.response.start", "status": view.status, "headers": _named(view)})
        await send({"type": "http.response.body"})
        return None
    coding = "" if last else _coding(view.headers, asked)
    whole = await _stream(view, body, last, coding, send, most)
    if not keep or whole is None:
        return None
    return Entry(view.headers, Content(whole), view.claim.name or _tag(whole))


async def give(entry: Entry, asked: Asked, send: Send, *, kept: bool = False) -> bool:
    """Give a whole answer; return whether it was compressed for this. ``kept``: from the cache."""
    content = entry.content
    coding = _coding(entry.headers, asked) if len(content.body) >= encoding.SMALLEST else ""
    tag = _quoted(entry.tag, coding)
    headers = [*_coded(entry.headers, coding), (b"etag", tag)]
    if kept:
        headers = [header for header in headers if header[0] != b"server-timing"] + [_HIT]
    if _matches(asked.get(b"if-none-match"), tag):
        await _not_modified(headers, send)
        return False
    new = coding not in content.encoded and coding != ""
    if new and len(content.body) > _QUICK:
        body = await asyncio.to_thread(content.coded, coding)
    else:
        body = content.coded(coding)
    headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": _OK, "headers": headers})
    await send({"type": "http.response.body", "body": body})
    return new


async def _known(view: View, content: Content | None, asked: Asked, send: Send) -> Entry | None:
    """Give what a view has left to us; return it if it is here."""
    tag = _current(asked, view.claim.name)
    if content is not None:
        entry = Entry(view.headers, content, view.claim.name)
        await give(entry, asked, send, kept=True)
        return entry
    await _not_modified([*view.headers, (b"etag", tag or b"")], send)
    return None


async def _not_modified(headers: Headers, send: Send) -> None:
    left = [header for header in headers if header[0] not in _OF_CONTENT]
    await send({"type": "http.response.start", "status": _NOT_MODIFIED, "headers": left})
    await send({"type": "http.response.body"})


async def _stream(  # noqa: PLR0913, PLR0917 - one answer's beginning, and where it goes
    view: View, piece: bytes, last: bool, coding: str, send: Send, most: int
) -> bytes | None:
    """Pass an answer on while it is made; return it if it has ``most`` bytes or fewer."""
    headers = _coded(_named(view, coding), coding) if coding else _named(view)
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


def _named(view: View, coding: str = "") -> Headers:
    """Return a view's headers, with the tag of an answer that is known by name."""
    if not view.claim.name or view.status != _OK:
        return view.headers
    return [*view.headers, (b"etag", _quoted(view.claim.name, coding))]


def _coding(headers: Headers, asked: Asked) -> str:
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


def _quoted(tag: str, coding: str) -> bytes:
    return (f'"{tag}-{coding}"' if coding else f'"{tag}"').encode()


def _matches(condition: bytes | None, tag: bytes) -> bool:
    """Return whether an If-None-Match names the tag (RFC 9110, 13.1.2)."""
    return condition is not None and any(one in (tag, b"*") for one in _TAG.findall(condition))


def _current(asked: Asked, tag: str) -> bytes | None:
    """Return the tag of those of a content that a client says it has."""
    said = _TAG.findall(asked.get(b"if-none-match", b""))
    ours = (_quoted(tag, coding) for coding in ("", *encoding.CODINGS))
    return next((one for one in ours if one in said), None)
