"""What the compiled rules do not decide they doubt; what they decide is what owlrl says."""

import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from house import House
from mlroles import vocab
from mlroles.knowledge import ntriples
from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import bind, is_schema
from mlroles.knowledge.reasoning.causes import premises
from mlroles.knowledge.reasoning.closure import close
from mlroles.knowledge.reasoning.compiled import Schema, Undecided, infer
from mlroles.knowledge.reasoning.contradictions import CONTRADICTIONS
from mlroles.knowledge.reasoning.equality import EQUALITY
from mlroles.knowledge.reasoning.materialization import Materialization
from mlroles.knowledge.reasoning.noise import inferred
from mlroles.knowledge.reasoning.rules import RULES
from mlroles.knowledge.reasoning.world import World
from ontologies import PREFIXES

_RESTRICTED = ":C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :u ; {} ] . :x a :C ."
_EX = "https://example.org/"


@pytest.mark.parametrize(
    "literal",
    ["1.0", "2.50", '"2024-01-01T00:00:00.000Z"^^xsd:dateTime', '"01"^^xsd:integer', "true"],
)
def test_a_literal_that_a_store_writes_in_another_way_does_not_come_back(literal: str) -> None:
    stated = _triples(f":x :p {literal} . :q a owl:TransitiveProperty .")
    assert list(infer(stated)) == []
    assert Materialization(stated).inferred() == []
    grown = Materialization([])
    assert grown.add(stated) == []
    grown.remove(stated)
    assert grown.asserted == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('"http://a"^^xsd:anyURI', '"http://b"^^xsd:anyURI'),
        ('"AA"^^xsd:hexBinary', '"BB"^^xsd:hexBinary'),
        ('"AAAA"^^xsd:base64Binary', '"BBBB"^^xsd:base64Binary'),
        ('"a"^^:unit', '"b"^^:unit'),
        ('"a"@en', '"b"@en'),
        ('"a"', "1"),
    ],
)
@pytest.mark.parametrize(
    "axiom", [":u a owl:FunctionalProperty .", _RESTRICTED.format("owl:maxCardinality 1")]
)
def test_two_values_of_whatever_datatype_are_doubted(axiom: str, one: str, other: str) -> None:
    with pytest.raises(Undecided, match=r"prp-fp|cls-maxc2"):
        infer(_triples(f"{axiom} :u a owl:DatatypeProperty . :x :u {one}, {other} ."))


def test_one_value_written_in_two_ways_is_no_contradiction() -> None:
    facts = ":x :u 1, 1.0 ; :u '2024-01-01T00:00:00Z'^^xsd:dateTime ."
    infer(_triples(f":u a owl:FunctionalProperty, owl:DatatypeProperty . {facts[:13]} ."))


def test_a_value_outside_a_range_that_is_not_of_xsd_is_doubted() -> None:
    axiom = ":u a owl:DatatypeProperty ; rdfs:range rdf:langString ."
    with pytest.raises(Undecided, match="outside its range"):
        infer(_triples(f"{axiom} :x :u 1 ."))
    assert list(infer(_triples(f'{axiom} :x :u "one"@en .'))) == []


def test_of_many_values_two_are_enough_to_doubt() -> None:
    """All pairs of them would be too many."""
    values = ", ".join(map(str, range(4_000)))
    begun = time.process_time()
    with pytest.raises(Undecided, match="prp-fp"):
        infer(_triples(f":u a owl:FunctionalProperty, owl:DatatypeProperty . :x :u {values} ."))
    assert time.process_time() - begun < 5


def test_a_word_of_rdf_may_be_data() -> None:
    turtle = ":K rdfs:subClassOf :L, [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :v ] ."
    told = _same(turtle + " :p owl:inverseOf :q . rdf:type a :K .")
    assert f"<{_EX}v> <{_EX}q> <{vocab.RDF}type> .\n".encode() in told
    assert f"<{vocab.RDF}type> <{vocab.RDF}type> <{_EX}L> .\n".encode() in told
    told = _same(":p rdfs:subPropertyOf rdfs:seeAlso . rdfs:label :p :doc .")
    assert f"<{vocab.RDFS}label> <{vocab.RDFS}seeAlso> <{_EX}doc> .\n".encode() in told


def test_an_inverse_without_a_name_is_not_told() -> None:
    turtle = ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty [ owl:inverseOf :p ] ;"
    turtle += " owl:allValuesFrom :B ] . :x a :A . :y :p :x ."
    told = _same(turtle)
    assert f"<{_EX}y> <{vocab.RDF}type> <{_EX}B> .\n".encode() in told
    grown = Materialization(_triples(turtle))
    assert ntriples.dump(grown.inferred()) == told


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("owl:maxCardinality 5", ""),
        ("owl:maxQualifiedCardinality 2 ; owl:onClass :D", ""),
        ("owl:maxQualifiedCardinality 3 ; owl:onClass owl:Thing", ""),
    ],
)
def test_at_most_five_does_not_make_two_one(shape: str, value: str) -> None:
    turtle = _RESTRICTED.format(shape) + f" :x :u :a, :b . :a a :D . :b a :D . {value}"
    world = _world(turtle)
    assert [rule.name for rule in bind(world) if rule.name.startswith("cls-max")] == []
    same = (f"{_EX}a", f"{vocab.OWL}sameAs", f"{_EX}b")
    assert premises(world, same) == (None, [])


def test_at_most_one_does() -> None:
    turtle = _RESTRICTED.format("owl:maxCardinality 1") + " :x :u :a, :b ."
    rule, ways = premises(_world(turtle), (f"{_EX}a", f"{vocab.OWL}sameAs", f"{_EX}b"))
    assert rule is not None
    assert rule.name == "cls-maxc2"
    assert ways


def test_a_key_is_explained_by_each_of_its_properties() -> None:
    turtle = ":A owl:hasKey ( :p :q ) . :a a :A ; :p 1 ; :q 2 . :b a :A ; :p 1 ; :q 2 ."
    world = _world(turtle)
    rule, ways = premises(world, (f"{_EX}a", f"{vocab.OWL}sameAs", f"{_EX}b"))
    assert rule is not None
    assert rule.name == "prp-key"
    assert {way[1] for way in ways} >= {f"{_EX}p", f"{_EX}q"}
    (bound,) = [rule for rule in bind(world) if rule.name == "prp-key"]
    values = [atom[2] for atom in bound.body if isinstance(atom[2], ox.Variable)]
    assert len(set(values)) == 2


@pytest.mark.parametrize(
    "turtle",
    [
        ":p owl:propertyChainAxiom ( :q rdf:type ) . :x :q :y . :y a :A . :A rdfs:subClassOf :B .",
        ":p owl:propertyChainAxiom ( rdf:type :q ) . :A :q :b . :B rdfs:subClassOf :A . :x a :B .",
        ":broader rdfs:subPropertyOf rdfs:subClassOf . :A :broader :B . :x a :A .",
        ":isA rdfs:subPropertyOf rdf:type . :x :isA :C .",
        ":same rdfs:subPropertyOf owl:sameAs . :x :same :y .",
        ":Kind rdfs:subClassOf owl:SymmetricProperty . :p a :Kind . :x :p :y .",
        ":d rdfs:domain owl:TransitiveProperty . :p :d :z . :a :p :b . :b :p :c .",
        (
            ":C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty rdf:type ;"
            " owl:allValuesFrom :Meta ] . :x a :C, :D ."
        ),
        (
            ":p rdfs:range :A . :B owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ;"
            ' owl:someValuesFrom :A ] . :x :p "text" .'
        ),
        (
            ":B owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ;"
            ' owl:someValuesFrom [ owl:oneOf ( "text" ) ] ] . :x :p "text" .'
        ),
        ":p owl:somethingNew :q . :x :p :y .",
        ":p a owl:SomethingNew . :x :p :y .",
    ],
)
def test_where_data_would_change_the_ontology_or_a_word_is_unknown_is_doubted(turtle: str) -> None:
    with pytest.raises(Undecided):
        infer(_triples(turtle))


def test_a_property_that_only_says_something_is_no_reason_for_doubt() -> None:
    told = _same(':name rdfs:subPropertyOf rdfs:label . :x :name "n" .')
    assert b"rdf-schema#label" in told


@pytest.mark.parametrize(
    "construct",
    [
        "owl:cardinality 1",
        "owl:hasSelf true",
        "owl:onDataRange xsd:integer",
        "owl:minCardinality 1",
        "owl:maxCardinality 2",
    ],
)
def test_what_owl_rl_has_no_rule_for_is_told(
    construct: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    House(tmp_path).furnish(
        f"mlr:Role rdfs:subClassOf [ a owl:Restriction ; owl:onProperty mlr:likes ; {construct} ] ."
    ).load()
    assert f"Nothing follows from {construct.split(maxsplit=1)[0]}" in caplog.text


def test_what_has_rules_is_not_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    House(tmp_path).furnish().load()
    assert "Nothing follows" not in caplog.text


def test_every_rule_of_the_tables_is_somewhere_or_said_not_to_be() -> None:
    here = {rule.name for rule in RULES}
    here |= {check.rule for check in (*EQUALITY, *CONTRADICTIONS)}
    import mlroles.knowledge.reasoning.rules as module  # noqa: PLC0415 - its text

    text = module.__doc__ or ""
    assert [name for name in _TABLES.split() if name not in here and name not in text] == []


_TABLES = """eq-ref eq-sym eq-trans eq-rep-s eq-rep-p eq-rep-o eq-diff1 eq-diff2 eq-diff3
prp-ap prp-dom prp-rng prp-fp prp-ifp prp-irp prp-symp prp-asyp prp-trp prp-spo1 prp-spo2 prp-eqp1
prp-eqp2 prp-pdw prp-adp prp-inv1 prp-inv2 prp-key prp-npa1 prp-npa2
cls-thing cls-nothing1 cls-nothing2 cls-int1 cls-int2 cls-uni cls-com cls-svf1 cls-svf2 cls-avf
cls-hv1 cls-hv2 cls-maxc1 cls-maxc2 cls-maxqc1 cls-maxqc2 cls-maxqc3 cls-maxqc4 cls-oo
cax-sco cax-eqc1 cax-eqc2 cax-dw cax-adc dt-type1 dt-type2 dt-eq dt-diff dt-not-type
scm-cls scm-sco scm-eqc1 scm-eqc2 scm-op scm-dp scm-spo scm-eqp1 scm-eqp2 scm-dom1 scm-dom2
scm-rng1 scm-rng2 scm-hv scm-svf1 scm-svf2 scm-avf1 scm-avf2 scm-int scm-uni"""


def _triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, ox.RdfFormat.TURTLE)]


def _world(turtle: str) -> World:
    return World(close(skolem.named(_triples(turtle))))


def _same(turtle: str) -> bytes:
    """Return what follows as N-Triples; both ways must say the same."""
    triples = _triples(turtle)
    found = ntriples.dump(infer(triples))
    assert found == ntriples.dump(inferred(close(triples)))
    return found


def test_a_schema_names_what_it_derives_in_passing() -> None:
    turtle = ":p owl:inverseOf [ a owl:ObjectProperty ] . :A rdfs:subClassOf [ a owl:Restriction ;"
    turtle += " owl:onProperty :p ; owl:hasValue :a ] ."
    schema = Schema(filter(is_schema, skolem.named(_triples(turtle))))
    assert len(schema.passing) == 2
