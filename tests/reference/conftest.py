"""The reference of our own ontology and data."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from markup import Written
from mlroles import vocab
from mlroles.knowledge import load, ntriples
from mlroles.knowledge.formats import Graphs
from mlroles.knowledge.reference import Reference, document, refer


@pytest.fixture(scope="session")
def graphs(closures: Path) -> Graphs:
    knowledge = load(cache_dir=closures)
    return {
        vocab.ASSERTED: ntriples.parse(knowledge.asserted),
        vocab.INFERRED: ntriples.parse(knowledge.inferred),
    }


@pytest.fixture(scope="session")
def said(graphs: Graphs) -> set[tuple[str, str, str]]:
    """Return what is asserted: IRIs and texts as they are, blank nodes as ``_:…``."""
    return {
        (plain(triple.subject), plain(triple.predicate), plain(triple.object))
        for triple in graphs[vocab.ASSERTED]
    }


def plain(term: object) -> str:
    """Return an IRI or the text of a literal."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


@pytest.fixture(scope="session")
def reference(graphs: Graphs) -> Reference:
    return refer(graphs)


@pytest.fixture(scope="session")
def page(reference: Reference) -> Written:
    return Written(document(reference, {"Turtle": "ontology.ttl"}))
