"""The dataset of today and the one of tomorrow: a reload swaps them, and no request sees both.

A request takes the generation that is current when it begins, and keeps it. After a swap the old
one ends as soon as nobody holds it any more.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from flask import Flask, current_app

from mlroles import paths
from mlroles.errors import MlrolesError
from mlroles.web.services import Services

_LOG = logging.getLogger(__name__)
_GRACE = 5.0  # seconds beyond two queries' time that an old generation may go on
_PACE = 0.02

_EXTENSION = "mlroles"


@dataclass(frozen=True)
class Reload:
    """How the last reload ended: ``done``, ``unchanged`` or ``failed``, at an ISO 8601 time."""

    at: str
    outcome: str
    reason: str | None = None


class Generation:
    """The services over one dataset; ``number`` counts the generations of a server from 1."""

    def __init__(self, number: int, services: Services) -> None:
        self.number = number
        self.services = services
        self.print = _print(services)
        self._lock = threading.Lock()
        self._holders = 0

    def take(self) -> "Generation":
        """Hold the generation until :meth:`release`."""
        with self._lock:
            self._holders += 1
        return self

    def release(self) -> None:
        """Let go of it."""
        with self._lock:
            self._holders -= 1

    @property
    def held(self) -> bool:
        """Whether a request still holds it."""
        return self._holders > 0

    def close(self) -> None:
        """End its engine; may be called again."""
        self.services.engine.close()


class Generations:
    """What a server answers from. ``renew`` returns the services over the dataset as it is now."""

    def __init__(self, first: Services, renew: Callable[[], Services] | None = None) -> None:
        self.current = Generation(1, first)
        self.last: Reload | None = None
        self.outcomes = {"done": 0, "unchanged": 0, "failed": 0}
        self._renew = renew
        self._lock = threading.Lock()  # of the fields below, and of a swap
        self._old: list[Generation] = []
        self._ended: Counter[str] = Counter()
        self._running = self._again = self._closed = self._verifying = False

    def take(self) -> Generation:
        """Return the current generation, held."""
        with self._lock:
            return self.current.take()

    def reload_soon(self) -> None:
        """Reload in a thread; if one is under way, once more after it."""
        with self._lock:
            self._again = True
            if self._running or self._closed or self._renew is None:
                return
            self._running = True
        threading.Thread(target=self._reload_all, name="mlroles-reload", daemon=True).start()

    def verify(self) -> None:
        """Run the saved queries over the current dataset, and over each that comes after it."""
        with self._lock:
            self._verifying = True
            current = self.current
        current.services.verification.begin()

    def ended(self) -> dict[str, int]:
        """Return how many workers have ended, by cause, over all generations."""
        with self._lock:
            found = self._ended.copy()
            for generation in (self.current, *self._old):
                found.update(generation.services.engine.load().ended)
        return dict(found)

    def close(self) -> None:
        """End every generation; may be called again."""
        with self._lock:
            self._closed = True
            generations = [self.current, *self._old]
        for generation in generations:
            generation.close()

    def _reload_all(self) -> None:
        while True:
            with self._lock:
                if not self._again or self._closed:
                    self._running = False
                    return
                self._again = False
            self.reload()

    def reload(self) -> Reload:
        """Open the dataset anew and swap it in, unless it is the same or wrong; return which."""
        begun = time.monotonic()
        try:
            self._note(self._reload(begun))
        except MlrolesError as error:
            if not self._closed:
                self._note("failed", str(error))
        assert self.last is not None  # noqa: S101 - it has just been noted
        return self.last

    def _reload(self, begun: float) -> str:
        assert self._renew is not None  # noqa: S101 - nothing else calls this
        services = self._renew()
        fresh = Generation(self.current.number + 1, services)
        if fresh.print == self.current.print:
            fresh.close()
            _LOG.info("reloaded: nothing has changed")
            return "unchanged"
        try:
            facts = services.facts
        except MlrolesError:
            fresh.close()
            raise
        self._swap(fresh)
        _LOG.info(
            "reloaded: %s asserted + %s inferred = %s triples; %d saved queries; in %.1f s",
            *(f"{count:,}" for count in (facts.asserted, facts.inferred, facts.total)),
            len(services.catalogue),
            time.monotonic() - begun,
        )
        return "done"

    def _swap(self, fresh: Generation) -> None:
        with self._lock:
            if self._verifying and not self._closed:
                fresh.services.verification.begin()
            old, self.current = self.current, fresh
            self._old.append(old)
            closed = self._closed
        if closed:
            fresh.close()
        threading.Thread(
            target=self._retire, args=(old,), name="mlroles-retire", daemon=True
        ).start()

    def _retire(self, old: Generation) -> None:
        """Close a generation when nobody holds it, or when no query of its can still be at work."""
        patience = time.monotonic() + 2 * old.services.settings.timeout + _GRACE
        while old.held and time.monotonic() < patience:
            time.sleep(_PACE)
        old.close()
        with self._lock:
            self._old.remove(old)
            self._ended.update(old.services.engine.load().ended)

    def _note(self, outcome: str, reason: str | None = None) -> None:
        if reason is not None:
            _LOG.error("reload failed, still serving the data of before: %s", reason)
        self.outcomes[outcome] += 1
        self.last = Reload(datetime.now(UTC).isoformat(timespec="milliseconds"), outcome, reason)


def init_app(app: Flask, generations: Generations) -> None:
    """Let an application answer from ``generations``."""
    app.extensions[_EXTENSION] = generations


def of_app(app: Flask | None = None) -> Generations:
    """Return the generations of an application, by default the current one."""
    found: Generations = (app or current_app).extensions[_EXTENSION]
    return found


def _print(services: Services) -> str:
    """Return what differs whenever anything that is answered from differs."""
    content = sha256(services.engine.digest.encode() or str(id(services)).encode())
    for path in (*sorted(paths.QUERIES.glob("*.rq")), paths.SHAPES):
        content.update(b"\0" + path.name.encode() + b"\0" + path.read_bytes())
    return content.hexdigest()
