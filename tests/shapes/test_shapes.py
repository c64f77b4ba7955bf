"""The shapes: our data conforms, and whatever a shape asks for is missed when it is not there."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SDO, SH, SKOS, BNode, Graph, Literal

from batches import Broken, changed, told_of
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


#: What may not be stated at all, and what may be wrong.
NEVER = [c for c in constraints(SHAPES) if c.value == RDF.nil]
OTHERS = [c for c in constraints(SHAPES) if c.value != RDF.nil]


def test_whatever_is_inferred_may_not_be_stated(graph: Graph) -> None:
    chained, turned = graph.subjects(OWL.propertyChainAxiom), graph.subjects(OWL.inverseOf)
    inferred = {*chained, *turned, MLR.concerns, SDO.skills, SDO.responsibilities}
    inferred -= {MLR.hasSkill}  # stated of a person, and generalised
    assert {constraint.path for constraint in NEVER} == inferred


@pytest.fixture(scope="module")
def stated(knowledge: KnowledgeBase, graph: Graph) -> tuple[KnowledgeError, ...]:
    """Return what is told where each property that is inferred is stated once."""
    return told_of(knowledge, changed(graph, [mutation(c, SHAPES, graph) for c in NEVER]))


@pytest.mark.check("SHACL: each constraint broken once is told", "pySHACL")
@pytest.mark.parametrize("constraint", NEVER, ids=str)
def test_what_is_inferred_and_stated_is_told(
    stated: tuple[KnowledgeError, ...], graph: Graph, constraint: Constraint
) -> None:
    subject = shorten(str(mutation(constraint, SHAPES, graph).focus))
    (told,) = _of(stated, subject, shorten(str(constraint.shape)))
    assert f": {SHAPES.value(constraint.shape, SH.message)} Found: skill:statistics" in told.detail
    assert "; write " in told.detail or ", and " in told.detail


def test_what_has_a_property_must_be_of_its_domain(graph: Graph) -> None:
    never = {constraint.path for constraint in NEVER}
    domains = {
        (property_, domain)
        for property_, domain in graph.subject_objects(RDFS.domain)
        if str(property_).startswith(MLR) and property_ not in never and domain != MLR.Person
    }
    assert len(domains) > 40
    assert {
        (property_, class_)
        for shape, class_ in SHAPES.subject_objects(SH["class"])
        for property_ in SHAPES.objects(shape, SH.targetSubjectsOf)
        if class_ != SKOS.Concept
    } == domains


@pytest.fixture(scope="module")
def broken(knowledge: KnowledgeBase, graph: Graph) -> Broken:
    """Return every constraint broken, in as few graphs as keep them apart."""
    return Broken(OTHERS, SHAPES, knowledge, graph)


@pytest.mark.check("SHACL: each constraint broken once is told", "pySHACL")
@pytest.mark.slow
@pytest.mark.parametrize("constraint", OTHERS, ids=str)
def test_real_data_that_breaks_a_constraint_is_told(
    knowledge: KnowledgeBase, broken: Broken, constraint: Constraint
) -> None:
    change = broken.mutations[constraint]
    assert change.added or change.removed
    subject, rule = shorten(str(change.focus)), shorten(str(constraint.shape))
    told = _of(broken.told(constraint), subject, rule)
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
