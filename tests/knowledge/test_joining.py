"""A step finds in numbered facts what the same step finds as SPARQL in a store."""

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import TYPE, Atom, Part
from mlroles.knowledge.reasoning.evaluation import Local
from mlroles.knowledge.reasoning.facts import Facts
from mlroles.knowledge.reasoning.joining import Join, ends
from mlroles.knowledge.reasoning.strata import Step, pattern
from stored import stored

_EX = "https://example.org/"
_NAMES = [ox.NamedNode(_EX + name) for name in "abc"]
_LITERALS = [
    ox.Literal("a"),
    ox.Literal("a", language="en"),
    ox.Literal("1.50", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    ox.Literal(1),
]
_PROPERTIES = [ox.NamedNode(_EX + name) for name in "pq"]
_CLASSES = [ox.NamedNode(_EX + name) for name in "AB"]
_VARIABLES = [ox.Variable(f"v{number}") for number in range(4)]

_named = st.sampled_from(_NAMES)
_triples = st.lists(
    st.builds(ox.Triple, _named, st.sampled_from(_PROPERTIES), st.sampled_from(_NAMES + _LITERALS))
    | st.builds(ox.Triple, _named, st.just(TYPE), st.sampled_from(_CLASSES)),
    max_size=25,
)
_part: st.SearchStrategy[Part] = st.sampled_from(_VARIABLES) | _named


def _atom(subject: Part, predicate: Part, value: Part) -> Atom:
    return subject, predicate, value


_atoms = st.builds(_atom, _part, st.sampled_from(_PROPERTIES), _part) | st.builds(
    _atom, _part, st.just(TYPE), st.sampled_from(_CLASSES)
)


@st.composite
def _steps(draw: st.DrawFn) -> Step:
    body = draw(st.lists(_atoms, min_size=1, max_size=4))
    known = [part for atom in body for part in atom if isinstance(part, ox.Variable)]
    told = st.sampled_from([*known, *_NAMES])
    heads = st.builds(_atom, told, st.sampled_from(_PROPERTIES), told) | st.builds(
        _atom, told, st.just(TYPE), st.sampled_from(_CLASSES)
    )
    return Step(tuple(draw(st.lists(heads, min_size=1, max_size=3))), tuple(body))


@settings(max_examples=400, deadline=None)
@given(_triples, _steps())
def test_a_step_adds_what_an_update_adds(triples: list[ox.Triple], step: Step) -> None:
    facts, store = Facts(triples), _store(triples)
    Local(facts).conclude(step)
    before = {quad.triple for quad in store}
    for head in step.heads:  # each sees what those before it found
        store.update(f"INSERT {{ {pattern([head])} }} WHERE {{ {pattern(step.body)} }}")
    added = list(facts.triples(facts.added(lambda _: True)))
    assert set(added) == {quad.triple for quad in store} - before
    assert len(added) == len(set(added))


@settings(max_examples=200, deadline=None)
@given(_triples, st.lists(_atoms, min_size=1, max_size=4), st.data())
def test_what_variables_stand_for_is_what_sparql_selects(
    triples: list[ox.Triple], body: list[Atom], data: st.DataObject
) -> None:
    known = sorted({p for atom in body for p in atom if isinstance(p, ox.Variable)}, key=str)
    asked = data.draw(st.lists(st.sampled_from(known), max_size=2, unique=True)) if known else []
    facts = Facts(triples)
    join = Join(facts, [ends(facts, atom) for atom in body])
    told = [tuple(map(facts.term, row)) for row in join.distinct(asked)]
    names = " ".join(map(str, asked)) or "(1 AS ?one)"
    found = _store(triples).query(f"SELECT DISTINCT {names} WHERE {{ {pattern(body)} }}")
    assert isinstance(found, ox.QuerySolutions)
    assert set(told) == {tuple(row[name] for name in asked) for row in found}
    assert len(told) == len(set(told))


@settings(max_examples=100, deadline=None)
@given(_triples, _triples)
def test_what_was_added_can_be_taken_away(given_: list[ox.Triple], added: list[ox.Triple]) -> None:
    facts = Facts(given_)
    join = Join(facts, [ends(facts, (_VARIABLES[0], _PROPERTIES[0], _NAMES[0]))])
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
    facts = Facts([ox.Triple(node, _PROPERTIES[0], node)])
    assert facts.add([ox.Triple(skolem.name(node), _PROPERTIES[0], skolem.name(node))]) == []


def _store(triples: list[ox.Triple]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples)
    return store
