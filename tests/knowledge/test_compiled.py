"""The rules run as SPARQL find what owlrl finds, or leave it to owlrl."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings

import organisation
from house import House
from mlroles.knowledge import KnowledgeBase, load, ntriples, soundness
from mlroles.knowledge.reasoning.clashes import clashes, malformed
from mlroles.knowledge.reasoning.closure import close
from mlroles.knowledge.reasoning.compiled import Undecided, infer
from mlroles.knowledge.reasoning.noise import inferred
from ontologies import PREFIXES, ontologies

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

#: What the bound rules leave to owlrl though nothing contradicts: where two names mean one thing.
EQUALITY = {"eq-rep-s", "prp-fp", "prp-ifp", "prp-key", "cls-maxc2", "cls-maxqc3", "cls-maxqc4"}


@pytest.fixture(scope="module")
def knowledge(closures: Path) -> KnowledgeBase:
    return load(cache_dir=closures)


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(ontologies(constraints=0))
def test_of_random_axioms_and_facts_the_same_follows(turtle: str) -> None:
    assert _agrees(turtle) in {"equal", "equality", "malformed"}


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(ontologies(constraints=2))
def test_whatever_contradicts_is_doubted(turtle: str) -> None:
    assert _agrees(turtle) in {"equal", "equality", "malformed", "contradiction"}


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
    found = infer(_triples(PREFIXES + turtle))
    things = {str(t).replace("<https://example.org/", ":").replace(">", "") for t in found}
    assert expected <= {thing.replace(f"<{TYPE}", "a") for thing in things}
    assert _agrees(PREFIXES + turtle) == "equal"


def test_what_is_said_of_everything_is_left_to_owlrl() -> None:
    turtle = PREFIXES + (
        ":A owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :B owl:Thing ) ] . :a a :B ."
    )
    with pytest.raises(Undecided, match="of everything there is"):
        infer(_triples(turtle))


@pytest.mark.slow
def test_of_an_organisation_the_same_follows(knowledge: KnowledgeBase) -> None:
    people = "".join(organisation.ntriples(150, knowledge.asserted)).encode()
    triples = ntriples.parse(knowledge.asserted + people)
    expected = ntriples.dump(inferred(close(triples)))
    assert expected.count(b"\n") > knowledge.inferred.count(b"\n") + 1000
    assert ntriples.dump(infer(triples)) == expected


def test_what_is_left_to_the_slow_way_is_refused_where_there_is_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "LIMIT", 10)
    refused = House(tmp_path).furnish(facts="ex:a owl:sameAs ex:b .").refusal()
    assert "two names are said to be of one thing (eq-rep-s)" in refused.detail
    assert refused.extra["rule"] == "eq-rep-s"


def _triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)]


def _agrees(turtle: str) -> str:
    """Return how the case went, or what was doubted in vain; raise if the two ways differ."""
    triples = _triples(turtle)
    if malformed(triples):
        return "malformed"
    closure = close(triples)
    try:
        found = infer(triples)
    except Undecided as undecided:
        rules = {doubt.rule for doubt in undecided.doubts}
        if clashes(closure):
            return "contradiction"
        return "equality" if rules <= EQUALITY else str(undecided)
    assert clashes(closure) == []
    assert ntriples.dump(found) == ntriples.dump(inferred(closure))
    return "equal"
