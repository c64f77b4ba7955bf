"""Whether the client of a request has gone, and what is to be stopped then."""

import threading
from collections.abc import Callable

#: Where a request's WSGI environment has its departure.
KEY = "mlroles.departure"


class Departure:
    """Set once, when the client goes; any thread may ask, or leave something to be done then.

    ``client`` is who that is; empty for ourselves.
    """

    def __init__(self, client: str = "") -> None:
        self.client = client
        self._lock = threading.Lock()
        self._gone = False
        self._callbacks: list[Callable[[], None]] = []

    @property
    def gone(self) -> bool:
        """Whether the client has gone."""
        return self._gone

    def then(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` when the client goes; at once if it has gone."""
        with self._lock:
            if not self._gone:
                self._callbacks.append(callback)
                return
        callback()

    def happen(self) -> None:
        """Note that the client has gone."""
        with self._lock:
            self._gone = True
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()
