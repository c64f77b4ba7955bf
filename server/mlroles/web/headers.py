"""The headers that every response has: for security, for scripts of other sites, for caches."""

from flask import Response, request

#: Nothing is loaded but our own style and pictures; nothing is run.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    # The data is public and read only: any site's script may ask.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, Content-Disposition, Retry-After, Server-Timing",
}

_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, Range",
    "Access-Control-Max-Age": "86400",
}


def add(response: Response) -> Response:
    """Add the headers to a response."""
    response.headers.extend(ALWAYS)
    if not (request.endpoint or "").endswith("static"):
        response.vary.add("Accept")
    if request.method == "OPTIONS" and "Allow" in response.headers:
        response.headers["Access-Control-Allow-Methods"] = response.headers["Allow"]
        response.headers.extend(_PREFLIGHT)
    return response
