"""The data says what the article says, all of it and nothing else.

``inventory.csv`` is the article read sentence by sentence. A row is a statement, or one detail of
a statement (what it builds on, why something is hard); ``section`` and ``origin`` say where it
stands; ``qualified`` is how the article hedges or narrows it, ``purpose`` what a skill is for,
``words`` what the paraphrase must speak of, with every word that denies or restricts. A judgement
is the editors' and stands nowhere in the article.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from reading import Facts, local


class Row(NamedTuple):
    """A line of the inventory."""

    subject: str
    kind: str
    object: str
    level: str
    section: str
    origin: str
    qualified: str
    purpose: str
    words: str

    @property
    def said(self) -> frozenset[str]:
        """The words of the paraphrase, or those that it must have."""
        return frozenset(re.findall(r"[\w']+", self.words.casefold()))

    def tells(self, needed: "Row") -> bool:
        """Return whether this is what a row of the inventory asks for."""
        denials = self.said & DENIALS == needed.said & DENIALS
        same = self._replace(words="") == needed._replace(words="")
        return (
            same and needed.said <= self.said and bool(self.said) == bool(needed.said) and denials
        )


#: Words that turn a paraphrase into something else where they come or go.
DENIALS = frozenset({"cannot", "even", "few", "little", "many", "never", "no", "not", "nothing"})
DENIALS |= {"none", "nobody", "only", "rarely", "seldom", "unlike", "without"}

Pairs = Callable[[Facts, str], list[tuple[str, str]]]


def _pair(subject: str, *objects: str) -> Pairs:
    """Return a reader of pairs: what one property leads to with what a path leads to."""

    def read(facts: Facts, statement: str) -> list[tuple[str, str]]:
        (about,) = facts.values(statement, subject)
        return [(about, value) for value in facts.values(statement, *objects)]

    return read


def _alone(subject: str) -> Pairs:
    return lambda facts, statement: [(about, "") for about in facts.values(statement, subject)]


def _both(property_: str) -> Pairs:
    def read(facts: Facts, statement: str) -> list[tuple[str, str]]:
        first, second = sorted(facts.values(statement, property_))
        return [(first, second)]

    return read


def _note(facts: Facts, statement: str) -> list[tuple[str, str]]:
    return [("", "".join(facts.values(statement, "mlr:quotation")))]


#: Class, kind of row, and what the row is about.
KINDS: list[tuple[str, str, Pairs]] = [
    ("mlr:SkillRequirement", "requirement", _pair("mlr:requirementOf", "mlr:ofSkill")),
    ("mlr:ResponsibilityAssignment", "assignment", _pair("mlr:assignmentOf", "mlr:assigns")),
    ("mlr:ResponsibilityAssignment", "builds on", _pair("mlr:assignmentOf", "mlr:buildsOnWorkOf")),
    ("mlr:PossibleResponsibility", "possibility", _pair("mlr:possibilityOf", "mlr:mayAssign")),
    ("mlr:PossibleResponsibility", "supports", _pair("mlr:possibilityOf", "mlr:supportsRole")),
    ("mlr:ResponsibilityExclusion", "exclusion", _pair("mlr:exclusionOf", "mlr:excludes")),
    ("mlr:EnvironmentPlacement", "placement", _pair("mlr:placementOf", "mlr:placesIn")),
    ("mlr:EnvironmentPlacement", "near", _pair("mlr:placementOf", "mlr:placesNear")),
    ("mlr:EnvironmentFocus", "focus", _alone("mlr:focusOf")),
    ("mlr:EnvironmentContrast", "contrast", _both("mlr:contrasts")),
    ("mlr:EnvironmentContrast", "explanation", _alone("mlr:explainedBy")),
    (
        "mlr:QualificationRequirement",
        "qualification",
        _pair("mlr:qualificationRequirementOf", "mlr:ofQualification"),
    ),
    ("mlr:Alias", "alias", _pair("mlr:aliasOf", "rdfs:label")),
    ("mlr:RoleComparison", "comparison", _both("mlr:compares")),
    ("mlr:AspectValue", "value", _pair("mlr:valueFor", "mlr:valueIn", "rdfs:label")),
    ("mlr:AspectValue", "limits", _pair("mlr:valueFor", "mlr:limits", "mlr:ofSkill")),
    ("mlr:RoleOverlap", "overlap", _both("mlr:overlaps")),
    ("mlr:Substitution", "substitution", _pair("mlr:coveringRole", "mlr:coveredRole")),
    ("mlr:TitleMapping", "title at lyft", _pair("mlr:fromRole", "mlr:toRole")),
    ("mlr:Observation", "observation", _alone("mlr:observes")),
    ("mlr:RarityObservation", "rarity", _alone("mlr:observes")),
    ("mlr:DifficultyObservation", "difficulty", _alone("mlr:observes")),
    ("mlr:DifficultyObservation", "reason", _pair("mlr:observes", "mlr:becauseOf")),
    ("mlr:HiringAdvice", "advice", _alone("mlr:observes")),
    ("mlr:SourceNote", "note", _note),
]
_SPECIALISATION = _pair("mlr:narrowerSkill", "mlr:broaderSkill")


def _stated(facts: Facts) -> Iterator[Row]:
    for class_, kind, read in KINDS:
        for statement in facts.of_class(class_):
            for subject, object_ in read(facts, statement):
                yield _row(facts, statement, kind, subject, object_)
    judged = set(facts.of_class("mlr:Judgement"))
    for claim in facts.of_class("mlr:SkillSpecialisation"):
        kind = "judgement" if claim in judged else "specialisation"
        for subject, object_ in _SPECIALISATION(facts, claim):
            yield _row(facts, claim, kind, subject, object_)


def _row(facts: Facts, statement: str, kind: str, subject: str, object_: str) -> Row:
    def one(property_: str) -> str:
        return "+".join(local(value) for value in facts.values(statement, property_))

    return Row(
        local(subject),
        kind,
        local(object_),
        one("mlr:atLevel"),
        one("mlr:statedIn"),
        one("mlr:statedAs"),
        one("mlr:qualifiedBy"),
        one("mlr:forPurpose"),
        one("mlr:paraphrase"),
    )


@pytest.fixture(scope="module")
def inventory() -> list[Row]:
    with (Path(__file__).parent / "inventory.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == list(Row._fields)
    return [Row(*row) for row in rows]


def _unmatched(stated: Iterable[Row], needed: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Return what is stated and in no row, and the rows that nothing states."""
    left, missing = list(stated), []
    for row in needed:
        found = next((one for one in left if one.tells(row)), None)
        if found is None:
            missing.append(row)
        else:
            left.remove(found)
    return left, missing


@pytest.mark.check("Completeness: the data states what the article's inventory does", "pytest")
def test_the_data_states_all_that_the_article_says(facts: Facts, inventory: list[Row]) -> None:
    _, missing = _unmatched(_stated(facts), inventory)
    assert missing == []


@pytest.mark.check("Completeness: the data states nothing else", "pytest")
def test_the_data_states_nothing_else(facts: Facts, inventory: list[Row]) -> None:
    left, _ = _unmatched(_stated(facts), inventory)
    assert left == []


@pytest.mark.parametrize(
    ("subject", "kind", "change"),
    [
        ("research", "focus", {"qualified": "never"}),
        ("data-engineer", "requirement", {"purpose": "to lose data"}),
        ("ml-engineer", "difficulty", {"words": "Easy to fill."}),
        (
            "production",
            "focus",
            {"words": "Those who work in production need not look after parts."},
        ),
        ("ml-engineer", "assignment", {"words": "What nobody said."}),
    ],
)
def test_other_words_than_the_articles_are_told(
    facts: Facts, inventory: list[Row], subject: str, kind: str, change: dict[str, str]
) -> None:
    stated = list(_stated(facts))
    place = next(n for n, row in enumerate(stated) if (row.subject, row.kind) == (subject, kind))
    stated[place] = stated[place]._replace(**change)
    left, missing = _unmatched(stated, inventory)
    assert left == [stated[place]]
    assert [(row.subject, row.kind) for row in missing] == [(subject, kind)]


def test_the_inventory_looks_at_every_kind_of_statement(facts: Facts, ontology: Facts) -> None:
    looked_at = {class_ for class_, _, _ in KINDS} | {"mlr:SkillSpecialisation"}
    used = {name for name in ontology.subclasses("mlr:Statement") if facts.of_class(name)}
    assert used - looked_at <= {"mlr:Statement"}
    specialisations = set(facts.of_class("mlr:SkillSpecialisation"))
    assert set(facts.of_class("mlr:Statement")) <= specialisations


def test_every_statement_has_one_section_and_one_origin(facts: Facts, ontology: Facts) -> None:
    statements = [
        one for name in ontology.subclasses("mlr:Statement") for one in facts.of_class(name)
    ]
    assert statements
    assert [
        one
        for one in statements
        if (len(facts.values(one, "mlr:statedIn")), len(facts.values(one, "mlr:statedAs")))
        != (1, 1)
    ] == []


def test_a_judgement_says_why_and_claims_no_section(facts: Facts) -> None:
    judgements = facts.of_class("mlr:Judgement")
    assert judgements
    assert all(facts.values(one, "mlr:rationale") for one in judgements)
    assert not any(facts.values(one, "mlr:statedIn") for one in judgements)


def test_only_the_skill_map_and_one_comparison_have_tables(facts: Facts) -> None:
    sections = {
        local(*facts.values(one, "mlr:statedIn"))
        for class_, _, _ in KINDS
        for one in facts.of_class(class_)
        if facts.values(one, "mlr:statedAs", "rdfs:label") == ["table"]
    }
    assert sections == {"skill-map", "ml-engineer-vs-data-scientist"}


def test_the_one_substitution_has_its_condition(facts: Facts) -> None:
    (only,) = facts.of_class("mlr:Substitution")
    assert facts.values(only, "mlr:underCondition") == ["the ML system or the project is small"]


def test_titles_were_changed_at_lyft_alone(facts: Facts) -> None:
    mappings = facts.of_class("mlr:TitleMapping")
    assert [local(*facts.values(one, "mlr:atOrganisation")) for one in mappings] == ["lyft"] * 2


def test_a_value_is_of_a_role_that_its_comparison_compares(facts: Facts) -> None:
    for value in facts.of_class("mlr:AspectValue"):
        (comparison,) = facts.values(value, "mlr:valueIn", "mlr:aspectOf")
        (role,) = facts.values(value, "mlr:valueFor")
        assert role in facts.values(comparison, "mlr:compares")
        assert facts.values(value, "mlr:statedIn") == facts.values(comparison, "mlr:statedIn")


def test_levels_are_never_guessed_for_what_the_article_leaves_open(facts: Facts) -> None:
    for role in ("ml-engineer", "mlops-engineer", "research-engineer"):
        requirements = [
            one
            for one in facts.of_class("mlr:SkillRequirement")
            if local(*facts.values(one, "mlr:requirementOf")) == role
        ]
        assert requirements
        assert not any(facts.values(one, "mlr:atLevel") for one in requirements)
