"""A client that says exactly what a test wants said, byte by byte."""

import http.client
import socket
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlencode

#: Some 60 MB of text: more than any buffer on the way holds.
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 300000"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SMALL = "ASK {}"


@dataclass(frozen=True)
class Client:
    """Talks to the server at ``port``, from an address of its own on loopback."""

    port: int
    address: str = "127.0.0.1"

    def connect(self) -> socket.socket:
        """Return a connection."""
        return socket.create_connection(("127.0.0.1", self.port), 30, (self.address, 0))

    def exchange(self, sent: bytes, *, head: bool = False) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers (lower case) and body of the answer to these bytes."""
        with self.connect() as link:
            link.sendall(sent)
            response = http.client.HTTPResponse(link, method="HEAD" if head else None)
            response.begin()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return response.status, headers, response.read()

    def ask(self, query: str, timeout: float = 30) -> tuple[int, bytes]:
        """Return status and body of a query's answer."""
        with closing(self.link(timeout)) as link:
            link.request("GET", path(query))
            response = link.getresponse()
            return response.status, response.read()

    def link(self, timeout: float = 30) -> http.client.HTTPConnection:
        """Return a connection that speaks HTTP."""
        return http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=timeout, source_address=(self.address, 0)
        )

    def begin(self, query: str) -> socket.socket:
        """Return a connection on which a query has been sent."""
        link = self.connect()
        link.sendall(f"GET {path(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        return link


def path(query: str) -> str:
    """Return the path and query string of a query."""
    return f"/sparql?{urlencode({'query': query})}"
