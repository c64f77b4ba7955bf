"""The shapes: our data conforms, and whatever a shape asks for is missed when it is not there."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import OWL, RDF, SH, BNode, Graph, Literal

from mlroles import paths
from mlroles.errors import KnowledgeError
from mlroles.knowledge import KnowledgeBase, load
from mlroles.knowledge.shapes import violations
from mlroles.vocab import shorten
from mutations import CONSTRAINTS, MLR, NO_CONSTRAINTS, Constraint, constraints, mutation

SHAPES = Graph().parse(paths.SHAPES, format="turtle")
TEAM = paths.EXAMPLES / "team.ttl"
EXAMPLE = "https://example.org/"


@pytest.fixture(scope="module")
def knowledge(closures: Path) -> KnowledgeBase:
    """Return our data with the example team."""
    return load([TEAM], cache_dir=closures)


@pytest.fixture(scope="module")
def graph(knowledge: KnowledgeBase) -> Graph:
    return Graph().parse(data=knowledge.asserted, format="nt")


def found(knowledge: KnowledgeBase, graph: Graph) -> tuple[KnowledgeError, ...]:
    """Return what violates the shapes where ``graph`` is what is asserted."""
    return violations(replace(knowledge, asserted=graph.serialize(format="nt", encoding="utf-8")))


@pytest.mark.check("SHACL: our data and the example team conform", "pySHACL")
def test_our_data_and_the_example_team_conform(knowledge: KnowledgeBase) -> None:
    assert violations(knowledge) == ()


def test_every_class_of_the_ontology_has_a_shape(graph: Graph) -> None:
    declared = {
        class_ for class_ in graph.subjects(RDF.type, OWL.Class) if str(class_).startswith(MLR)
    }
    targets = set(SHAPES.objects(None, SH.targetClass))
    assert len(declared) > 30
    assert declared - targets == set()


def test_every_shape_is_made_of_what_these_tests_break() -> None:
    kinds = (SH.NodeShape, SH.PropertyShape)
    named = {shape for kind in kinds for shape in SHAPES.subjects(RDF.type, kind)}
    assert {name for shape in named for name in SHAPES.predicates(shape)} <= (
        CONSTRAINTS | NO_CONSTRAINTS
    )


def test_every_shape_that_asks_for_something_says_what_in_a_sentence() -> None:
    for shape in {constraint.shape for constraint in constraints(SHAPES)}:
        message = SHAPES.value(shape, SH.message)
        path = SHAPES.value(shape, SH.path)
        assert isinstance(message, Literal), shape
        assert message.language == "en"
        assert str(message)[0].isupper()
        assert str(message).endswith(".")
        if str(path).startswith(MLR):
            assert shorten(str(path)) in str(message)


@pytest.mark.check("SHACL: each constraint broken once is told", "pySHACL")
@pytest.mark.slow
@pytest.mark.parametrize("constraint", list(constraints(SHAPES)), ids=str)
def test_real_data_that_breaks_a_constraint_is_told(
    knowledge: KnowledgeBase, graph: Graph, constraint: Constraint
) -> None:
    change = mutation(constraint, SHAPES, graph)
    assert change.added or change.removed
    mutated = Graph()
    mutated += graph
    for triple in change.removed:
        mutated.remove(triple)
    for triple in change.added:
        mutated.add(triple)
    subject, rule = shorten(str(change.focus)), shorten(str(constraint.shape))
    told = _of(found(knowledge, mutated), subject, rule)
    assert told, f"nobody misses {constraint} of {subject}"
    for error in told:
        assert error.detail.startswith(f"{subject}: {SHAPES.value(constraint.shape, SH.message)}")
        assert error.file in knowledge.sources
        assert error.line is not None


def _of(errors: Iterable[KnowledgeError], subject: str, rule: str) -> list[KnowledgeError]:
    return [
        error
        for error in errors
        if (error.extra["subject"], error.extra["rule"]) == (subject, rule)
    ]


def test_no_shape_is_anonymous_but_those_inside_others() -> None:
    assert not [s for s in SHAPES.subjects(RDF.type, SH.NodeShape) if isinstance(s, BNode)]
