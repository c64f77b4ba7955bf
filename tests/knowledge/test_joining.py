"""A step finds in numbered facts what the same step finds as SPARQL in a store."""

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import Atom
from mlroles.knowledge.reasoning.evaluation import Local
from mlroles.knowledge.reasoning.facts import Facts
from mlroles.knowledge.reasoning.joining import Join, ends
from mlroles.knowledge.reasoning.strata import Step, pattern
from steps import ATOMS, DATA, NAMES, PROPERTIES, VARIABLES, steps, store, update
from stored import stored


@settings(max_examples=400, deadline=None)
@given(DATA, steps())
def test_a_step_adds_what_an_update_adds(triples: list[ox.Triple], step: Step) -> None:
    facts, there = Facts(triples), store(triples)
    Local(facts).conclude(step)
    before = {quad.triple for quad in there}
    for head in step.heads:  # each sees what those before it found
        update(there, [head], step.body)
    added = list(facts.triples(facts.added(lambda _: True)))
    assert set(added) == {quad.triple for quad in there} - before
    assert len(added) == len(set(added))


@settings(max_examples=200, deadline=None)
@given(DATA, st.lists(ATOMS, min_size=1, max_size=4), st.data())
def test_what_variables_stand_for_is_what_sparql_selects(
    triples: list[ox.Triple], body: list[Atom], data: st.DataObject
) -> None:
    known = sorted({p for atom in body for p in atom if isinstance(p, ox.Variable)}, key=str)
    asked = data.draw(st.lists(st.sampled_from(known), max_size=2, unique=True)) if known else []
    facts = Facts(triples)
    join = Join(facts, [ends(facts, atom) for atom in body])
    told = [tuple(map(facts.term, row)) for row in join.distinct(asked)]
    names = " ".join(map(str, asked)) or "(1 AS ?one)"
    found = store(triples).query(f"SELECT DISTINCT {names} WHERE {{ {pattern(body)} }}")
    assert isinstance(found, ox.QuerySolutions)
    assert set(told) == {tuple(row[name] for name in asked) for row in found}
    assert len(told) == len(set(told))


@settings(max_examples=100, deadline=None)
@given(DATA, DATA)
def test_what_was_added_can_be_taken_away(given_: list[ox.Triple], added: list[ox.Triple]) -> None:
    facts = Facts(given_)
    join = Join(facts, [ends(facts, (VARIABLES[0], PROPERTIES[0], NAMES[0]))])
    before, rows = facts.sizes(), set(join.rows())  # makes the index by value
    new = facts.add(added)
    assert set(facts.triples(facts.added(lambda _: True))) == stored(added) - stored(given_)
    assert set(facts.news(before)) == set(new)
    facts.shrink(before)
    assert not list(facts.news({}))
    assert set(join.rows()) == rows
    assert facts.add(added) == new


def test_a_blank_node_and_its_name_are_one() -> None:
    node = ox.BlankNode("b0")
    facts = Facts([ox.Triple(node, PROPERTIES[0], node)])
    assert facts.add([ox.Triple(skolem.name(node), PROPERTIES[0], skolem.name(node))]) == []
