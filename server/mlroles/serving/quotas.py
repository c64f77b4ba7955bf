"""What one client may ask for: so many requests at a time, and so many in a minute."""

import ipaddress
import math
import time
from collections import Counter, OrderedDict

from mlroles.config import Settings
from mlroles.engine.causes import again
from mlroles.errors import QuotaError
from mlroles.serving.asgi import Application, Receive, Scope, Send
from mlroles.serving.refusal import Refusals
from mlroles.web.problems import REQUEST_ID, of_ours

_MINUTE = 60.0
_KNOWN = 10_000  # clients that are remembered; the longest unseen is forgotten
_NETWORK = 64  # bits: an IPv6 client has as many addresses as it likes below these

#: What asks nothing of the engine, or watches the server.
_FREE = ("/health", "/metrics", "/static/", "/logo.svg")


class Quotas:
    """Counts by client. ``at_once`` and ``minute`` are limits, 0 for none. For one thread."""

    def __init__(self, at_once: int, minute: int) -> None:
        self._at_once = at_once
        self._minute = minute
        self._under_way: Counter[str] = Counter()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def enter(self, client: str, now: float) -> None:
        """Let a request in, at ``now`` seconds. Raises QuotaError."""
        if self._at_once and self._under_way[client] >= self._at_once:
            raise _error(
                f"A client may have {self._at_once} requests under way at the same time.",
                self._at_once,
                1.0,
            )
        if self._minute:
            self._take(client, now)
        self._under_way[client] += 1

    def leave(self, client: str) -> None:
        """Note the end of a request."""
        self._under_way[client] -= 1
        if not self._under_way[client]:
            del self._under_way[client]

    def _take(self, client: str, now: float) -> None:
        """Take one of the requests that the client has left; they come back evenly."""
        left, at = self._left.pop(client, (float(self._minute), now))
        left = min(left + (now - at) * self._minute / _MINUTE, self._minute)
        self._left[client] = (left - 1 if left >= 1 else left), now
        if len(self._left) > _KNOWN:
            self._left.popitem(last=False)
        if left < 1:
            raise _error(
                f"A client may make {self._minute} requests in a minute.",
                self._minute,
                (1 - left) * _MINUTE / self._minute,
            )


class Turnstile:
    """An ASGI application around another: who is over a quota is told 429 at once."""

    def __init__(self, app: Application, quotas: Quotas, refusals: Refusals) -> None:
        self._app = app
        self._quotas = quotas
        self._refusals = refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["path"].startswith(_FREE):
            await self._app(scope, receive, send)
            return
        client = network((scope.get("client") or ("",))[0])
        try:
            self._quotas.enter(client, time.monotonic())
        except QuotaError as error:
            accept = dict(scope["headers"]).get(b"accept", b"").decode("latin-1")
            headers, content = self._refusals.tell(
                of_ours(error), scope[REQUEST_ID], accept, scope["root_path"]
            )
            headers.append((b"connection", b"close"))  # the body is not read
            await send({"type": "http.response.start", "status": error.status, "headers": headers})
            await send({"type": "http.response.body", "body": content})
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._quotas.leave(client)


def bounded(app: Application, settings: Settings, refusals: Refusals) -> Application:
    """Return the application with the quotas of the settings; itself if there are none."""
    if not settings.client_requests and not settings.client_minute:
        return app
    quotas = Quotas(settings.client_requests, settings.client_minute)
    return Turnstile(app, quotas, refusals)


def network(address: str) -> str:
    """Return what stands for a client: its IPv4 address, the network of its IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    return str(ipaddress.IPv6Network((int(found), _NETWORK), strict=False))


def _error(detail: str, limit: int, seconds: float) -> QuotaError:
    after = max(1, math.ceil(seconds))
    return QuotaError(
        detail,
        hint=again(after),
        extra={"limit": limit, "retry_after": after},
    )
