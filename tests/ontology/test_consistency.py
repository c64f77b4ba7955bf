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
from mlroles import vocab
from mlroles.knowledge import KnowledgeBase, examine, load
from mlroles.knowledge.shapes import violations


class Plant(NamedTuple):
    """Wrong Turtle, and the rule of OWL 2 RL by which ``validate`` finds it, if it does.

    ``error`` is of the words in which owlrl as it is tells of it; where it is empty though there is
    a rule, ``missed`` says why owlrl tells of no error. What is planted ``alone`` would hide others.
    """

    turtle: str
    rule: str | None
    error: str = ""
    missed: str = ""
    alone: bool = False


CONTRADICTIONS = {
    "a role that is a skill": Plant(
        "role:ml-engineer a mlr:Skill .", "cax-adc", "have a common individual role:ml-engineer"
    ),
    "a skill with what only requirements have": Plant(
        "skill:communication mlr:requirementOf role:ml-engineer .",
        "cax-adc",
        "have a common individual skill:communication",
    ),
    "a requirement of two skills": Plant(
        "stmt:ml-engineer-requires-mathematics-table mlr:ofSkill skill:leadership .",
        "prp-fp",
        "pair: (skill:leadership, skill:mathematics)",
        alone=True,
    ),
    "one thing with two different texts": Plant(
        'stmt:ml-engineer-is-hard-to-fill mlr:paraphrase "Easy to fill." .',
        "prp-fp",
        missed="It calls two different texts the same, and looks no further.",
        alone=True,
    ),
    "two skills that are one": Plant(
        "skill:databases owl:sameAs skill:hardware .",
        "eq-diff2",
        "pair: (skill:databases, skill:hardware)",
        alone=True,
    ),
    "a number in the place of words": Plant(
        "stmt:ml-engineer-is-hard-to-fill mlr:qualifiedBy 3 .",
        "dt-not-type",
        missed="It looks at the datatypes of no property's range.",
    ),
    "words that name their language": Plant(
        'stmt:ml-engineer-is-hard-to-fill mlr:qualifiedBy "sehr"@de .',
        "dt-not-type",
        missed="It looks at the datatypes of no property's range.",
        alone=True,
    ),
    "what follows, denied": Plant(
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual role:ml-hardware-engineer ;"
        " owl:assertionProperty mlr:requiresSkill ; owl:targetIndividual skill:machine-learning .",
        "prp-npa1",
        "Negative (object) property assertion violated for: (role:ml-hardware-engineer",
    ),
    "a role outside a class that it is inferred into": Plant(
        "role:mlops-engineer a [ a owl:Class ; owl:complementOf mlr:DualSkillRole ] .",
        "cls-com",
        "Violation of complementarity for classes",
    ),
    "a value more than allowed": Plant(
        "role:developer-advocate a [ a owl:Restriction ; owl:onProperty mlr:hasAlias ;"
        " owl:maxCardinality 0 ] .",
        "cls-maxc1",
        "Erroneous usage of maximum cardinality",
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


def _errors_of_owlrl(triples: Iterable[ox.Triple]) -> list[str]:
    """Return the errors that owlrl tells of, as it is, without the rules that we add to it."""
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    graph = Graph().parse(data=text, format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    words = [
        str(o) for s in graph.subjects(RDF.type, _ERROR) for o in graph.objects(s) if o != _ERROR
    ]
    for prefix in ("role", "skill"):
        words = [word.replace(vocab.PREFIXES[prefix], f"{prefix}:") for word in words]
    return words


#: What owlrl as it is finds.
WITHIN = {name: plant for name, plant in CONTRADICTIONS.items() if plant.error}


@pytest.fixture(scope="module")
def errors(ours: list[ox.Triple]) -> list[str]:
    """Return the errors where all is planted that owlrl as it is finds."""
    plants = [triple for plant in WITHIN.values() for triple in merging.turtle(plant.turtle)]
    return _errors_of_owlrl([*ours, *plants])


@pytest.mark.check("OWL 2 RL: planted contradictions that owlrl alone finds", "owlrl")
@pytest.mark.slow
@pytest.mark.parametrize("name", WITHIN)
def test_owlrl_as_it_is_finds_a_planted_contradiction(errors: list[str], name: str) -> None:
    assert len(errors) == len(WITHIN)
    assert len([error for error in errors if WITHIN[name].error in error]) == 1


@pytest.mark.slow
def test_owlrl_as_it_is_misses_those_that_are_said_to_be_missed(ours: list[ox.Triple]) -> None:
    missed = [plant for name, plant in CONTRADICTIONS.items() if name not in WITHIN]
    assert len(missed) == 5
    assert all(plant.missed for plant in missed if plant.rule)
    assert not _errors_of_owlrl([*ours, *(t for p in missed for t in merging.turtle(p.turtle))])


def _problems(names: Iterable[str], place: Path, closures: Path) -> dict[str, set[str]]:
    """Return by which rules ``validate`` finds each plant, all of them in files beside ours."""
    files = {place / f"{number}.ttl": name for number, name in enumerate(names)}
    for file, name in files.items():
        file.write_text(merging.PREFIXES + CONTRADICTIONS[name].turtle, encoding="utf-8")
    problems = examine([*files], cache_dir=closures)
    assert not isinstance(problems, KnowledgeBase)
    found: dict[str, set[str]] = {}
    for problem in problems:
        assert problem.file is not None
        found.setdefault(files[problem.file], set()).add(str(problem.extra["rule"]))
    return found


@pytest.fixture(scope="module")
def together(closures: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Return by which rules ``validate`` finds what need not be planted alone."""
    names = [name for name, plant in CONTRADICTIONS.items() if plant.rule and not plant.alone]
    return _problems(names, tmp_path_factory.mktemp("plants"), closures)


@pytest.mark.check("OWL 2 RL: planted contradictions that our rules find", "mlroles")
@pytest.mark.slow
@pytest.mark.parametrize("name", [n for n, plant in CONTRADICTIONS.items() if plant.rule])
def test_validate_finds_what_is_within_reach_of_the_rules(
    closures: Path, tmp_path: Path, name: str, request: pytest.FixtureRequest
) -> None:
    plant = CONTRADICTIONS[name]
    if plant.alone:
        found = _problems([name], tmp_path, closures)
    else:
        found = request.getfixturevalue("together")
    assert found[name] == {plant.rule}


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
