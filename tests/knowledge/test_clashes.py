"""Contradictions are refused, in words, with every statement that leads to them."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from house import House

_DIFFERENT = "[] a owl:AllDifferent ; owl:distinctMembers ( ex:a ex:b ex:c ) ."


@dataclass(frozen=True)
class Planted:
    """Axioms and facts that contradict, and what must be told of it."""

    rule: str
    axioms: str
    facts: str
    sentence: str
    statements: tuple[str, ...]


PLANTED = (
    Planted(
        "cax-dw",
        "mlr:Role owl:disjointWith mlr:Skill .",
        "ex:a a mlr:Role, mlr:Skill .",
        "ex:a is both mlr:Role and mlr:Skill, which are disjoint",
        ("ex:a a mlr:Role", "ex:a a mlr:Skill", "mlr:Role owl:disjointWith mlr:Skill"),
    ),
    Planted(
        "cax-dw",
        "mlr:Role owl:disjointWith mlr:Skill .",
        "skill:law mlr:requires skill:maths .",
        "skill:law is both mlr:Role and mlr:Skill",
        (
            "mlr:requires rdfs:domain mlr:Role",
            "skill:law mlr:requires skill:maths",
            "skill:law a mlr:Skill",
        ),
    ),
    Planted(
        "cax-adc",
        "[] a owl:AllDisjointClasses ; owl:members ( mlr:Person mlr:Role mlr:Skill ) .",
        "ex:a a mlr:Skill . ex:a a mlr:Role .",
        "ex:a is both mlr:Role and mlr:Skill",
        ("ex:a a mlr:Skill", "ex:a a mlr:Role", "[] a owl:AllDisjointClasses"),
    ),
    Planted(
        "prp-fp",
        f"ex:p a owl:ObjectProperty, owl:FunctionalProperty . {_DIFFERENT}",
        "ex:x ex:p ex:b, ex:c .",
        "ex:x has two different values of ex:p, which is functional: ex:b and ex:c",
        (
            "ex:x ex:p ex:b",
            "ex:x ex:p ex:c",
            "ex:p a owl:FunctionalProperty",
            "[] a owl:AllDifferent",
        ),
    ),
    Planted(
        "prp-fp",
        "ex:p a owl:ObjectProperty, owl:FunctionalProperty .",
        "ex:x ex:p ex:b, ex:c . ex:c owl:differentFrom ex:b .",
        "ex:x has two different values",
        ("ex:x ex:p ex:b", "ex:x ex:p ex:c", "ex:c owl:differentFrom ex:b"),
    ),
    Planted(
        "prp-fp",
        "mlr:requires a owl:FunctionalProperty .",
        "role:engineer mlr:requires skill:law .",
        "role:engineer has two different values of mlr:requires",
        ("role:engineer mlr:requires skill:law", "role:engineer mlr:requires skill:maths"),
    ),
    Planted(
        "prp-fp",
        "mlr:mainSkill a owl:FunctionalProperty .",
        "ex:ada mlr:mainSkill ex:one, ex:two .",
        "ex:ada has two different values of mlr:mainSkill",
        ("ex:ada mlr:mainSkill ex:one", "ex:ada mlr:mainSkill ex:two"),
    ),
    Planted(
        "prp-fp",
        "mlr:years a owl:FunctionalProperty .",
        "ex:ada mlr:years 7 , 8 .",
        "ex:ada has two different values of mlr:years",
        ('ex:ada mlr:years "7"^^', 'ex:ada mlr:years "8"^^'),
    ),
    Planted(
        "prp-fp",
        "mlr:years a owl:FunctionalProperty . mlr:age rdfs:subPropertyOf mlr:years ; a rdf:Property .",
        'ex:ada mlr:years "7"@en ; mlr:age "7"@de .',
        "ex:ada has two different values of mlr:years",
        (
            'ex:ada mlr:years "7"@en',
            'ex:ada mlr:age "7"@de',
            "mlr:age rdfs:subPropertyOf mlr:years",
        ),
    ),
    Planted(
        "prp-ifp",
        f"ex:p a owl:InverseFunctionalProperty . {_DIFFERENT}",
        "ex:a ex:p ex:x . ex:c ex:p ex:x .",
        "ex:a and ex:c are different, but share ex:x",
        ("ex:a ex:p ex:x", "ex:c ex:p ex:x"),
    ),
    Planted(
        "cls-maxc2",
        "mlr:Person rdfs:subClassOf [ a owl:Restriction ; owl:onProperty mlr:likes ;"
        " owl:maxCardinality '1'^^xsd:nonNegativeInteger ] .",
        f"ex:ada a mlr:Person ; mlr:likes ex:a, ex:b . {_DIFFERENT}",
        "ex:ada has two different values of mlr:likes, of which it may have one",
        ("ex:ada mlr:likes ex:a", "ex:ada mlr:likes ex:b", "ex:ada a mlr:Person"),
    ),
    Planted(
        "cls-maxqc3",
        "mlr:Person rdfs:subClassOf [ a owl:Restriction ; owl:onProperty mlr:likes ;"
        " owl:onClass mlr:Skill ; owl:maxQualifiedCardinality '1'^^xsd:nonNegativeInteger ] .",
        "ex:ada a mlr:Person ; mlr:likes skill:maths, skill:law .",
        "ex:ada has two different values of mlr:likes in mlr:Skill",
        ("ex:ada mlr:likes skill:maths", "skill:law a mlr:Skill"),
    ),
    Planted(
        "cls-maxc1",
        "mlr:Person rdfs:subClassOf [ a owl:Restriction ; owl:onProperty mlr:likes ;"
        " owl:maxCardinality '0'^^xsd:nonNegativeInteger ] .",
        "ex:ada a mlr:Person ; mlr:likes ex:a .",
        "ex:ada has the value ex:a of mlr:likes, of which it may have none",
        ("ex:ada mlr:likes ex:a", "ex:ada a mlr:Person"),
    ),
    Planted(
        "cls-maxqc1",
        "mlr:Person rdfs:subClassOf [ a owl:Restriction ; owl:onProperty mlr:likes ;"
        " owl:onClass mlr:Skill ; owl:maxQualifiedCardinality '0'^^xsd:nonNegativeInteger ] .",
        "ex:ada a mlr:Person ; mlr:likes skill:law .",
        "ex:ada has the value skill:law of mlr:likes in mlr:Skill",
        ("ex:ada mlr:likes skill:law",),
    ),
    Planted(
        "eq-diff1",
        "",
        "ex:a owl:sameAs ex:b . ex:b owl:differentFrom ex:a .",
        "are the same and are said to be different",
        ("ex:b owl:differentFrom ex:a", "ex:a owl:sameAs ex:b"),
    ),
    Planted(
        "eq-diff1",
        "",
        "ex:a owl:differentFrom ex:a .",
        "ex:a is said to be different from itself",
        ("ex:a owl:differentFrom ex:a",),
    ),
    Planted(
        "eq-diff2",
        _DIFFERENT,
        "ex:c owl:sameAs ex:x . ex:x owl:sameAs ex:a .",
        "ex:a and ex:c are the same and are said to be all different",
        ("ex:c owl:sameAs ex:x", "ex:x owl:sameAs ex:a", "[] a owl:AllDifferent"),
    ),
    Planted(
        "eq-diff2",
        "[] a owl:AllDifferent ; owl:members ( ex:a ex:b ex:a ) .",
        "",
        "ex:a stands twice",
        ("[] a owl:AllDifferent",),
    ),
    Planted(
        "prp-irp",
        "mlr:likes a owl:IrreflexiveProperty .",
        "ex:a mlr:likes ex:a .",
        "mlr:likes relates ex:a to itself, and is irreflexive",
        ("ex:a mlr:likes ex:a", "mlr:likes a owl:IrreflexiveProperty"),
    ),
    Planted(
        "prp-asyp",
        "mlr:likes a owl:AsymmetricProperty .",
        "ex:a mlr:likes ex:b . ex:b mlr:likes ex:a .",
        "mlr:likes relates ex:a and ex:b both ways, and is asymmetric",
        ("ex:a mlr:likes ex:b", "ex:b mlr:likes ex:a"),
    ),
    Planted(
        "prp-pdw",
        "mlr:likes owl:propertyDisjointWith mlr:mainSkill .",
        "ex:a mlr:likes ex:b ; mlr:mainSkill ex:b .",
        "ex:a is related to ex:b by both mlr:likes and mlr:mainSkill, which are disjoint",
        ("ex:a mlr:likes ex:b", "ex:a mlr:mainSkill ex:b"),
    ),
    Planted(
        "prp-adp",
        "[] a owl:AllDisjointProperties ; owl:members ( ex:p mlr:likes mlr:mainSkill ) .",
        "ex:a mlr:likes ex:b ; mlr:mainSkill ex:b .",
        "ex:a is related to ex:b by both mlr:likes and mlr:mainSkill",
        ("[] a owl:AllDisjointProperties", "ex:a mlr:likes ex:b"),
    ),
    Planted(
        "prp-npa1",
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual ex:a ;"
        " owl:assertionProperty mlr:likes ; owl:targetIndividual ex:b .",
        "ex:a mlr:likes ex:b .",
        "ex:a has the value ex:b of mlr:likes, which is denied",
        ("ex:a mlr:likes ex:b", "[] owl:sourceIndividual ex:a"),
    ),
    Planted(
        "prp-npa2",
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual ex:a ;"
        " owl:assertionProperty mlr:years ; owl:targetValue 7 .",
        "ex:a mlr:years 7 .",
        "of mlr:years, which is denied",
        ("ex:a mlr:years",),
    ),
    Planted(
        "cls-com",
        "mlr:Person owl:complementOf mlr:Role .",
        "ex:a a mlr:Person, mlr:Role .",
        "ex:a is both mlr:Person and mlr:Role, and each is the complement of the other",
        ("ex:a a mlr:Person", "mlr:Person owl:complementOf mlr:Role"),
    ),
    Planted(
        "cls-nothing2",
        "mlr:Person rdfs:subClassOf owl:Nothing .",
        "ex:a a mlr:Person .",
        "ex:a is a member of owl:Nothing",
        ("ex:a a mlr:Person", "mlr:Person rdfs:subClassOf owl:Nothing"),
    ),
    Planted(
        "dt-not-type",
        "mlr:years rdfs:range xsd:integer .",
        'ex:a mlr:years "seven" .',
        'the value "seven" is none of xsd:integer',
        ("mlr:years rdfs:range xsd:integer", 'ex:a mlr:years "seven"'),
    ),
    Planted(
        "dt-not-type",
        "mlr:Person rdfs:subClassOf [ a owl:Restriction ; owl:onProperty mlr:years ;"
        " owl:allValuesFrom xsd:integer ] .",
        "ex:a a mlr:Person ; mlr:years 1.5 .",
        "is none of xsd:integer",
        ("ex:a a mlr:Person", "ex:a mlr:years"),
    ),
    Planted(
        "owl:ObjectProperty",
        "",
        'role:engineer mlr:requires "maths" .',
        'the value of mlr:requires is the text "maths"',
        ('role:engineer mlr:requires "maths"',),
    ),
    Planted(
        "owl:DatatypeProperty",
        "",
        "ex:a mlr:years ex:b .",
        "the value of mlr:years is the thing ex:b",
        ("ex:a mlr:years ex:b",),
    ),
    Planted(
        "cax-dw",
        "mlr:Chief owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( mlr:Role"
        " [ a owl:Restriction ; owl:onProperty mlr:likes ; owl:hasValue ex:power ] ) ] ;"
        " a owl:Class ; owl:disjointWith mlr:Skill .",
        "ex:a a mlr:Role ; mlr:likes ex:power . ex:a a mlr:Skill .",
        "ex:a is both mlr:Chief and mlr:Skill",
        ("ex:a a mlr:Role", "ex:a mlr:likes ex:power", "ex:a a mlr:Skill"),
    ),
    Planted(
        "prp-irp",
        "mlr:near a owl:ObjectProperty, owl:IrreflexiveProperty ;"
        " owl:propertyChainAxiom ( mlr:likes mlr:mainSkill ) .",
        "ex:a mlr:likes ex:b . ex:b mlr:mainSkill ex:a .",
        "mlr:near relates ex:a to itself",
        ("ex:a mlr:likes ex:b", "ex:b mlr:mainSkill ex:a"),
    ),
)


def _short(text: str) -> str:
    return text.replace("<https://example.org/", "ex:").replace(">", "")


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.rule)
def test_a_planted_contradiction_is_told_with_rule_sentence_and_statements(
    tmp_path: Path, planted: Planted
) -> None:
    house = House(tmp_path).furnish(planted.axioms)
    extra = house.write("extra.ttl", planted.facts)
    problem, *others = house.problems(extra)
    told = _short(problem.detail)
    assert planted.sentence in told
    assert f"({planted.rule})" in told
    for statement in planted.statements:
        assert f": {statement}" in told, told
    assert others == []
    assert problem.extra["rule"] == planted.rule
    assert problem.line is not None
    assert problem.file == (extra if planted.facts else tmp_path / "ontology/small.ttl")


def test_each_statement_has_its_file_and_line(tmp_path: Path) -> None:
    house = House(tmp_path).furnish("mlr:Role\n  owl:disjointWith mlr:Skill .")
    extra = house.write("extra.ttl", "\n\nskill:maths\n  a\n  mlr:Role .")
    problem = house.refusal(extra)
    lines = {
        (Path(place["file"]).name, place["statement"]): place["line"]
        for place in problem.extra["statements"]  # type: ignore[attr-defined]
    }
    assert lines == {
        ("extra.ttl", "skill:maths a mlr:Role"): 13,
        ("facts.ttl", "skill:maths a mlr:Skill"): 10,
        ("small.ttl", "mlr:Role owl:disjointWith mlr:Skill"): 15,
    }
    assert (problem.file, problem.line, problem.column) == (extra, 13, 3)


@pytest.mark.parametrize(
    ("axioms", "facts"),
    [
        ("mlr:requires a owl:FunctionalProperty .", "role:engineer mlr:requires skill:maths ."),
        ("mlr:years a owl:FunctionalProperty .", "ex:a mlr:years 7 , 7.0 ."),
        ("ex:p a owl:FunctionalProperty .", "ex:x ex:p ex:a, ex:b ."),
        ("ex:mail a owl:InverseFunctionalProperty .", "ex:a ex:mail 'm' . ex:b ex:mail 'm' ."),
        ("mlr:mainSkill a owl:FunctionalProperty .", "ex:x mlr:mainSkill ex:a, [ ex:p 1 ] ."),
        (
            "mlr:mainSkill a owl:FunctionalProperty .",
            "ex:x mlr:mainSkill ex:a, ex:b . ex:b owl:sameAs ex:a .",
        ),
        ("mlr:likes a owl:AsymmetricProperty .", "ex:a mlr:likes ex:b . ex:b mlr:likes ex:c ."),
        ("mlr:likes a owl:IrreflexiveProperty .", "ex:a mlr:likes ex:b ."),
        ("mlr:Role owl:disjointWith mlr:Skill .", "ex:a a mlr:Role . ex:b a mlr:Skill ."),
        (_DIFFERENT, "ex:a owl:sameAs ex:x . ex:b owl:sameAs ex:y ."),
        ("mlr:years rdfs:range xsd:decimal .", "ex:a mlr:years 7 ."),
        ("rdfs:label a owl:AnnotationProperty .", "ex:name rdfs:subPropertyOf rdfs:label ."),
        ("mlr:years rdfs:range rdfs:Literal .", "ex:a mlr:years 'x'@en ."),
    ],
)
def test_what_is_sound_is_not_refused(tmp_path: Path, axioms: str, facts: str) -> None:
    house = House(tmp_path).furnish(axioms)
    assert house.problems(house.write("extra.ttl", facts)) == ()


def test_a_slip_that_would_merge_two_names_of_ours_is_told_and_not_its_consequences(
    tmp_path: Path,
) -> None:
    axioms = "mlr:mainSkill a owl:FunctionalProperty . mlr:Role owl:disjointWith mlr:Skill ."
    facts = "".join(f"ex:p{n} mlr:mainSkill skill:law ." for n in range(20))
    house = House(tmp_path).furnish(axioms, facts)
    extra = house.write("extra.ttl", "ex:p7 mlr:mainSkill skill:maths .")
    (problem,) = house.problems(extra)
    assert "ex:p7" in _short(problem.detail)
    assert "owl:sameAs" in (problem.hint or "")


@pytest.mark.parametrize(
    ("axioms", "reason"),
    [
        ("ex:C owl:unionOf _:l . _:l rdf:first ex:D ; rdf:rest _:l .", "comes back to itself"),
        ("ex:C owl:unionOf _:l . _:l rdf:first ex:D, ex:E ; rdf:rest ().", "holds two things"),
        ("ex:C owl:unionOf _:l . _:l rdf:first ex:D ; rdf:rest (), ( ex:E ) .", "in two ways"),
        ("ex:C owl:intersectionOf mlr:Role .", "where a list belongs"),
        ("ex:C owl:maxCardinality 'one' ; owl:onProperty mlr:likes .", "where a whole number"),
        ("rdf:type owl:inverseOf mlr:likes .", "rdf:type belongs to the language"),
        ("mlr:likes owl:inverseOf owl:sameAs .", "owl:sameAs belongs to the language"),
        ("rdfs:label a owl:FunctionalProperty .", "its kind owl:FunctionalProperty"),
        ("ex:C owl:maxCardinality ex:one ; owl:onProperty mlr:likes .", "where a whole number"),
    ],
)
def test_owl_that_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, axioms: str, reason: str
) -> None:
    house = House(tmp_path).furnish()
    extra = house.write("extra.ttl", axioms)
    problems = house.problems(extra)
    assert any(reason in problem.detail for problem in problems)
    assert {problem.file for problem in problems} == {extra}
    assert None not in {problem.line for problem in problems}
