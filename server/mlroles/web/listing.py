"""The things whose IRIs begin alike, such as all under ``/role``: as a page, or as RDF."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from flask import Response, render_template

from mlroles import vocab
from mlroles.engine.interface import Engine
from mlroles.web import documents
from mlroles.web.guide import asking
from mlroles.web.guide.needs import name as order
from mlroles.web.table import Cell

_LABEL = ox.NamedNode(f"{vocab.RDFS}label")
_MEMBER = ox.NamedNode(f"{vocab.RDFS}member")
#: Our namespaces that people may ask for, such as “role”.
KINDS = frozenset(
    iri.removeprefix(vocab.BASE).removesuffix("/")
    for iri in vocab.PREFIXES.values()
    if iri.startswith(vocab.BASE) and iri.endswith("/")
) - {""}


@dataclass(frozen=True)
class Listing:
    """The things of one kind by what they are called; ``more`` if there are too many to show."""

    kind: str
    things: tuple[Cell, ...]
    more: bool

    @property
    def title(self) -> str:
        """The kind, in the plural."""
        return plural(self.kind).replace("-", " ").capitalize()


def gather(engine: Engine, kind: str) -> Listing | None:
    """Return the things of a kind, None if there are none. Raises what the engine raises."""
    if kind not in KINDS:
        return None
    most = asking.MOST
    text = f"""SELECT DISTINCT ?it WHERE {{
  ?it ?property ?value FILTER (ISIRI(?it) && STRSTARTS(STR(?it), "{vocab.BASE}{kind}/"))
}} ORDER BY ?it LIMIT {most}"""
    found = [row["it"] for row in asking.rows(engine, text)]
    return Listing(kind, tuple(sorted(found, key=order)), len(found) == most) if found else None


def singular(name: str) -> str:
    """Return the kind of which a name is the plural, empty if it is none."""
    return next((kind for kind in KINDS if plural(kind) == name), "")


def plural(kind: str) -> str:
    """Return the plural of a kind."""
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def respond(listing: Listing, suffix: str | None) -> Response:
    """Return the list in the format that the request wants."""
    return documents.respond(
        lambda: {f"{vocab.BASE}{listing.kind}": _triples(listing.kind, listing.things)},
        lambda: render_template("listing.html", listing=listing, formats=documents.NAMES),
        wanted=(suffix,) if suffix else None,
    )


def _triples(kind: str, things: Sequence[Cell]) -> list[ox.Triple]:
    whole = ox.NamedNode(f"{vocab.BASE}{kind}")
    members = [ox.Triple(whole, _MEMBER, ox.NamedNode(thing.iri)) for thing in things]
    labels = [
        ox.Triple(ox.NamedNode(thing.iri), _LABEL, ox.Literal(thing.label, language="en"))
        for thing in things
        if thing.label
    ]
    return members + labels
