"""The knowledge base, reasoned over once, in the shapes that the tests ask."""

from pathlib import Path

import pytest
import rdflib

from mlroles import vocab
from mlroles.knowledge import KnowledgeBase, load
from mlroles.paths import EXAMPLES
from mlroles.store.oxigraph import OxigraphStore


@pytest.fixture(scope="session")
def base(closures: Path) -> KnowledgeBase:
    """Return ontology and data with what follows from them."""
    return load(cache_dir=closures)


@pytest.fixture(scope="session")
def full(base: KnowledgeBase) -> OxigraphStore:
    """Return a store of all triples, asserted and inferred."""
    return OxigraphStore.from_ntriples(base.asserted, base.inferred)


@pytest.fixture(scope="session")
def asserted(base: KnowledgeBase) -> OxigraphStore:
    """Return a store of what somebody stated, and nothing that follows from it."""
    return OxigraphStore.from_ntriples(base.asserted, b"")


@pytest.fixture(scope="session")
def team_base(closures: Path) -> KnowledgeBase:
    """Return ours and the example team, with what follows from both."""
    return load([EXAMPLES / "team.ttl"], cache_dir=closures)


@pytest.fixture(scope="session")
def team_full(team_base: KnowledgeBase) -> OxigraphStore:
    """Return a store of all triples of ours and the example team's."""
    return OxigraphStore.from_ntriples(team_base.asserted, team_base.inferred)


@pytest.fixture(scope="session")
def union(base: KnowledgeBase) -> rdflib.Graph:
    """Return all triples in one graph of rdflib's."""
    return rdflib.Graph().parse(data=base.asserted + base.inferred, format="nt")


@pytest.fixture(scope="session")
def dataset(base: KnowledgeBase) -> rdflib.Dataset:
    """Return the two named graphs in rdflib, with their union as default graph."""
    dataset = rdflib.Dataset(default_union=True)
    for name, content in ((vocab.ASSERTED, base.asserted), (vocab.INFERRED, base.inferred)):
        dataset.graph(rdflib.URIRef(name)).parse(data=content, format="nt")
    return dataset
