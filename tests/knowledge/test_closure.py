"""What follows, what must not, and what is stripped."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import Graph

from house import House
from mlroles.knowledge import ntriples
from mlroles.knowledge.reasoning.closure import close
from mlroles.knowledge.reasoning.closure import facts as facts_of
from mlroles.knowledge.reasoning.noise import NOISE, inferred

_AXIOMS = """
mlr:Senior a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf (
    mlr:Role [ a owl:Restriction ; owl:onProperty mlr:requires ; owl:hasValue skill:law ] ) ] .
mlr:partOf a owl:ObjectProperty, owl:TransitiveProperty .
mlr:near a owl:ObjectProperty, owl:SymmetricProperty .
mlr:knows a owl:ObjectProperty ; owl:propertyChainAxiom ( mlr:likes mlr:requires ) .
mlr:Job a owl:Class . mlr:Role rdfs:subClassOf mlr:Job .
mlr:mail a owl:DatatypeProperty .
"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("", "skill:maths mlr:requiredBy role:engineer"),
        ("role:x mlr:requires skill:law .", "role:x rdf:type mlr:Role"),
        ("role:x mlr:requires skill:law .", "role:x rdf:type mlr:Senior"),
        ("role:x mlr:requires skill:law .", "role:x rdf:type mlr:Job"),
        ("role:x a mlr:Senior .", "role:x mlr:requires skill:law"),
        ("ex:a mlr:partOf ex:b . ex:b mlr:partOf ex:c .", "ex:a mlr:partOf ex:c"),
        ("ex:a mlr:near ex:b .", "ex:b mlr:near ex:a"),
        ("ex:ada mlr:likes role:engineer .", "ex:ada mlr:knows skill:maths"),
        ("ex:a owl:sameAs ex:b . ex:a ex:p 1 .", "ex:b ex:p 1^^xsd:integer"),
    ],
)
def test_what_must_follow_follows(tmp_path: Path, facts: str, expected: str) -> None:
    found = House(tmp_path).furnish(_AXIOMS, facts).inferred()
    assert expected in [line.replace('"', "") for line in found]


@pytest.mark.parametrize(
    "unexpected",
    [
        "role:engineer rdf:type mlr:Senior",  # requires maths only
        "role:engineer mlr:requires skill:law",
        "role:engineer mlr:near role:engineer",
        "ex:c mlr:partOf ex:a",  # transitive, not symmetric
        "ex:b mlr:partOf ex:a",
        "skill:maths rdf:type mlr:Role",
        "role:engineer owl:sameAs role:engineer",
        "role:engineer rdf:type mlr:Role",  # asserted, so not inferred
        "ex:ada mlr:likes skill:maths",
    ],
)
def test_what_must_not_follow_does_not(tmp_path: Path, unexpected: str) -> None:
    facts = "ex:a mlr:partOf ex:b . ex:b mlr:partOf ex:c . ex:ada mlr:likes role:engineer ."
    assert unexpected not in House(tmp_path).furnish(_AXIOMS, facts).inferred()


def test_only_sound_rdf_and_nothing_without_news_is_kept(tmp_path: Path) -> None:
    facts = (
        "ex:ada mlr:years 7 ; mlr:mail 'a@b' . [] mlr:requires skill:law . ex:x owl:sameAs ex:y ."
    )
    knowledge = House(tmp_path).furnish(_AXIOMS, facts).load()
    for fact in facts_of(ntriples.parse(knowledge.inferred)):
        assert [noise.name for noise in NOISE if noise.matches(fact)] == []
    lines = knowledge.inferred.splitlines()
    assert lines == sorted(set(lines))
    assert not set(lines) & set(knowledge.asserted.splitlines())


def test_each_kind_of_noise_is_something_that_the_rules_do_make(tmp_path: Path) -> None:
    facts = "ex:ada mlr:years 7 . [] mlr:requires skill:law ."
    knowledge = House(tmp_path).furnish(_AXIOMS, facts).load()
    closure = close(ntriples.parse(knowledge.asserted))
    derived = [fact for fact in closure.levels if fact not in closure.asserted]
    assert all(any(noise.matches(fact) for fact in derived) for noise in NOISE)


def test_literals_keep_their_form(tmp_path: Path) -> None:
    facts = 'ex:a owl:sameAs ex:b ; ex:p "007"^^xsd:integer, "1"^^xsd:boolean, "x"@en-GB .'
    found = House(tmp_path).furnish("", facts).inferred()
    assert 'ex:b ex:p "007"^^xsd:integer' in found
    assert 'ex:b ex:p "1"^^xsd:boolean' in found
    assert 'ex:b ex:p "x"@en-gb' in found


def test_a_key_is_all_of_its_properties(tmp_path: Path) -> None:
    axioms = "mlr:Person owl:hasKey ( ex:name ex:born ) ."
    facts = """ex:a a mlr:Person ; ex:name "Ada" ; ex:born 1815 .
        ex:b a mlr:Person ; ex:name "Ada" ; ex:born 1815 .
        ex:c a mlr:Person ; ex:name "Ada" ; ex:born 1990 ."""
    found = House(tmp_path).furnish(axioms, facts).inferred()
    assert "ex:a owl:sameAs ex:b" in found
    assert "ex:a owl:sameAs ex:c" not in found


def test_the_closure_is_that_of_owlrl_unchanged_once_both_are_stripped(tmp_path: Path) -> None:
    facts = """ex:a mlr:partOf ex:b . ex:b mlr:partOf ex:c . ex:ada mlr:likes role:engineer .
        role:x mlr:requires skill:law . ex:a owl:sameAs ex:d . ex:ada mlr:years 7, 8.5 ."""
    asserted = House(tmp_path).furnish(_AXIOMS, facts).load().asserted
    ours = {str(triple) for triple in inferred(close(ntriples.parse(asserted)))}
    graph = Graph().parse(data=asserted.decode(), format="nt")
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    told = set(asserted.decode().splitlines())
    theirs = set()
    for line in graph.serialize(format="nt").splitlines():
        try:
            (quad,) = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
        except (SyntaxError, ValueError):
            continue  # a literal as subject
        (fact,) = facts_of([quad.triple])
        if line not in told and not any(noise.matches(fact) for noise in NOISE):
            theirs.add(str(quad.triple))
    assert ours == theirs


def test_progress_tells_of_the_ontology_and_of_the_data(tmp_path: Path) -> None:
    told: list[str] = []
    House(tmp_path).furnish().load(progress=told.append)
    assert told[0].startswith("Reasoning: cycle 1, 0 of ")
    assert any(re.fullmatch(r"Reasoning: \d+ of \d+", line) for line in told)
    assert told[-1] == "Reasoning: looking for contradictions"


def test_each_premise_comes_before_its_conclusion(tmp_path: Path) -> None:
    facts = "ex:a mlr:partOf ex:b . ex:b mlr:partOf ex:c . ex:c mlr:partOf ex:d ."
    asserted = House(tmp_path).furnish(_AXIOMS, facts).load().asserted
    closure = close(ntriples.parse(asserted))
    levels = {
        str(fact[2]): level for fact, level in closure.levels.items() if "/a>" in str(fact[0])
    }
    assert levels["<https://example.org/b>"] == 0
    assert levels["<https://example.org/c>"] == 1
    assert levels["<https://example.org/d>"] == 2
