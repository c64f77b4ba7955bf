"""Explanations of our own graph."""

from pathlib import Path

import pytest

from mlroles import vocab
from mlroles.knowledge import KnowledgeBase, load, ntriples
from mlroles.knowledge.explanation import Explainer, places_of
from mlroles.knowledge.formats import Graphs


@pytest.fixture(scope="session")
def knowledge(closures: Path) -> KnowledgeBase:
    return load(cache_dir=closures)


@pytest.fixture(scope="session")
def graphs(knowledge: KnowledgeBase) -> Graphs:
    return {
        vocab.ASSERTED: ntriples.parse(knowledge.asserted),
        vocab.INFERRED: ntriples.parse(knowledge.inferred),
    }


@pytest.fixture(scope="session")
def explainer(knowledge: KnowledgeBase, graphs: Graphs) -> Explainer:
    return Explainer(graphs, places_of(knowledge.sources))
