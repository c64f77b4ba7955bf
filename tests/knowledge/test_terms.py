"""Undeclared terms stop everything, with near names."""

from pathlib import Path

import pytest

from house import HEADER, House
from mlroles.errors import KnowledgeError


def _problem(tmp_path: Path, facts: str, prefixes: str | None = None) -> KnowledgeError:
    house = House(tmp_path).furnish()
    text = {} if prefixes is None else {"prefixes": prefixes}
    extra = house.write("extra.ttl", facts, **text)
    problems = house.problems(extra)
    assert len(problems) == 1, [str(problem) for problem in problems]
    assert problems[0].file == extra
    return problems[0]


@pytest.mark.parametrize(
    ("facts", "column", "reason", "near"),
    [
        (
            "role:x a mlr:Role ; mlr:requiers skill:maths .",
            21,
            "mlr:requiers is not",
            "mlr:requires",
        ),
        ("role:x a mlr:Rol .", 10, "mlr:Rol is not declared", "mlr:Role"),
        ("ex:x a mlr:Role ; rdfs:lable 'x' .", 19, "rdfs:lable is not declared", "rdfs:label"),
        ("ex:C a owl:Klass .", 8, "owl:Klass is not declared", "owl:Class"),
        (
            "ex:x <http://www.w3.org/2004/02/skos/core#prefLable> 'x' .",
            6,
            "skos:prefLable is not declared",
            "skos:prefLabel",
        ),
        ("ex:x <https://schema.org/nmae> 'x' .", 6, "schema:nmae is not declared", "schema:name"),
        ("ex:x a <https://schema.org/Persn> .", 8, "schema:Persn is not declared", "schema:Person"),
        ("ex:x <http://purl.org/ontology/bibo/doi> 'x' .", 6, "bibo:doi is not declared", None),
        ("ex:x ex:p '1'^^xsd:integr .", 16, "xsd:integr is not declared", "xsd:integer"),
        ("ex:x mlr:requires skill:math .", 19, "skill:math is described nowhere", "skill:maths"),
        ("ex:x mlr:likes role:maths .", 16, "role:maths is described nowhere", "skill:maths"),
        ("skill:fun rdfs:seeAlso mlr:Rolle .", 24, "mlr:Rolle is not declared", "mlr:Role"),
        ("ex:x mlr:Role ex:y .", 6, "used as a property, but is declared as a class", None),
        ("ex:x a mlr:requires .", 8, "used as a class, but is declared as a property", None),
        ("ex:x rdfs:Class ex:y .", 6, "used as a property", None),
        ("ex:x <http://w3id.org/mlroles/ontology#likes> ex:y .", 6, "https", "https://w3id.org"),
    ],
)
def test_an_undeclared_name_has_place_reason_and_near_names(
    tmp_path: Path, facts: str, column: int, reason: str, near: str | None
) -> None:
    problem = _problem(tmp_path, facts)
    assert (problem.line, problem.column) == (HEADER + 1, column)
    assert reason in problem.detail
    assert near is None or near in (problem.hint or "")


def test_all_undeclared_names_are_told_each_once_a_file(tmp_path: Path) -> None:
    house = House(tmp_path).furnish()
    one = house.write("one.ttl", "ex:a mlr:no ex:b .\nex:c mlr:no ex:d ; mlr:nay ex:e .")
    two = house.write("two.ttl", "ex:a mlr:no ex:b .")
    found = [
        (problem.file, problem.line, problem.offending) for problem in house.problems(one, two)
    ]
    mlr = "https://w3id.org/mlroles/ontology#"
    assert found == [
        (one, HEADER + 1, f"{mlr}no"),
        (one, HEADER + 2, f"{mlr}nay"),
        (two, HEADER + 1, f"{mlr}no"),
    ]


def test_other_vocabularies_are_welcome_undeclared(tmp_path: Path) -> None:
    house = House(tmp_path).furnish()
    extra = house.write(
        "extra.ttl",
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
        "ex:ada a foaf:Person ; foaf:knows ex:bob ; ex:any 'thing'^^ex:type ; rdf:_1 ex:bob .",
    )
    assert house.problems(extra) == ()


def test_a_file_may_declare_terms_and_describe_individuals_itself(tmp_path: Path) -> None:
    house = House(tmp_path).furnish()
    extra = house.write(
        "extra.ttl",
        "mlr:Hobby a owl:Class . mlr:enjoys a owl:ObjectProperty ."
        "role:chef a mlr:Role . ex:ada mlr:enjoys skill:cooking . skill:cooking a mlr:Hobby .",
    )
    assert house.problems(extra) == ()


def test_a_version_of_an_ontology_need_not_be_described(tmp_path: Path) -> None:
    base = "https://w3id.org/mlroles/alignment/esco"
    house = House(tmp_path).furnish(f"<{base}> a owl:Ontology ; owl:versionIRI <{base}/0.1.0> .")
    assert house.problems() == ()


def test_what_a_reused_vocabulary_has_may_be_used_undeclared(tmp_path: Path) -> None:
    house = House(tmp_path).furnish()
    fine = house.write(
        "extra.ttl", "ex:x a <https://schema.org/Person> ; <https://schema.org/name> 'x' ."
    )
    assert house.problems(fine) == ()
