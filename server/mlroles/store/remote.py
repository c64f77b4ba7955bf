"""Another store, asked by the SPARQL 1.1 Protocol."""

import json
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    build_opener,
)

from mlroles.errors import StoreError

_RESULTS = "application/sparql-results+json"
#: Tries of a request that may be made twice, and the seconds before the second; then twice as many.
_TRIES = 4
_PAUSE = 0.5
_AGAIN = {429, 502, 503, 504}
_SHOWN = 500


def is_address(store: str) -> bool:
    """Return whether a store is named by its address, and not by its directory."""
    return store.startswith(("http://", "https://"))


class RemoteStore:
    """A store at ``query_url`` for questions and ``update_url`` for changes.

    ``user`` and ``password`` are for HTTP's Basic or Digest authentication, ``timeout`` is in
    seconds, for one request. Everything raises StoreError.
    """

    def __init__(
        self,
        query_url: str,
        update_url: str | None = None,
        *,
        credentials: tuple[str, str] | None = None,
        timeout: float = 600.0,
    ) -> None:
        self._query_url = query_url
        self._update_url = update_url or query_url
        self._timeout = timeout
        passwords = HTTPPasswordMgrWithDefaultRealm()
        if credentials is not None:
            for url in {self._query_url, self._update_url}:
                passwords.add_password(None, url, *credentials)
        self._opener = build_opener(
            HTTPBasicAuthHandler(passwords), HTTPDigestAuthHandler(passwords)
        )

    def ask(self, pattern: str) -> bool:
        """Return whether a group graph pattern has a solution.

        By a SELECT: Virtuoso 7.2.5 answers an ASK as if it were one, without a ``boolean``.
        """
        return any(True for _ in self.select(f"SELECT (1 AS ?one) WHERE {{ {pattern} }} LIMIT 1"))

    def select(self, text: str) -> Iterator[Mapping[str, Mapping[str, str]]]:
        """Yield the solutions of a SELECT, as SPARQL 1.1 Query Results JSON has them."""
        yield from self._answer(text)["results"]["bindings"]

    def update(self, text: str, *, again: bool = True) -> None:
        """Run an update. ``again`` says that it does no harm to run it twice."""
        self._send(self._update_url, {"update": text}, "*/*", tries=_TRIES if again else 1)

    def _answer(self, text: str) -> Any:
        content = self._send(self._query_url, {"query": text}, _RESULTS, tries=_TRIES)
        try:
            return json.loads(content)
        except ValueError as error:
            raise StoreError(
                f"{self._query_url} does not answer in {_RESULTS}.",
                hint="Is it the address of a SPARQL endpoint?",
                offending=content[:_SHOWN].decode("utf-8", "replace"),
            ) from error

    def _send(self, url: str, form: Mapping[str, str], accept: str, *, tries: int) -> bytes:
        request = Request(url, urlencode(form).encode(), {"Accept": accept})  # noqa: S310 - named by the user
        for left in range(tries - 1, -1, -1):
            try:
                with self._opener.open(request, timeout=self._timeout) as answer:
                    content: bytes = answer.read()
                    return content
            except HTTPError as error:
                if left == 0 or error.code not in _AGAIN:
                    raise _refused(url, error) from error
            except (URLError, TimeoutError, ConnectionError, ValueError) as error:
                if left == 0 or isinstance(error, ValueError):
                    raise StoreError(
                        f"{url} cannot be reached: {getattr(error, 'reason', error)}.",
                        hint="Is the store running, and is this its address?",
                    ) from error
            time.sleep(_PAUSE * 2 ** (tries - 1 - left))
        raise AssertionError  # the last try returned or raised


def _refused(url: str, error: HTTPError) -> StoreError:
    said = error.read(_SHOWN).decode("utf-8", "replace").strip()
    hints = {
        401: "Set MLROLES_STORE_USER and MLROLES_STORE_PASSWORD.",
        403: "Does the user have the right to update?",
        404: "Is this the address of the endpoint for updates?",
        405: "Is this the address of the endpoint for updates?",
    }
    return StoreError(
        f"{url} answers {error.code} {error.reason}{': ' if said else '.'}{said}",
        hint=hints.get(error.code),
    )
