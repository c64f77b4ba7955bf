"""Rules that feed each other find all that follows, at once or as the data grows, and no more."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlroles.knowledge.reasoning.binding import TYPE, Atom, BoundRule
from mlroles.knowledge.reasoning.evaluation import Local, evaluate
from mlroles.knowledge.reasoning.facts import Facts
from mlroles.knowledge.reasoning.fixpoint import Fixpoint
from mlroles.knowledge.reasoning.progress import silent
from mlroles.knowledge.reasoning.strata import Step, key
from steps import CLASSES, DATA, NAMES, PROPERTIES, VARIABLES, steps, store, update
from stored import stored

_X, _Y, _Z = VARIABLES[:3]
_P, _Q = PROPERTIES
_A, _B = CLASSES


def _rule(head: Atom, *body: Atom) -> BoundRule:
    return BoundRule("test", head, body)


#: The forms that axioms give.
_FORMS = [
    _rule((_X, _P, _Z), (_X, _P, _Y), (_Y, _P, _Z)),  # transitive
    _rule((_X, _Q, _Z), (_X, _Q, _Y), (_Y, _Q, _Z)),
    _rule((_Y, _P, _X), (_X, _P, _Y)),  # symmetric
    _rule((_Y, _P, _X), (_X, _Q, _Y)),  # inverse
    _rule((_Y, _Q, _X), (_X, _P, _Y)),
    _rule((_X, _P, _Y), (_X, _Q, _Y)),  # wider
    _rule((_X, _P, _Z), (_X, _P, _Y), (_Y, _Q, _Z)),  # chains
    _rule((_X, _Q, _Z), (_X, _P, _Y), (_Y, _Q, _Z)),
    _rule((_X, TYPE, _A), (_X, _P, _Y), (_Y, TYPE, _A)),  # some value
    _rule((_Y, TYPE, _B), (_X, TYPE, _A), (_X, _P, _Y)),  # all values
    _rule((_X, _Q, NAMES[0]), (_X, TYPE, _B)),  # a value
    _rule((_X, TYPE, _A), (_X, _Q, NAMES[1])),
]
_any_rule = steps().map(lambda step: BoundRule("test", step.heads[0], step.body))
#: Without literals: where something is said of one, the rules leave it to owlrl.
_DATA = DATA.map(lambda those: [t for t in those if not isinstance(t.object, ox.Literal)])
_rules = st.lists(st.sampled_from(_FORMS) | _any_rule, min_size=1, max_size=5, unique=True)


def _closed(triples: set[ox.Triple], rules: list[BoundRule]) -> set[ox.Triple]:
    """Return what follows and was not given, by going through all rules until nothing is new."""
    there, size = store(triples), -1
    while size != len(there):
        size = len(there)
        for rule in rules:
            update(there, [rule.head], rule.body)
    return {quad.triple for quad in there} - stored(triples)


def _added(facts: Facts) -> list[ox.Triple]:
    return list(facts.triples(facts.added(lambda _: True)))


@settings(max_examples=400, deadline=None)
@given(_rules, _DATA)
def test_all_that_follows_is_found_and_each_triple_once(
    rules: list[BoundRule], triples: list[ox.Triple]
) -> None:
    facts = Facts(triples)
    evaluate(rules, Local(facts))
    found = _added(facts)
    assert set(found) == _closed(set(triples), rules)
    assert len(found) == len(set(found))


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(_rules, _DATA, st.lists(st.tuples(_DATA, st.booleans()), max_size=3))
def test_what_grows_is_what_a_fresh_run_finds_and_what_is_taken_back_leaves_nothing(
    rules: list[BoundRule], triples: list[ox.Triple], more: list[tuple[list[ox.Triple], bool]]
) -> None:
    facts, given_ = Facts(triples), set(triples)
    evaluate(rules, Local(facts))
    own = [Step((rule.head,), rule.body) for rule in rules]
    fixpoint = Fixpoint(facts, own, {key(atom) for step in own for atom in step.body})
    for new, is_kept in more:
        before = facts.sizes()
        fixpoint.extend(facts.add(new), silent)
        everything = stored(given_ | set(new)) | _closed(given_ | set(new), rules)
        assert stored(given_) | set(_added(facts)) == everything
        if is_kept:
            given_ |= set(new)
        else:
            facts.shrink(before)
            assert stored(given_) | set(_added(facts)) == stored(given_) | _closed(given_, rules)
