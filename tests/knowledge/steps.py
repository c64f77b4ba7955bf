"""Triples and steps that nobody would think of, over few names, so that they meet."""

from collections.abc import Iterable, Sequence

import pyoxigraph as ox
from hypothesis import strategies as st

from mlroles.knowledge.reasoning.binding import TYPE, Atom, Part
from mlroles.knowledge.reasoning.strata import Step, pattern

EX = "https://example.org/"
NAMES = [ox.NamedNode(EX + name) for name in "abc"]
LITERALS = [
    ox.Literal("a"),
    ox.Literal("a", language="en"),
    ox.Literal("1.50", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    ox.Literal(1),
]
PROPERTIES = [ox.NamedNode(EX + name) for name in "pq"]
CLASSES = [ox.NamedNode(EX + name) for name in "AB"]
VARIABLES = [ox.Variable(f"v{number}") for number in range(4)]

_named = st.sampled_from(NAMES)
DATA = st.lists(
    st.builds(ox.Triple, _named, st.sampled_from(PROPERTIES), st.sampled_from(NAMES + LITERALS))
    | st.builds(ox.Triple, _named, st.just(TYPE), st.sampled_from(CLASSES)),
    max_size=25,
)
_part: st.SearchStrategy[Part] = st.sampled_from(VARIABLES) | _named


def store(triples: Iterable[ox.Triple]) -> ox.Store:
    """Return a store of the triples."""
    found = ox.Store()
    found.bulk_extend(ox.Quad(*triple) for triple in triples)
    return found


def update(there: ox.Store, heads: Sequence[Atom], body: Sequence[Atom]) -> None:
    """Add what follows from a body, as SPARQL has it."""
    there.update(f"INSERT {{ {pattern(heads)} }} WHERE {{ {pattern(body)} }}")


def _atom(subject: Part, predicate: Part, value: Part) -> Atom:
    return subject, predicate, value


ATOMS = st.builds(_atom, _part, st.sampled_from(PROPERTIES), _part) | st.builds(
    _atom, _part, st.just(TYPE), st.sampled_from(CLASSES)
)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """Draw a step whose heads speak of its variables, and of names."""
    body = draw(st.lists(ATOMS, min_size=1, max_size=4))
    known = [part for atom in body for part in atom if isinstance(part, ox.Variable)]
    told = st.sampled_from([*known, *NAMES])
    heads = st.builds(_atom, told, st.sampled_from(PROPERTIES), told) | st.builds(
        _atom, told, st.just(TYPE), st.sampled_from(CLASSES)
    )
    return Step(tuple(draw(st.lists(heads, min_size=1, max_size=3))), tuple(body))
