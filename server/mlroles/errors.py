"""The errors of mlroles: one base, each with the HTTP status it is told with.

Every error says what was wrong, where, and what to do. The web room renders them as RFC 9457
problem documents, the command line as text on standard error; nothing else formats an error.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar


@dataclass
class MlrolesError(Exception):
    """Something a user can be told.

    ``detail`` is one or more plain sentences. ``line`` and ``column`` count from 1. ``hint``
    says what to do. ``extra`` holds further members of the problem document, such as the limit
    that was hit; its values are what JSON can hold.
    """

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "error"
    title: ClassVar[str] = "Something went wrong"

    detail: str
    hint: str | None = None
    file: Path | None = None
    line: int | None = None
    column: int | None = None
    offending: str | None = None
    extra: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return ``file:line:column: detail (hint)``, as compilers print it."""
        place = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        text = f"{':'.join(place)}: {self.detail}" if self.file else self.detail
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class BadRequestError(MlrolesError):
    """The request is not one that the protocol knows."""

    status = 400
    slug = "bad-request"
    title = "Bad request"


class QuerySyntaxError(MlrolesError):
    """The query is not SPARQL 1.1; ``line``, ``column`` and ``offending`` name the place."""

    status = 400
    slug = "query-syntax"
    title = "The query has a syntax error"


class RefusedError(MlrolesError):
    """The query is sound, but asks for what a read-only endpoint does not do."""

    status = 403
    slug = "refused"
    title = "The query asks for something this endpoint does not do"


class NotFoundError(MlrolesError):
    """There is nothing of that name; ``hint`` gives near names."""

    status = 404
    slug = "not-found"
    title = "Not found"


class NotAcceptableError(MlrolesError):
    """None of the accepted media types can be given; ``extra["available"]`` lists what can."""

    status = 406
    slug = "not-acceptable"
    title = "Not acceptable"


class TooLargeError(MlrolesError):
    """The request is over a stated limit, ``extra["limit"]``."""

    status = 413
    slug = "too-large"
    title = "The request is too large"


class UnsupportedMediaTypeError(MlrolesError):
    """The request's body is of a media type that the protocol does not know."""

    status = 415
    slug = "unsupported-media-type"
    title = "Unsupported media type"


class QuotaError(MlrolesError):
    """A client asked for more than one may; ``extra`` has ``limit`` and ``retry_after`` (seconds)."""

    status = 429
    slug = "quota"
    title = "Too many requests"


class QueryTimeoutError(MlrolesError):
    """The query passed its deadline; ``extra["limit"]`` is that deadline in seconds."""

    status = 503
    slug = "query-timeout"
    title = "The query took too long"


class QueryMemoryError(MlrolesError):
    """The query's worker ended, for memory or for a crash of the engine."""

    status = 503
    slug = "query-killed"
    title = "The query used more than it may"


class BusyError(MlrolesError):
    """Every worker is busy and the queue is full; ``extra["retry_after"]`` is in seconds."""

    status = 503
    slug = "busy"
    title = "The endpoint is busy"


class KnowledgeError(MlrolesError):
    """The Turtle is at fault: syntax, an undeclared term, or a contradiction."""

    slug = "knowledge"
    title = "The knowledge base is not sound"


class StoreError(MlrolesError):
    """Another store cannot be reached, refuses, or holds something else than it was given."""

    slug = "store"
    title = "The other store failed"


class StoreFailedError(MlrolesError):
    """The store that this endpoint stands in front of fails, or does not answer as one."""

    status = 502
    slug = "store-failed"
    title = "The store behind this endpoint failed"


class StoreTimeoutError(MlrolesError):
    """The store behind this endpoint took too long; ``extra["limit"]`` is in seconds."""

    status = 504
    slug = "store-timeout"
    title = "The store behind this endpoint took too long"


class SavedQueryError(MlrolesError):
    """A saved query's file is at fault."""

    slug = "saved-query"
    title = "A saved query is not sound"


class SettingError(MlrolesError):
    """A setting's value is not one that it can take."""

    slug = "setting"
    title = "A setting is wrong"
