"""Explanations of a dataset that is asked, and not held: the same as of one that is."""

import random

import pyoxigraph as ox
import pytest

from mlroles import vocab
from mlroles.knowledge.asking import over
from mlroles.knowledge.explanation import Explainer, Explanation, Step
from mlroles.knowledge.formats import Graphs
from mlroles.knowledge.reasoning.binding import is_schema
from mlroles.knowledge.reasoning.known import Asked


@pytest.fixture(scope="module")
def asking(graphs: Graphs) -> Explainer:
    ontology = [t for t in graphs[vocab.ASSERTED] if is_schema(t)]
    return Explainer(ontology, Asked(over(graphs)))


@pytest.mark.slow
def test_what_follows_is_explained_as_shortly(
    graphs: Graphs, explainer: Explainer, asking: Explainer
) -> None:
    chosen = random.Random(4).sample(sorted(graphs[vocab.INFERRED], key=str), 300)  # noqa: S311
    for triple in chosen:
        here, there = explainer.explain(triple), asking.explain(triple)
        assert there.status == "inferred"
        assert _depth(there) == _depth(here), triple


def test_what_is_stated_or_absent_is_told_as_that(explainer: Explainer, asking: Explainer) -> None:
    role, skill = (ox.NamedNode(f"{vocab.BASE}{name}") for name in ("role/ml-engineer", "skill/x"))
    label = ox.NamedNode(f"{vocab.RDFS}label")
    requires = ox.NamedNode(f"{vocab.MLR}requiresSkill")
    for triple in (
        ox.Triple(role, label, ox.Literal("ML engineer", language="en")),
        ox.Triple(role, requires, skill),
    ):
        here, there = explainer.explain(triple), asking.explain(triple)
        assert there.status == here.status
        assert there.triple == here.triple
        assert len(there.missing) == len(here.missing)


def _depth(explanation: Explanation) -> int:
    """Return how many rules the shortest derivation has in its longest branch."""
    return min(map(_longest, explanation.derivations), default=0)


def _longest(step: Step) -> int:
    return 1 + max(map(_longest, step.premises), default=0)
