"""Every individual is labelled, used, told apart from the others, and known to the ontology."""

from collections import Counter

import pytest

from mlroles import vocab
from reading import Facts, iri, local

#: The classes whose members are few and known, so that two names are two things.
TOLD_APART = (
    "mlr:Environment",
    "mlr:Level",
    "mlr:Origin",
    "mlr:Qualification",
    "mlr:Responsibility",
    "mlr:Role",
    "mlr:Section",
    "mlr:Skill",
)


def _used(facts: Facts, class_: str, property_: str) -> set[str]:
    return {value for one in facts.of_class(class_) for value in facts.values(one, property_)}


def _unused(facts: Facts, class_: str, used: set[str]) -> list[str]:
    return sorted(local(one) for one in set(facts.of_class(class_)) - used)


@pytest.mark.parametrize("class_", TOLD_APART)
def test_the_members_of_a_class_are_stated_to_be_different(
    facts: Facts, distinct: Facts, class_: str
) -> None:
    lists = [
        sorted(distinct.members(*distinct.values(one, "owl:distinctMembers")))
        for one in distinct.of_class("owl:AllDifferent")
    ]
    assert facts.of_class(class_)
    assert facts.of_class(class_) in lists


def test_no_other_class_is_listed(distinct: Facts) -> None:
    assert len(distinct.of_class("owl:AllDifferent")) == len(TOLD_APART)


def test_there_are_fourteen_roles_with_seventeen_titles_and_an_abbreviation(facts: Facts) -> None:
    titles = [
        label
        for role in facts.of_class("mlr:Role")
        for label in facts.values(role, "rdfs:label") + facts.values(role, "skos:altLabel")
    ]
    assert len(facts.of_class("mlr:Role")) == 14
    assert len(set(titles) - {"MLE"}) == 17


def test_every_role_has_label_definition_section_and_placement(facts: Facts) -> None:
    placed = _used(facts, "mlr:EnvironmentPlacement", "mlr:placementOf")
    for role in facts.of_class("mlr:Role"):
        assert len(facts.values(role, "rdfs:label")) == 1
        assert len(facts.values(role, "skos:definition")) == 1
        assert facts.values(role, "mlr:describedIn")
        assert role in placed


def test_every_role_has_a_responsibility_and_a_requirement(facts: Facts) -> None:
    roles = set(facts.of_class("mlr:Role"))
    assert _used(facts, "mlr:ResponsibilityAssignment", "mlr:assignmentOf") == roles
    assert _used(facts, "mlr:SkillRequirement", "mlr:requirementOf") == roles


def test_other_labels_of_roles_are_the_aliases_that_the_article_gives(facts: Facts) -> None:
    labels = Counter(
        (role, label)
        for role in facts.of_class("mlr:Role")
        for label in facts.values(role, "skos:altLabel")
    )
    aliases = Counter(
        (role, label)
        for alias in facts.of_class("mlr:Alias")
        for role in facts.values(alias, "mlr:aliasOf")
        for label in facts.values(alias, "rdfs:label")
    )
    assert labels == aliases


def test_every_individual_has_one_english_label(facts: Facts) -> None:
    labels = Counter(
        triple.subject
        for triple in facts.triples
        if triple.property == iri("rdfs:label") and triple.language == "en"
    )
    assert set(labels.values()) == {1}
    assert {triple.subject for triple in facts.triples} == labels.keys()


@pytest.mark.parametrize("class_", TOLD_APART)
def test_no_two_members_of_a_class_have_the_same_label(facts: Facts, class_: str) -> None:
    labels = Counter(
        label for one in facts.of_class(class_) for label in facts.values(one, "rdfs:label")
    )
    assert set(labels.values()) == {1}


def test_every_skill_is_required_or_a_generalisation_of_one_that_is(facts: Facts) -> None:
    used = _used(facts, "mlr:SkillRequirement", "mlr:ofSkill")
    used |= _used(facts, "mlr:SkillSpecialisation", "mlr:broaderSkill")
    assert _unused(facts, "mlr:Skill", used) == []


def test_every_responsibility_is_somebodys_but_one_that_may_be_and_one_that_is_excluded(
    facts: Facts,
) -> None:
    used = _used(facts, "mlr:ResponsibilityAssignment", "mlr:assigns")
    unassigned = _unused(facts, "mlr:Responsibility", used)
    assert unassigned == ["advise-research-engineers", "implement-solutions-in-practice"]
    possible = _used(facts, "mlr:PossibleResponsibility", "mlr:mayAssign")
    excluded = _used(facts, "mlr:ResponsibilityExclusion", "mlr:excludes")
    assert _unused(facts, "mlr:Responsibility", used | possible) == [unassigned[1]]
    assert _unused(facts, "mlr:Responsibility", used | possible | excluded) == []


@pytest.mark.parametrize(
    ("class_", "by", "property_"),
    [
        ("mlr:Level", "mlr:SkillRequirement", "mlr:atLevel"),
        ("mlr:Qualification", "mlr:QualificationRequirement", "mlr:ofQualification"),
        ("mlr:Environment", "mlr:EnvironmentPlacement", "mlr:placesIn"),
        ("mlr:Organisation", "mlr:TitleMapping", "mlr:atOrganisation"),
        ("mlr:ComparisonAspect", "mlr:AspectValue", "mlr:valueIn"),
        ("mlr:RoleComparison", "mlr:ComparisonAspect", "mlr:aspectOf"),
    ],
)
def test_nothing_is_defined_and_left_unused(
    facts: Facts, class_: str, by: str, property_: str
) -> None:
    assert _unused(facts, class_, _used(facts, by, property_)) == []


def test_every_section_states_something(facts: Facts) -> None:
    stated = {triple.value for triple in facts.triples if triple.property == iri("mlr:statedIn")}
    assert _unused(facts, "mlr:Section", stated) == []


def test_the_data_uses_only_terms_that_the_ontology_declares(facts: Facts, ontology: Facts) -> None:
    declared = {triple.subject for triple in ontology.triples}
    used = {triple.property for triple in facts.triples}
    used |= {triple.value for triple in facts.triples if triple.property == iri("rdf:type")}
    ours = {term for term in used if not term.startswith((vocab.RDF, vocab.RDFS))}
    assert ours - declared == set()


def test_everything_of_ours_that_is_pointed_at_is_there(facts: Facts) -> None:
    there = {triple.subject for triple in facts.triples}
    pointed = {triple.value for triple in facts.triples if triple.property != iri("rdf:type")}
    assert {one for one in pointed if one.startswith(vocab.BASE)} - there == set()
