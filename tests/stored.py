"""Triples as a store has them."""

from collections.abc import Iterable

import pyoxigraph as ox


def stored(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Return the triples as a store writes them, each value in one way: 1 for 01."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples)
    return {quad.triple for quad in store}
