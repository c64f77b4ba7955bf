"""For each construct of OWL 2 RL the bound rules find what owlrl finds."""

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, assume, given, seed, settings

from agreement import compared, triples
from constructs import CONSTRUCTS, LEFT_TO_OWLRL, cases, plain
from mlroles import vocab
from mlroles.knowledge.reasoning import covered
from mlroles.knowledge.reasoning.binding import SAME, is_about_schema
from mlroles.knowledge.reasoning.compiled import Schema, Undecided, infer
from mlroles.knowledge.reasoning.rules import RULES
from mlroles.knowledge.reasoning.skolem import named

#: Random cases of each construct.
_CASES = 9
_LANGUAGES = (vocab.RDF, vocab.RDFS, vocab.OWL)


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_of_each_construct_the_same_follows(construct: str) -> None:
    outcome, found = compared(plain(construct))
    assert outcome == "equal"
    assert found


@pytest.mark.parametrize("construct", LEFT_TO_OWLRL)
def test_what_is_left_to_owlrl_is_said_to_be(construct: str) -> None:
    with pytest.raises(Undecided):
        infer(triples(plain(construct)))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_of_random_cases_in_which_something_follows_the_same_does() -> None:
    seen = {construct: _checked(construct, place) for place, construct in enumerate(CONSTRUCTS)}
    assert min(map(len, seen.values())) > 1
    assert len(set[str]().union(*seen.values())) >= 500


def _checked(construct: str, place: int) -> set[str]:
    """Return the cases of a construct of which something follows, and the same as by owlrl."""
    seen = set()

    @seed(place)
    @settings(
        max_examples=_CASES,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(cases(construct))
    def check(turtle: str) -> None:
        outcome, found = compared(turtle)
        assert outcome in {"equal", "contradiction", "equality", "malformed"}
        assume(outcome == "equal" and found)
        seen.add(turtle)

    check()
    return seen


def test_every_word_that_the_rules_cover_has_a_case() -> None:
    words = covered._PROPERTIES | covered._KINDS | {SAME.value}
    text = "\n".join(plain(construct) for construct in (*CONSTRUCTS, *LEFT_TO_OWLRL))
    used = {term.value for t in triples(text) for term in t if isinstance(term, ox.NamedNode)}
    assert words - used == {SAME.value}  # of which cases are in test_compiled.py


def test_every_rule_about_data_is_in_a_case() -> None:
    """A rule that is added without a case fails here."""
    rules = {r.name for r in RULES if not is_about_schema(r.head) and not r.name.startswith("eq-")}
    bound = {
        rule.name
        for construct in CONSTRUCTS
        for rule in Schema(named(triples(plain(construct)))).rules
    }
    assert rules - bound == {"prp-key", "cls-maxqc4"}  # see LEFT_TO_OWLRL
