"""Explanations of our own graph."""

from functools import partial
from pathlib import Path

import pytest

from mlroles import vocab
from mlroles.knowledge import KnowledgeBase, load, ntriples
from mlroles.knowledge.explanation import Explainer
from mlroles.knowledge.formats import Graphs
from mlroles.knowledge.places import Places
from mlroles.knowledge.reasoning.known import Held


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
    places = partial(Places.of, knowledge.sources)
    return Explainer(graphs[vocab.ASSERTED], Held(graphs), places)
