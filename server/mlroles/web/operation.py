"""What a request asks the endpoint to do: SPARQL 1.1 Protocol, section 2.1."""

import difflib
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Request

from mlroles.errors import (
    BadRequestError,
    RefusedError,
    TooLargeError,
    UnsupportedMediaTypeError,
)

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
#: What the body of a request may be.
BODIES = (_QUERY, _FORM)
#: A query is in UTF-8 (SPARQL 1.1 Query, 21), of which ASCII is a part.
_CHARSETS = {"utf-8", "utf8", "us-ascii", "ascii"}
_WITH_BODY = {"POST", "QUERY"}
_FIELDS = 1000  # parameters that a request may have
_PAGE = re.compile(r"0*[1-9]\d{0,5}", re.ASCII)

#: The parameters by which a format is chosen.
NEGOTIATED = ("format", "output")

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Operation:
    """A query as the protocol brings it; ``query`` is None if the request has none.

    ``timeout`` is in seconds. ``formats``, which ``format`` and ``output`` give, ``timeout``,
    ``download``, ``page`` and ``saved`` are ours; other parameters are ignored.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    timeout: float | None = None
    download: bool = False
    page: int = 1
    saved: str | None = None


def read(request: Request, max_body: int) -> Operation:
    """Return the operation that ``request`` asks for.

    Raises RefusedError for an update, TooLargeError for a body over ``max_body`` bytes,
    UnsupportedMediaTypeError for a body of another kind, and BadRequestError.
    """
    pairs = parameters(request)
    body = _body(request, max_body) if request.method in _WITH_BODY else []
    pairs += body
    if any(name == "update" for name, _ in pairs):
        raise _update_refused()
    return Operation(
        query=single(pairs, "query"),
        default_graphs=tuple(filter(None, every(pairs, "default-graph-uri"))),
        named_graphs=every(pairs, "named-graph-uri"),
        formats=formats(pairs),
        timeout=seconds(single(pairs, "timeout")),
        download=bool(single(pairs, "download")),
        page=page(single(pairs, "page")),
        saved=single(pairs, "saved"),
    )


def parameters(request: Request) -> Pairs:
    """Return the parameters in the request's URL, in order. Raises BadRequestError."""
    return _pairs(request.query_string, "URL")


def only(request: Request, *known: str) -> Pairs:
    """Return the parameters in the request's URL, which a page knows.

    Raises BadRequestError for another one, with the most like it.
    """
    pairs = parameters(request)
    for name, _ in pairs:
        if name not in known:
            near = difflib.get_close_matches(name[:100], known, n=1, cutoff=0.5)
            told = f"Its parameters are {', '.join(known)}." if known else "It takes no parameters."
            raise BadRequestError(
                f"This page has no parameter “{name[:100]}”.",
                hint=f"Did you mean {near[0]}? {told}" if near else told,
                offending=name[:100],
                extra={"parameters": list(known), "near": near},
            )
    return pairs


def single(pairs: Pairs, name: str) -> str | None:
    """Return the value of a parameter that may be given once. Raises BadRequestError."""
    values = every(pairs, name)
    if len(values) > 1:
        raise BadRequestError(
            f"The parameter “{name}” is given {len(values)} times.",
            hint="Give it once." if name != "query" else "Send one query in each request.",
        )
    return values[0] if values else None


def seconds(text: str | None) -> float | None:
    """Return what a ``timeout=`` says. Raises BadRequestError."""
    if text is None or not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise BadRequestError(
            f"The parameter “timeout” is “{text}”, which is no number of seconds above 0.",
            offending=text,
        )
    return value


def page(text: str | None) -> int:
    """Return what a ``page=`` says: which page of a result, from 1. Raises BadRequestError."""
    if text is None or not text.strip():
        return 1
    if not _PAGE.fullmatch(text.strip()):
        raise BadRequestError(
            f"The parameter “page” is “{text[:100]}”, which is no number from 1 to 999,999.",
            offending=text,
        )
    return int(text)


def formats(pairs: Pairs) -> tuple[str, ...]:
    """Return what ``format=`` and ``output=`` say; an empty one says nothing."""
    named = every(pairs, "format") + every(pairs, "output")
    return tuple(name for name in named if name.strip())


def every(pairs: Iterable[tuple[str, str]], name: str) -> tuple[str, ...]:
    """Return each value of a parameter, in order."""
    return tuple(value for key, value in pairs if key == name)


def _body(request: Request, max_body: int) -> Pairs:
    kind = request.mimetype
    if kind == _UPDATE:
        raise _update_refused()
    _require_plain(request)
    content = _content(request, max_body)
    if not kind and not content:
        return []
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if kind not in BODIES or charset not in _CHARSETS:
        raise UnsupportedMediaTypeError(
            f"A body of the type “{request.content_type or 'unknown'}” is not known here.",
            hint=f"Send {' or '.join(BODIES)}, in UTF-8.",
            offending=request.content_type,
            extra={"available": list(BODIES)},
        )
    if kind == _FORM:
        return _pairs(content, "body")
    return [("query", _decode(content))]


def _require_plain(request: Request) -> None:
    """Raise UnsupportedMediaTypeError for a body in a content coding (RFC 9110, 8.4)."""
    coding = request.headers.get("Content-Encoding", "identity")
    if coding.strip().lower() != "identity":
        raise UnsupportedMediaTypeError(
            f"A body in the content coding “{coding[:100]}” is not read here.",
            hint="Send it as it is; a query has no need to be compressed.",
            offending=coding,
            extra={"available": list(BODIES)},
        )


def _content(request: Request, max_body: int) -> bytes:
    """Return the body; read at most one byte more than may be, chunked or not."""
    declared = request.content_length or 0
    content = b"" if declared > max_body else request.stream.read(max_body + 1)
    if max(declared, len(content)) > max_body:
        raise TooLargeError(
            f"The request's body is longer than {max_body:,} bytes.",
            hint="Send a shorter query.",
            extra={"limit": max_body},
        )
    return content


def _pairs(content: bytes, where: str) -> Pairs:
    try:
        text = content.decode()
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        raise BadRequestError(f"The parameters in the {where} are not in UTF-8.") from error
    except ValueError as error:
        raise BadRequestError(f"The {where} has more than {_FIELDS:,} parameters.") from error
    if any("\0" in name or "\0" in value for name, value in pairs):
        raise _nul()
    return pairs


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadRequestError("The query is not in UTF-8.", line=line) from error
    if "\0" in text:
        raise _nul()
    return text


def _nul() -> BadRequestError:
    return BadRequestError(
        "The request holds a NUL character.", hint=r"In a string, write it as \u0000."
    )


def _update_refused() -> RefusedError:
    return RefusedError(
        "Updates are not taken: the data can be read only.",
        hint="Send a query: SELECT, ASK, CONSTRUCT or DESCRIBE.",
    )
