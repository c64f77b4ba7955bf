"""Explanations of a dataset that is asked, and not held: the same as of one that is."""

import random
import time

import pyoxigraph as ox
import pytest

from mlroles import vocab
from mlroles.errors import QueryTimeoutError
from mlroles.knowledge import ntriples
from mlroles.knowledge.asking import over
from mlroles.knowledge.explanation import Explainer, Explanation, Step, parse
from mlroles.knowledge.formats import Graphs
from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import is_schema
from mlroles.knowledge.reasoning.compiled import infer
from mlroles.knowledge.reasoning.known import Asked

pytestmark = pytest.mark.slow

_EX = "https://example.org/departments/"


@pytest.fixture(scope="module")
def asking(graphs: Graphs) -> Explainer:
    ontology = [t for t in graphs[vocab.ASSERTED] if is_schema(t)]
    return Explainer(ontology, Asked(over(graphs)))


def test_what_follows_is_explained_as_shortly(
    graphs: Graphs, explainer: Explainer, asking: Explainer
) -> None:
    chosen = random.Random(4).sample(sorted(graphs[vocab.INFERRED], key=str), 300)  # noqa: S311
    for triple in chosen:
        here, there = explainer.explain(triple), asking.explain(triple)
        assert there.status == "inferred"
        assert _depth(there) == _depth(here), triple


def test_what_is_stated_or_absent_is_told_as_that(explainer: Explainer, asking: Explainer) -> None:
    role, skill = (ox.NamedNode(f"{vocab.BASE}{name}") for name in ("role/ml-engineer", "skill/x"))
    label = ox.NamedNode(f"{vocab.RDFS}label")
    requires = ox.NamedNode(f"{vocab.MLR}requiresSkill")
    for triple in (
        ox.Triple(role, label, ox.Literal("ML engineer", language="en")),
        ox.Triple(role, requires, skill),
    ):
        here, there = explainer.explain(triple), asking.explain(triple)
        assert there.status == here.status
        assert there.triple == here.triple
        assert len(there.missing) == len(here.missing)


def _depth(explanation: Explanation) -> int:
    """Return how many rules the shortest derivation has in its longest branch."""
    return min(map(_longest, explanation.derivations), default=0)


def _longest(step: Step) -> int:
    return 1 + max(map(_longest, step.premises), default=0)


def _departments(people: int) -> bytes:
    """Return teams of so many people, in each of which one does what no other does."""
    mlr, type_ = vocab.MLR, f"<{vocab.RDF}type>"
    lines = []
    for number in range(3):
        team = f"<{_EX}team{number}>"
        lines.append(f"{team} {type_} <{mlr}Team> .")
        for place in range(people):
            person = f"<{_EX}t{number}p{place}>"
            name = "ml-hardware-engineer" if place == people - 7 - number * 97 else "data-engineer"
            lines += [
                f"{person} {type_} <{mlr}Person> .",
                f"{person} <{mlr}memberOf> {team} .",
                f"{person} <{mlr}holdsRole> <{vocab.BASE}role/{name}> .",
            ]
    return "\n".join([*lines, ""]).encode()


@pytest.fixture(scope="module")
def departments(graphs: Graphs) -> Graphs:
    asserted = [*graphs[vocab.ASSERTED], *ntriples.parse(_departments(260))]
    return {vocab.ASSERTED: asserted, vocab.INFERRED: list(infer(asserted))}


def _work(graphs: Graphs, role: str) -> set[object]:
    iri, does = f"{vocab.BASE}role/{role}", f"{vocab.MLR}hasResponsibility"
    return {
        t.object
        for triples in graphs.values()
        for t in triples
        if str(t.subject) == f"<{iri}>" and t.predicate.value == does
    }


def test_the_one_of_many_people_who_does_it_is_found(departments: Graphs) -> None:
    ontology = [t for t in departments[vocab.ASSERTED] if is_schema(t)]
    asking = Explainer(ontology, Asked(over(departments)))
    covers = ox.NamedNode(f"{vocab.MLR}covers")
    rare = _work(departments, "ml-hardware-engineer") - _work(departments, "data-engineer")
    assert rare
    for number in range(3):
        person = ox.NamedNode(f"{_EX}t{number}p{253 - number * 97}")
        for work in rare:
            found = asking.explain(ox.Triple(ox.NamedNode(f"{_EX}team{number}"), covers, work))  # type: ignore[arg-type] # a name
            assert found.status == "inferred"
            assert found.note == ""
            assert any(person in _terms(step) for step in found.derivations), (number, work)


def _terms(step: Step) -> set[object]:
    own = {part.term for part in step.triple}
    return own.union(*map(_terms, step.premises))


def test_an_explanation_ends_when_its_time_is_over(departments: Graphs) -> None:
    select = over(departments)

    def slow(text: str, seconds: float | None = None) -> object:
        assert seconds is not None
        assert seconds <= 2.0
        time.sleep(0.05)
        return select(text)

    ontology = [t for t in departments[vocab.ASSERTED] if is_schema(t)]
    asking = Explainer(ontology, Asked(slow), seconds=0.5)  # type: ignore[arg-type] # rows
    covers = ox.NamedNode(f"{vocab.MLR}covers")
    work = ox.NamedNode(f"{vocab.BASE}responsibility/none")
    begun = time.monotonic()
    found = asking.explain(ox.Triple(ox.NamedNode(f"{_EX}team0"), covers, work))
    assert found.status == "absent"
    assert time.monotonic() - begun < 8  # the search, and some seconds for words
    with pytest.raises(QueryTimeoutError, match="was not found out"):
        Explainer(ontology, Asked(slow), seconds=0.0).explain(ox.Triple(work, covers, work))  # type: ignore[arg-type] # rows


def test_names_in_the_place_of_blank_nodes_are_told_as_expressions(graphs: Graphs) -> None:
    published = {name: list(skolem.named(triples)) for name, triples in graphs.items()}
    asserted = list(skolem.renamed(published[vocab.ASSERTED]))
    asking = Explainer(asserted, Asked(over(published)))
    found = asking.explain(parse("role:mlops-engineer", "a", "mlr:DualSkillRole"))
    (axiom,) = {step.axiom for step in found.derivations}
    assert "requires skill value" in axiom
