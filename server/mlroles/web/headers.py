"""The headers that every response has: for security, for scripts of other sites, for caches."""

import time

from flask import Response, g, request

from mlroles.web.services import services

_OK = 200

#: Nothing is loaded, run or asked but what is ours.
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    # The data is public and read only: any site's script may ask.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Query, Allow, Content-Disposition, Content-Location, ETag, Link, Location, Retry-After, "
        "Server-Timing, X-Request-Id, X-Row-Limit"
    ),
}

_PREFLIGHT = {
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Cache-Control, Content-Type, If-None-Match, X-Request-Id, "
        "X-Requested-With"
    ),
    "Access-Control-Max-Age": "86400",
}


def begin() -> None:
    """Note when the request began."""
    g.begun = time.perf_counter()


def add(response: Response) -> Response:
    """Add the headers to a response."""
    response.headers.extend(ALWAYS)
    if "begun" in g:
        total = (time.perf_counter() - g.begun) * 1000
        response.headers.setdefault("Server-Timing", f"total;dur={total:.3f}")
    if "row_limit" in g:
        response.headers["X-Row-Limit"] = str(g.row_limit)
    response.headers.setdefault("Cache-Control", _cache_control(response))
    if not (request.endpoint or "").endswith("static"):
        response.vary.add("Accept")
    if "Allow" in response.headers:
        response.headers["Allow"] = ", ".join(sorted(response.allow))
    if request.method == "OPTIONS" and "Allow" in response.headers:
        response.headers["Access-Control-Allow-Methods"] = response.headers["Allow"]
        response.headers.extend(_PREFLIGHT)
    return response


def keep_none() -> None:
    """Say that the response to this request holds for this once only."""
    g.momentary = True


def _cache_control(response: Response) -> str:
    """Return how long an answer holds: while the dataset is the same, and an error not at all."""
    if response.status_code != _OK or request.method == "OPTIONS" or g.get("momentary"):
        return "no-store"
    return f"public, max-age={services().settings.max_age}, must-revalidate"
