"""HermiT finds no contradiction in ontology, alignments and data, and finds each planted one.

``mlroles validate`` reasons by the rules of OWL 2 RL, which reach less far; what is beyond them is
said here for each plant, and found by the shapes. owlrl, which reasons where our rules leave
something open, finds fewer by itself.
"""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import owlready2
import owlrl
import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, URIRef

import merging
import peers
from mlroles.knowledge import KnowledgeBase, examine, load
from mlroles.knowledge.shapes import violations


class Plant(NamedTuple):
    """Wrong Turtle, and the rule of OWL 2 RL by which ``validate`` finds it, if it does.

    ``missed`` says why owlrl as it is tells of no error, where a rule of ours does.
    """

    turtle: str
    rule: str | None
    missed: str = ""


CONTRADICTIONS = {
    "a role that is a skill": Plant("role:ml-engineer a mlr:Skill .", "cax-adc"),
    "a skill with what only requirements have": Plant(
        "skill:communication mlr:requirementOf role:ml-engineer .", "cax-adc"
    ),
    "a requirement of two skills": Plant(
        "stmt:ml-engineer-requires-mathematics-table mlr:ofSkill skill:leadership .", "prp-fp"
    ),
    "one thing with two different texts": Plant(
        'stmt:ml-engineer-is-hard-to-fill mlr:paraphrase "Easy to fill." .',
        "prp-fp",
        "It calls two different texts the same, and looks no further.",
    ),
    "two skills that are one": Plant("skill:databases owl:sameAs skill:hardware .", "eq-diff2"),
    "a number in the place of words": Plant(
        "stmt:ml-engineer-is-hard-to-fill mlr:qualifiedBy 3 .",
        "dt-not-type",
        "It looks at the datatypes of no property's range.",
    ),
    "words that name their language": Plant(
        'stmt:ml-engineer-is-hard-to-fill mlr:qualifiedBy "sehr"@de .',
        "dt-not-type",
        "It looks at the datatypes of no property's range.",
    ),
    "what follows, denied": Plant(
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual role:ml-hardware-engineer ;"
        " owl:assertionProperty mlr:requiresSkill ; owl:targetIndividual skill:machine-learning .",
        "prp-npa1",
    ),
    "a role outside a class that it is inferred into": Plant(
        "role:mlops-engineer a [ a owl:Class ; owl:complementOf mlr:DualSkillRole ] .", "cls-com"
    ),
    "a value more than allowed": Plant(
        "role:developer-advocate a [ a owl:Restriction ; owl:onProperty mlr:hasAlias ;"
        " owl:maxCardinality 0 ] .",
        "cls-maxc1",
    ),
    "one of two kinds, and neither fits": Plant(  # a case for each kind: no rule of RL
        "stmt:puzzle a mlr:Statement , [ a owl:Class ; owl:unionOf ( mlr:Role mlr:Skill ) ] .", None
    ),
    "a value demanded that cannot be": Plant(  # RL makes up no value that nobody named
        "role:data-analyst a [ a owl:Restriction ; owl:onProperty mlr:hasAlias ;"
        " owl:allValuesFrom mlr:Skill ] , [ a owl:Restriction ; owl:onProperty mlr:hasAlias ;"
        " owl:someValuesFrom mlr:Statement ] .",
        None,
    ),
}

#: What owlrl makes of each contradiction that it finds.
_ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")

#: Whatever is in it contradicts; that nothing is in it does not, so no rule of RL is broken.
EMPTY_CLASS = "mlr:Impossible a owl:Class ; rdfs:subClassOf mlr:Role , mlr:Skill ."


def _unsatisfiable(triples: Iterable[ox.Triple]) -> list[str]:
    """Return the classes that can have no member; raise if HermiT finds a contradiction."""
    peers.need("java", package="default-jre-headless")
    content = io.BytesIO()
    ox.serialize(triples, content, ox.RdfFormat.N_TRIPLES)
    content.seek(0)
    world = owlready2.World()
    world.get_ontology("https://w3id.org/mlroles/ontology").load(fileobj=content)
    owlready2.sync_reasoner_hermit(world, debug=0)
    found = {str(class_.iri) for class_ in world.inconsistent_classes()}
    return sorted(found - {"http://www.w3.org/2002/07/owl#Nothing"})


@pytest.fixture(scope="module")
def ours() -> list[ox.Triple]:
    return merging.merged(merging.FILES, header=merging.ONTOLOGY_FILE)


@pytest.mark.check("OWL 2 DL: consistent, no unsatisfiable class", "HermiT")
@pytest.mark.slow
def test_all_files_together_are_consistent_and_every_class_can_have_members(
    ours: list[ox.Triple],
) -> None:
    assert len(ours) > 3000
    assert _unsatisfiable(ours) == []


@pytest.mark.check("OWL 2 DL: planted contradictions are found", "HermiT")
@pytest.mark.slow
@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_hermit_finds_a_planted_contradiction(ours: list[ox.Triple], name: str) -> None:
    plant = merging.turtle(CONTRADICTIONS[name].turtle)
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        _unsatisfiable([*ours, *plant])


@pytest.mark.slow
def test_hermit_finds_a_class_that_can_have_no_member() -> None:
    ontology = merging.merged([merging.ONTOLOGY_FILE], header=merging.ONTOLOGY_FILE)
    assert _unsatisfiable(ontology) == []
    impossible = [*ontology, *merging.turtle(EMPTY_CLASS)]
    assert _unsatisfiable(impossible) == ["https://w3id.org/mlroles/ontology#Impossible"]


def _errors_of_owlrl(triples: Iterable[ox.Triple]) -> int:
    """Return how many errors owlrl tells of, as it is, without the rules that we add to it."""
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    graph = Graph().parse(data=text, format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return len(set(graph.subjects(RDF.type, _ERROR)))


@pytest.mark.check("OWL 2 RL: planted contradictions that owlrl alone finds", "owlrl")
@pytest.mark.slow
@pytest.mark.parametrize("name", [n for n, p in CONTRADICTIONS.items() if p.rule and not p.missed])
def test_owlrl_as_it_is_finds_a_planted_contradiction(ours: list[ox.Triple], name: str) -> None:
    assert _errors_of_owlrl([*ours, *merging.turtle(CONTRADICTIONS[name].turtle)]) > 0


@pytest.mark.slow
def test_owlrl_as_it_is_misses_those_that_are_said_to_be_missed(ours: list[ox.Triple]) -> None:
    missed = [plant for plant in CONTRADICTIONS.values() if plant.missed or plant.rule is None]
    assert len(missed) == 5
    assert _errors_of_owlrl([*ours, *(t for p in missed for t in merging.turtle(p.turtle))]) == 0


@pytest.mark.check("OWL 2 RL: planted contradictions that our rules find", "mlroles")
@pytest.mark.slow
@pytest.mark.parametrize("name", [n for n, plant in CONTRADICTIONS.items() if plant.rule])
def test_validate_finds_what_is_within_reach_of_the_rules(
    closures: Path, tmp_path: Path, name: str
) -> None:
    plant = CONTRADICTIONS[name]
    file = tmp_path / "plant.ttl"
    file.write_text(merging.PREFIXES + plant.turtle, encoding="utf-8")
    found = examine([file], cache_dir=closures)
    assert not isinstance(found, KnowledgeBase)
    assert {problem.extra["rule"] for problem in found} == {plant.rule}
    assert {problem.file for problem in found} == {file}


@pytest.mark.check("SHACL: planted contradictions that are beyond every rule", "pySHACL")
@pytest.mark.slow
@pytest.mark.parametrize("name", [n for n, plant in CONTRADICTIONS.items() if plant.rule is None])
def test_the_shapes_find_what_is_beyond_the_rules(
    closures: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "plant.ttl"
    file.write_text(merging.PREFIXES + CONTRADICTIONS[name].turtle, encoding="utf-8")
    found = violations(load([file], cache_dir=closures))
    assert {problem.extra["rule"] for problem in found} >= {"shape:Typed-type"}
    assert {problem.file for problem in found if problem.extra["rule"] == "shape:Typed-type"}


@pytest.mark.slow
def test_validate_lets_a_class_be_that_can_have_no_member(closures: Path, tmp_path: Path) -> None:
    file = tmp_path / "plant.ttl"
    file.write_text(merging.PREFIXES + EMPTY_CLASS, encoding="utf-8")
    assert isinstance(examine([file], cache_dir=closures), KnowledgeBase)
