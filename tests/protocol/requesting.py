"""Requests as they go over the wire, to one server for the whole folder."""

import http.client
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
JSON = "application/sparql-results+json"

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """A response, read to its end; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def type(self) -> str:
        """The media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        """Return the body as what JSON it is."""
        return json.loads(self.body)

    def column(self, name: str) -> list[str]:
        """Return the values of a column of a result in JSON."""
        assert self.status == 200, self.text
        return [row[name]["value"] for row in self.json()["results"]["bindings"]]

    def triples(self) -> set[ox.Triple]:
        """Return the triples of a body in any format of RDF."""
        assert self.status == 200, self.text
        rdf_format = ox.RdfFormat.from_media_type(self.headers["content-type"])
        assert rdf_format is not None, self.type
        return {quad.triple for quad in ox.parse(self.body, rdf_format)}


Ask = Callable[..., Answer]


def asker(address: str) -> Ask:
    """Return a function that sends one request to the server at ``address``."""
    place = urlsplit(address).netloc

    def ask(
        method: str,
        path: str,
        parameters: Pairs = (),
        body: bytes | str | None = None,
        **headers: str,
    ) -> Answer:
        if parameters:
            path = f"{path}?{urlencode(list(parameters))}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection(place, timeout=30)
        try:
            content = body.encode() if isinstance(body, str) else body
            connection.request(method, path, content, named)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    return ask
