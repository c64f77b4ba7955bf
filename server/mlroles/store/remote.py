"""Another store, asked and changed by the SPARQL 1.1 Protocol, with patience."""

import http.client
import time
from collections.abc import Sequence

import pyoxigraph as ox

from mlroles.errors import StoreError
from mlroles.store.exchange import Address, Exchange

_RESULTS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
#: Tries of a request that may be made twice, and the seconds before the second; then twice as many.
_TRIES = 4
_PAUSE = 0.5
_AGAIN = {429, 502, 503}
#: Seconds after which a failure may leave the store at work on the request: no second try.
_SOON = 10.0
_SHOWN = 500
_GOOD = range(200, 300)
_HINTS = {
    401: "Set MLROLES_STORE_USER and MLROLES_STORE_PASSWORD.",
    403: "Does the user have the right to update?",
    404: "Is this the address of the endpoint for updates?",
    405: "Is this the address of the endpoint for updates?",
}
#: What a store says, and what to do about it.
_KNOWN = {
    "log after image size": "Virtuoso logs an update in one piece. Set TransactionAfterImageLimit in"
    " virtuoso.ini, which is 50,000,000 bytes as it comes, to some 500 for each triple.",
    "parameter query must be set": "Are updates sent to another address? Give it by --update.",
}


class RemoteStore:
    """A store at ``query_url`` for questions and ``update_url`` for changes.

    ``credentials`` are a user and a password for HTTP's Basic or Digest authentication,
    ``timeout`` is in seconds, for one request. Everything raises StoreError; making one raises
    SettingError for what is no address.
    """

    def __init__(
        self,
        query_url: str,
        update_url: str | None = None,
        *,
        credentials: tuple[str, str] | None = None,
        timeout: float = 600.0,
    ) -> None:
        self._query = Address(query_url, credentials)
        self._update = Address(update_url, credentials) if update_url else self._query
        self._hints = dict(_HINTS)
        if credentials:
            self._hints[401] = "It does not know this user, or not by this password."
        self._timeout = timeout

    def select(self, text: str) -> Sequence[ox.QuerySolution]:
        """Return the solutions of a SELECT."""
        content = self._send(self._query, ("query", text), _RESULTS, tries=_TRIES)
        try:
            return list(ox.parse_query_results(content, ox.QueryResultsFormat.JSON))  # type: ignore[arg-type] # a SELECT has no boolean
        except (SyntaxError, TypeError, ValueError) as error:
            raise self._garbled(_RESULTS, content) from error

    def count(self, where: str, what: str = "*") -> int:
        """Return how many solutions a group graph pattern has, or how many ``what`` there are."""
        (row,) = self.select(f"SELECT (COUNT({what}) AS ?n) WHERE {{ {where} }}")
        return int(row["n"].value)

    def construct(self, text: str) -> Sequence[ox.Triple]:
        """Return the triples of a CONSTRUCT.

        For many of them this is the way: Virtuoso takes nine times as long to write JSON.
        """
        content = self._send(self._query, ("query", text), _TRIPLES, tries=_TRIES)
        try:
            read = ox.parse(content, ox.RdfFormat.N_TRIPLES, lenient=True)
            return [quad.triple for quad in read]
        except (SyntaxError, ValueError) as error:
            raise self._garbled(_TRIPLES, content) from error

    def _garbled(self, media_type: str, content: bytes) -> StoreError:
        return StoreError(
            f"{self._query.url} does not answer in {media_type}.",
            hint="Is it the address of a SPARQL endpoint?",
            offending=content[:_SHOWN].decode("utf-8", "replace"),
        )

    def update(self, text: str, *, again: bool = True) -> None:
        """Run an update. ``again`` says that it does no harm to run it twice, one after the other.

        It is sent again only if it failed at once: what took long may still be under way there.
        """
        self._send(self._update, ("update", text), "*/*", tries=_TRIES if again else 1)

    def _send(self, address: Address, field: tuple[str, str], accept: str, *, tries: int) -> bytes:
        for left in range(tries - 1, -1, -1):
            begun = time.monotonic()
            exchange = Exchange(address, begun + self._timeout)
            try:
                response = exchange.send([field], accept, fresh=field[0] == "update")
                if response.status in _GOOD:
                    return exchange.read()
                if left == 0 or response.status not in _AGAIN or _took_long(begun):
                    raise self._refused(address, response, exchange.read(_SHOWN))
            except (OSError, http.client.HTTPException) as error:
                if left == 0 or isinstance(error, TimeoutError) or _took_long(begun):
                    raise _unreached(address.url, error) from error
            finally:
                exchange.finish()
            time.sleep(_PAUSE * 2 ** (tries - 1 - left))
        raise AssertionError  # the last try returned or raised

    def _refused(
        self, address: Address, response: http.client.HTTPResponse, content: bytes
    ) -> StoreError:
        said = content.decode("utf-8", "replace").strip()
        first = said.partition("\n")[0].strip()  # Virtuoso repeats the query after it
        known = next((_KNOWN[words] for words in _KNOWN if words in first), None)
        return StoreError(
            f"{address.url} answers {response.status} {response.reason}{': ' if first else '.'}{first}",
            hint=known or self._hints.get(response.status),
            extra={"status": response.status},
        )


def _took_long(begun: float) -> bool:
    return time.monotonic() - begun > _SOON


def _unreached(url: str, error: Exception) -> StoreError:
    if isinstance(error, TimeoutError):
        return StoreError(
            f"{url} did not answer in time.",
            hint="It may still be at work. It was not asked a second time.",
        )
    return StoreError(
        f"{url} cannot be reached: {error or type(error).__name__}.",
        hint="Is the store running, and is this its address?",
    )
