"""Which saved queries have to do with a thing: they name it, or it can be what they ask about."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from mlroles import sparql
from mlroles.saved.catalogue import Catalogue
from mlroles.saved.query import SavedQuery
from mlroles.terms import Iri


@dataclass(frozen=True)
class Mention:
    """A saved query, and the parameters that ask it about the thing; none if it names it itself."""

    query: SavedQuery
    parameters: dict[str, str]


def mentions(catalogue: Catalogue, iri: str, classes: Collection[str]) -> Iterator[Mention]:
    """Yield the queries that take a thing of ``classes`` as a parameter, or else name ``iri``."""
    for query in catalogue:
        taking = [p for p in query.parameters if p.class_iri in classes]
        # A thing that is one parameter's default is no second time the value of another.
        own = [p for p in taking if p.default == (Iri(iri),)] or taking
        if own:
            yield Mention(query, {own[0].name: iri})
        elif iri in _kept(query.body):
            yield Mention(query, {})


def named(text: str) -> frozenset[str]:
    """Return the IRIs that a query names, in full or by a prefix."""
    words = [token for token in sparql.tokens(text) if token.text.strip()]
    prefixes: dict[str, str] = {}
    found: set[str] = set()
    for place, token in enumerate(words):
        if token.text.upper() == "PREFIX":
            prefixes[words[place + 1].text.removesuffix(":")] = words[place + 2].text[1:-1]
        elif token.kind is sparql.Kind.IRI:
            found.add(token.text[1:-1])
        elif token.kind is sparql.Kind.NAME:
            prefix, _, local = token.text.partition(":")
            found.add(prefixes.get(prefix, "") + local.replace("\\", ""))
    return frozenset(found)


_kept = cache(named)
