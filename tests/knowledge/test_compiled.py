"""The bound rules find what owlrl finds, or leave it to owlrl."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import organisation
from agreement import compared, triples
from house import House
from mlroles.knowledge import KnowledgeBase, load, ntriples, soundness
from mlroles.knowledge.reasoning.closure import close
from mlroles.knowledge.reasoning.compiled import Undecided, infer
from mlroles.knowledge.reasoning.noise import inferred
from ontologies import PREFIXES, ontologies

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.fixture(scope="module")
def knowledge(closures: Path) -> KnowledgeBase:
    return load(cache_dir=closures)


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(ontologies(constraints=0))
def test_of_random_axioms_and_facts_the_same_follows(turtle: str) -> None:
    assert compared(turtle)[0] in {"equal", "equality", "malformed"}


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(ontologies(constraints=2))
def test_whatever_contradicts_is_doubted(turtle: str) -> None:
    assert compared(turtle)[0] in {"equal", "equality", "malformed", "contradiction"}


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        pytest.param(
            # Each of three properties implies the others: none may be left out for the others' sake.
            ":p rdfs:subPropertyOf :q ; owl:equivalentProperty :r ; owl:inverseOf :r . :a :p :a .",
            {":a :q :a", ":a :r :a"},
            id="properties in a circle",
        ),
        pytest.param(
            # Who is in :A has some value, of whatever kind.
            ":A owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ;"
            " owl:someValuesFrom owl:Thing ] . :a :p :b .",
            {":a a :A"},
            id="some value at all",
        ),
        pytest.param(
            ":A owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :B [ a owl:Restriction ;"
            " owl:onProperty :p ; owl:hasValue :b ] ) ] . :a a :B ; :q :b ."
            " :q rdfs:subPropertyOf :p .",
            {":a a :A", ":a :p :b"},
            id="a class that is defined by a value",
        ),
        pytest.param(
            ":p a owl:TransitiveProperty ; owl:inverseOf :q . :b :q :a . :c :q :b .",
            {":a :p :b", ":b :p :c", ":a :p :c", ":c :q :a"},
            id="a transitive inverse",
        ),
    ],
)
def test_what_follows_of_a_few_axioms(turtle: str, expected: set[str]) -> None:
    found = list(infer(triples(PREFIXES + turtle)))
    things = {str(t).replace("<https://example.org/", ":").replace(">", "") for t in found}
    assert expected <= {thing.replace(f"<{TYPE}", "a") for thing in things}
    assert compared(PREFIXES + turtle)[0] == "equal"


def test_what_is_said_of_everything_is_left_to_owlrl() -> None:
    turtle = PREFIXES + (
        ":A owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :B owl:Thing ) ] . :a a :B ."
    )
    with pytest.raises(Undecided, match="of everything there is"):
        infer(triples(turtle))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_of_an_organisation_the_same_follows(knowledge: KnowledgeBase) -> None:
    people = "".join(organisation.ntriples(1_500, knowledge.asserted)).encode()
    given_ = ntriples.parse(knowledge.asserted + people)
    expected = ntriples.dump(inferred(close(given_)))
    assert expected.count(b"\n") > knowledge.inferred.count(b"\n") + 30_000
    assert ntriples.dump(infer(given_)) == expected


def test_what_is_left_to_the_slow_way_is_refused_where_there_is_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "LIMIT", 10)
    refused = House(tmp_path).furnish(facts="ex:a owl:sameAs ex:b .").refusal()
    told = "two names are said to be of one thing: <https://example.org/a>, <https://example.org/b>"
    assert f"{told} (eq-rep-s)" in refused.detail
    assert refused.extra["rule"] == "eq-rep-s"


def test_of_a_contradiction_that_is_refused_it_is_told_what_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "LIMIT", 10)
    facts = 'ex:x a mlr:Person, mlr:Role ; rdfs:label "X"@en .'
    house = House(tmp_path).furnish("mlr:Person owl:disjointWith mlr:Role .", facts=facts)
    told = house.refusal().detail
    assert "broken by ?x a mlr:Person . ?x a mlr:Role: <https://example.org/x> (cax-dw)" in told
