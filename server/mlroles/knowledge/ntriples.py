"""Canonical N-Triples: one line a triple, sorted by bytes, each once."""

from collections.abc import Iterable

import pyoxigraph as ox


def dump(triples: Iterable[ox.Triple]) -> bytes:
    """Return canonical N-Triples (RDF 1.2 N-Triples, section 4), sorted, without duplicates."""
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None  # noqa: S101 - None is for a call with an output
    return b"".join(sorted(dict.fromkeys(text.splitlines(keepends=True))))


def parse(text: bytes) -> list[ox.Triple]:
    """Return the triples of N-Triples that we wrote ourselves; labels of blank nodes stay."""
    return [quad.triple for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES)]
