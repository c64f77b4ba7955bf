"""How a term is called, and where on the page it is told of."""

from dataclasses import dataclass

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.reference.index import LABEL, Index

_NOTATION = f"{vocab.SKOS}notation"


@dataclass(frozen=True)
class Name:
    """A term's IRI, the text that stands for it, its prefixed name, and the address of a link.

    The address is empty where a link would be no page, as ``javascript:`` is none.
    """

    iri: str
    text: str
    short: str
    href: str


def name(index: Index, node: ox.NamedNode) -> Name:
    """Return the name of a term: a link on this page if it is ours, else to where it is defined."""
    short = vocab.shorten(node.value)
    ours = node.value.startswith(vocab.BASE)
    text = index.text(node, LABEL) or (index.text(node, _NOTATION) if ours else "") or short
    return Name(node.value, text, short, _href(node.value))


def _href(iri: str) -> str:
    there = anchor(iri)
    if there is not None:
        return f"#{there}"
    return iri if iri.startswith(("https://", "http://")) else ""


def anchor(iri: str) -> str | None:
    """Return what comes after the ``#`` in a link to a term of ours, None if it is not ours.

    ``…/ontology#Role`` is at ``Role``, so that its IRI leads there, and ``…/role/ml-engineer``
    at ``role/ml-engineer``.
    """
    if iri.startswith(vocab.MLR):
        return iri.removeprefix(vocab.MLR)
    return iri.removeprefix(vocab.BASE) if iri.startswith(vocab.BASE) else None
