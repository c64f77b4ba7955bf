"""What people are told of a triple: in words, with rule, file and section."""

import gc
import weakref

import pyoxigraph as ox
import pytest

from mlroles import paths, vocab
from mlroles.errors import BadRequestError
from mlroles.knowledge import explanation_formats
from mlroles.knowledge.explanation import Explainer, Explanation, Step, parse
from mlroles.knowledge.formats import FORMATS, Graphs
from mlroles.knowledge.reasoning.closure import close
from mlroles.knowledge.reasoning.known import Held
from mlroles.knowledge.reasoning.noise import inferred

DUAL = ("role:mlops-engineer", "a", "mlr:DualSkillRole")


def _steps(step: Step) -> list[Step]:
    return [step, *(found for premise in step.premises for found in _steps(premise))]


@pytest.fixture
def dual(explainer: Explainer) -> Explanation:
    return explainer.explain(parse(*DUAL))


def test_an_inferred_triple_is_led_back_to_statements_with_file_and_section(
    dual: Explanation,
) -> None:
    assert dual.status == "inferred"
    assert dual.sentence == "MLOps engineer is a dual-skill role"
    steps = _steps(dual.derivations[0])
    stated = [step for step in steps if not step.rule and step.section]
    assert {step.section for step in stated} == {"Skill map"}
    assert {step.origin for step in stated} == {"table"}
    assert {step.file for step in stated} == {"data/roles/mlops-engineer.ttl"}
    assert all(step.line for step in stated)


def test_each_step_names_its_rule_and_its_axiom_in_words(dual: Explanation) -> None:
    axioms = {step.rule: step.axiom for step in _steps(dual.derivations[0]) if step.rule}
    assert axioms["prp-spo2"] == "if x has requirement y and y of skill z, then x requires skill z"
    assert axioms["prp-inv2"] == "if x requirement of y, then y has requirement x"
    assert "then x is a dual-skill role" in axioms["cax-eqc2"]
    assert {"cls-int1", "cls-hv2"} <= axioms.keys()
    assert "cax-sco" not in axioms


def test_the_axiom_of_a_rule_stands_at_its_file_and_line(dual: Explanation) -> None:
    lines = {step.rule: _line(step) for step in _steps(dual.derivations[0]) if step.rule}
    assert "owl:equivalentClass" in lines["cax-eqc2"]
    assert "owl:hasValue" in lines["cls-hv2"]
    assert "owl:propertyChainAxiom" in lines["prp-spo2"]
    assert "owl:inverseOf" in lines["prp-inv2"]


def test_an_axiom_that_nobody_stated_is_led_back_to_those_it_follows_from() -> None:
    explainer = _small(
        "ex:A rdfs:subClassOf ex:B . ex:B owl:equivalentClass ex:C .",
        "ex:p rdfs:domain ex:A . ex:x ex:p ex:y .",
    )
    derivations = _explain(explainer, "x", "rdf:type", "C").derivations
    assert derivations[0].rule == "cax-eqc1"
    for step in (found for derivation in derivations for found in _steps(derivation)):
        if step.rule == "prp-dom":
            (_, *axioms) = step.premises
            is_direct = _said(step) == "x is a A"
            assert [axiom.rule for axiom in axioms] == ([] if is_direct else ["scm-dom1"])


def test_the_query_for_what_is_inferred_only_names_the_rule_of_the_explanation(
    explainer: Explainer, graphs: Graphs
) -> None:
    text = (paths.QUERIES / "inferred-only.rq").read_text("utf-8")
    store = ox.Store()
    for name, triples in graphs.items():
        graph = ox.NamedNode(name)
        store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
    for name in ("ml-hardware-engineer", "mlops-engineer", "data-scientist"):
        role = ox.NamedNode(f"{vocab.BASE}role/{name}")
        asked = text.replace("role:ml-hardware-engineer", str(role))
        rows = list(store.query(asked, use_default_graph_as_union=True))  # type: ignore[arg-type] # a SELECT
        assert len(rows) > 5
        for row in rows:
            found = explainer.explain(ox.Triple(role, row["property"], row["value"]), most=30)
            rules = {step.rule for step in found.derivations}
            assert row["rule"].value in rules, (name, str(row["property"]), str(row["value"]))


def _line(step: Step) -> str:
    assert step.line
    return (paths.ROOT / step.file).read_text("utf-8").splitlines()[step.line - 1]


def test_a_class_expression_is_told_in_words(dual: Explanation) -> None:
    assert any(
        step.sentence == "MLOps engineer is a (requires skill value software engineering)"
        for step in _steps(dual.derivations[0])
    )
    assert "urn:mlroles" not in explanation_formats.text(dual)


def test_an_asserted_triple_has_its_source(explainer: Explainer) -> None:
    statement = "stmt:mlops-engineer-requires-machine-learning-table"
    found = explainer.explain(parse(statement, "mlr:ofSkill", "skill:machine-learning"))
    (step,) = found.derivations
    assert found.status == "asserted"
    assert (step.rule, step.section, step.origin) == ("", "Skill map", "table")
    assert step.file == "data/roles/mlops-engineer.ttl"


def test_what_the_editors_hold_is_marked_as_a_judgement(explainer: Explainer) -> None:
    triple = parse("skill:ml-in-hardware", "mlr:specialisationOf", "skill:machine-learning")
    steps = _steps(explainer.explain(triple).derivations[0])
    assert {step.origin for step in steps if not step.rule} == {"judgement"}
    assert "judgement]" in explanation_formats.text(explainer.explain(triple))


def test_of_what_does_not_hold_the_missing_is_told(explainer: Explainer) -> None:
    found = explainer.explain(parse("role:product-owner", "a", "mlr:DualSkillRole"))
    assert found.status == "absent"
    way = found.missing[0]
    assert {need.sentence: need.met for need in way.needs} == {
        "Product owner is a role": True,
        "Product owner requires skill machine learning": True,
        "Product owner requires skill software engineering": False,
    }


def test_the_missing_is_told_with_what_its_variables_stand_for(explainer: Explainer) -> None:
    triple = parse("role:product-owner", "mlr:requiresSkill", "skill:statistics")
    ways = explainer.explain(triple).missing
    assert {tuple((need.sentence, need.met) for need in way.needs) for way in ways} == {
        (("Product owner requires skill y", True), ("y specialisation of statistics", False)),
        (("Product owner has requirement y", True), ("y of skill statistics", False)),
    }
    assert "y may be subject-matter expertise" in {way.example for way in ways}


def test_no_way_is_all_there_and_none_only_turns_the_triple_round(explainer: Explainer) -> None:
    for terms in (
        ("role:product-owner", "mlr:requiresSkill", "skill:statistics"),
        ("skill:statistics", "mlr:skillRequiredBy", "role:product-owner"),
        ("role:data-engineer", "a", "mlr:DualSkillRole"),
    ):
        ways = explainer.explain(parse(*terms)).missing
        assert ways, terms
        for way in ways:
            assert not all(need.met for need in way.needs), (terms, way)
            assert way.rule not in ("prp-inv1", "prp-inv2"), (terms, way)
    lacking = [sum(not need.met for need in way.needs) for way in ways]
    assert lacking == sorted(lacking)


def test_what_no_rule_leads_to_has_nothing_missing(explainer: Explainer) -> None:
    found = explainer.explain(parse("role:product-owner", "skos:note", '"x"'))
    assert (found.status, found.derivations, found.missing) == ("absent", (), [])


@pytest.mark.parametrize(
    "terms",
    [
        ("role:mlops-engineer", "rdf:type", "mlr:DualSkillRole"),
        (
            "https://w3id.org/mlroles/role/mlops-engineer",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
            "<https://w3id.org/mlroles/ontology#DualSkillRole>",
        ),
        (" role:mlops-engineer ", "a", "mlr:DualSkillRole"),
    ],
)
def test_terms_may_be_written_in_several_ways(terms: tuple[str, str, str]) -> None:
    assert parse(*terms) == parse(*DUAL)


@pytest.mark.parametrize(
    "terms",
    [
        ("role:x", "a", "nothing"),
        ("role:x", "a", "mlr:Role . role:y a mlr:Role"),
        ("role:x", "a", ""),
        ("_:x", "", ""),
        ("role:x", "a", "mlr:Role ; a mlr:Skill"),
        ("_:x", "a", "mlr:Role"),
        ("[]", "a", "mlr:Role"),
        ("role:x", "a", "[]"),
    ],
)
def test_what_is_no_triple_is_refused(terms: tuple[str, str, str]) -> None:
    with pytest.raises(BadRequestError, match="is no triple"):
        parse(*terms)


def test_a_prefix_that_is_none_of_ours_is_told_as_that() -> None:
    with pytest.raises(BadRequestError, match="The prefix “foo:” is not known here") as wrong:
        parse("foo:foo", "a", "mlr:Role")
    assert "role:" in str(wrong.value.hint)
    with pytest.raises(BadRequestError) as wrong:
        parse("role:x", "a", "mrl:Role")
    assert str(wrong.value.hint).startswith("Did you mean mlr:?")
    assert parse("role:x", "rdfs:label", '"foo:foo"').object == ox.Literal("foo:foo")
    assert parse("urn:x:y", "a", "https://example.org/C")


def test_a_term_that_no_triple_has_is_told(explainer: Explainer) -> None:
    found = explainer.explain(parse("role:foo", "mlr:requiresSkill", "skill:statistics"))
    assert [part.text for part in found.unknown] == ["role:foo"]
    assert "No triple has role:foo." in explanation_formats.text(found)
    assert explanation_formats.plain(found)["note"] == "No triple has role:foo."
    known = explainer.explain(parse("role:product-owner", "mlr:requiresSkill", "skill:statistics"))
    assert known.status == "absent"
    assert not known.unknown


def test_the_label_of_a_statement_is_quoted(dual: Explanation) -> None:
    sentences = {step.sentence for step in _steps(dual.derivations[0])}
    quoted = "“MLOps engineer requires machine learning (table)”"
    assert f"MLOps engineer has requirement {quoted}" in sentences
    assert f"{quoted} of skill machine learning" in sentences


def test_the_label_of_a_judgement_is_quoted(explainer: Explainer) -> None:
    triple = parse("skill:ml-in-hardware", "mlr:specialisationOf", "skill:machine-learning")
    sentences = {step.sentence for step in _steps(explainer.explain(triple).derivations[0])}
    quoted = "“Machine learning in hardware is part of machine learning”"
    assert f"{quoted} broader skill machine learning" in sentences


def test_the_article_before_a_class_suits_its_name(explainer: Explainer) -> None:
    found = explainer.explain(parse("role:mlops-engineer", "a", "mlr:EngineeringRole"))
    assert found.sentence == "MLOps engineer is an engineering role"
    assert found.derivations[0].axiom.endswith("then x is an engineering role")


def test_the_text_is_a_tree_with_sources(dual: Explanation) -> None:
    lines = explanation_formats.text(dual).splitlines()
    assert lines[0] == "MLOps engineer is a dual-skill role: inferred"
    assert any("by prp-spo2: if x has requirement y" in line for line in lines)
    assert any(line.endswith("table of Skill map]") for line in lines)


def test_json_has_terms_that_sparql_takes(dual: Explanation) -> None:
    told = explanation_formats.plain(dual)
    assert told["triple"]["subject"] == f"<{vocab.BASE}role/mlops-engineer>"
    assert told["status"] == "inferred"
    assert told["derivations"][0]["premises"]


def test_rdf_is_provenance_that_every_format_holds(dual: Explanation) -> None:
    (triples,) = explanation_formats.provenance(dual).values()
    prov = vocab.PREFIXES["prov"]
    derived = [t for t in triples if t.predicate.value == f"{prov}wasDerivedFrom"]
    assert len(derived) > 8
    for name, format_ in FORMATS.items():
        content = format_.write(explanation_formats.provenance(dual))
        rdf_format = ox.RdfFormat.from_media_type(format_.media_type)
        assert len(list(ox.parse(content, rdf_format))) == len(triples), name


def test_rdf_has_axiom_section_and_origin(dual: Explanation) -> None:
    (triples,) = explanation_formats.provenance(dual).values()
    said = {(t.predicate.value.split("/")[-1].split("#")[-1], str(t.object)) for t in triples}
    assert (
        "label",
        '"if x has requirement y and y of skill z, then x requires skill z"@en',
    ) in said
    assert ("source", '"Skill map"@en') in said
    assert ("comment", '"Stated as: table."@en') in said
    places = [value for name, value in said if name == "atLocation"]
    assert any("ontology/mlroles.ttl:" in place for place in places)
    assert not any("None" in place for place in places)


def test_rdf_of_what_does_not_hold_says_so(explainer: Explainer) -> None:
    found = explainer.explain(parse("role:product-owner", "a", "mlr:DualSkillRole"))
    (triples,) = explanation_formats.provenance(found).values()
    comments = [t.object.value for t in triples if t.predicate.value == f"{vocab.RDFS}comment"]  # type: ignore[union-attr] # literals
    assert comments[0] == "This triple is absent."
    assert "Missing: Product owner requires skill software engineering." in comments[1]


def _small(*lines: str) -> Explainer:
    """Return an explainer of a few asserted triples, and of what owlrl finds."""
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in vocab.PREFIXES.items())
    text = prefixes + f"@prefix ex: <{_EX}> .\n" + "\n".join(lines)
    asserted = [quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)]
    found = list(inferred(close(asserted)))
    return Explainer(asserted, Held({vocab.ASSERTED: asserted, vocab.INFERRED: found}))


_EX = "https://example.org/"
_SAME = f"{vocab.OWL}sameAs"


def _said(step: Step) -> str:
    return step.sentence.replace(f"<{_EX}", "").replace(">", "")


def _explain(explainer: Explainer, *names: str) -> Explanation:
    return explainer.explain(parse(*(n if ":" in n else f"{_EX}{n}" for n in names)))


@pytest.mark.parametrize(
    ("fact", "rule", "premises"),
    [
        (("b", "p", "c"), "eq-rep-s", {"a owl:sameAs b", "a p c"}),
        (("d", "p", "b"), "eq-rep-o", {"a owl:sameAs b", "d p a"}),
        (("b", _SAME, "a"), "eq-sym", {"a owl:sameAs b"}),
        (("a", _SAME, "z"), "eq-trans", {"a owl:sameAs b", "b owl:sameAs z"}),
        (("a", "q", "e"), "eq-rep-p", {"p owl:sameAs q", "a p e"}),
    ],
)
def test_what_two_names_of_one_thing_lead_to_has_a_derivation(
    fact: tuple[str, str, str], rule: str, premises: set[str]
) -> None:
    explainer = _small(
        "ex:a owl:sameAs ex:b . ex:b owl:sameAs ex:z . ex:p owl:sameAs ex:q .",
        "ex:a ex:p ex:c, ex:e . ex:d ex:p ex:a .",
    )
    found = _explain(explainer, *fact)
    assert found.status == "inferred"
    ways = [(s.rule, {_said(p) for p in s.premises}) for s in found.derivations]
    assert (rule, premises) in ways


def test_a_key_with_all_its_properties_makes_two_names_of_one() -> None:
    explainer = _small(
        "ex:C a owl:Class ; owl:hasKey ( ex:p ex:q ) .",
        "ex:a a ex:C ; ex:p 1 ; ex:q 2 . ex:b a ex:C ; ex:p 1 ; ex:q 2 .",
        "ex:c a ex:C ; ex:p 1 ; ex:q 3 .",
    )
    (step, *_) = _explain(explainer, "a", _SAME, "b").derivations
    assert (step.rule, len(step.premises)) == ("prp-key", 6)
    absent = _explain(explainer, "a", _SAME, "c")
    assert absent.status == "absent"
    assert [sum(not need.met for need in way.needs) for way in absent.missing][:1] == [1]


def test_what_no_known_rule_leads_to_is_told_as_that() -> None:
    asserted = [quad.triple for quad in ox.parse("<urn:a> <urn:p> <urn:b> .", ox.RdfFormat.TURTLE)]
    other = [quad.triple for quad in ox.parse("<urn:a> <urn:p> <urn:c> .", ox.RdfFormat.TURTLE)]
    explainer = Explainer(asserted, Held({vocab.ASSERTED: asserted, vocab.INFERRED: other}))
    found = explainer.explain(parse("urn:a", "urn:p", "urn:c"))
    assert (found.status, found.derivations) == ("inferred", [])
    assert "no rule known here leads to it" in explanation_formats.text(found)
    assert "two names" not in explanation_formats.text(found)


def test_a_way_counts_though_the_shortest_proof_of_its_premise_is_circular() -> None:
    explainer = _small(
        "ex:p rdfs:subPropertyOf ex:q . ex:q rdfs:subPropertyOf ex:r . ex:r a owl:SymmetricProperty .",
        "ex:q owl:inverseOf ex:q2 . ex:q2 rdfs:subPropertyOf ex:s . ex:s owl:inverseOf ex:s2 .",
        "ex:s2 rdfs:subPropertyOf ex:q . ex:t rdfs:subPropertyOf ex:t2 . ex:t2 rdfs:subPropertyOf ex:t3 .",
        "ex:t3 rdfs:subPropertyOf ex:s . ex:a ex:p ex:b . ex:b ex:t ex:a .",
    )
    # That b is s of a follows from a q b shortly (q2, then s), and from t by a longer way.
    found = _explain(explainer, "a", "q", "b")
    rules = [[_said(leaf) for leaf in _leaves(s)] for s in found.derivations]
    assert ["a p b"] in rules
    assert ["b t a"] in rules


def _leaves(step: Step) -> list[Step]:
    return [found for p in step.premises for found in _leaves(p)] or [step]


def test_an_explainer_that_nobody_holds_is_gone() -> None:
    explainer = _small("ex:A rdfs:subClassOf ex:B . ex:x a ex:A .")
    assert explainer.explain(parse(f"{_EX}x", "a", f"{_EX}B")).derivations
    seen = weakref.ref(explainer)
    del explainer
    gc.collect()
    assert seen() is None
