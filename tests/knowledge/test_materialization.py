"""A closed dataset that grows and shrinks is what a fresh one would be."""

import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import organisation
from mlroles.errors import KnowledgeError
from mlroles.knowledge import load, ntriples
from mlroles.knowledge.reasoning.binding import is_schema
from mlroles.knowledge.reasoning.compiled import Undecided, infer
from mlroles.knowledge.reasoning.materialization import Materialization
from ontologies import PREFIXES, ontologies


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(ontologies(constraints=1), st.integers(0, 1000))
def test_what_is_added_is_as_if_it_had_been_there(turtle: str, seed: int) -> None:
    triples = _triples(turtle)
    facts = sorted((t for t in triples if not is_schema(t)), key=str)
    added = set(random.Random(seed).sample(facts, len(facts) // 2))  # noqa: S311 - no secret
    try:
        grown = Materialization(t for t in triples if t not in added)
    except (Undecided, KnowledgeError):
        return  # and so is all of it
    before = set(grown.inferred())
    try:
        expected = set(infer(triples))
    except Undecided:
        with pytest.raises(Undecided):
            grown.add(added)
        assert set(grown.inferred()) == before
        return
    new = grown.add(added)
    assert set(grown.inferred()) == expected
    assert set(new) == expected - before
    grown.remove(added)
    assert set(grown.inferred()) == before


def test_a_new_axiom_counts_for_what_is_there() -> None:
    grown = Materialization(_triples(PREFIXES + ":p a owl:ObjectProperty . :a :p :b ."))
    new = grown.add(_triples(PREFIXES + ":p rdfs:domain :A . :A a owl:Class ."))
    assert "<https://example.org/a>" in {str(t.subject) for t in new}


def test_an_interruption_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    turtle = ":p a owl:TransitiveProperty . :a :p :b . :c :p :d ."
    grown = Materialization(_triples(PREFIXES + turtle))

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(grown, "_doubt", interrupted)
        with pytest.raises(KeyboardInterrupt):
            grown.add(_triples(PREFIXES + ":b :p :c ."))
    assert grown.inferred() == []
    assert len(grown.add(_triples(PREFIXES + ":b :p :c ."))) == 3


@pytest.mark.slow
@pytest.mark.parametrize("new", [":y5 :r :z .", ":p rdfs:domain :A . :A a owl:Class . :y5 :r :z ."])
def test_an_interruption_anywhere_leaves_nothing_half_done(new: str) -> None:
    """Of the lines that work on facts each tenth or so; an axiom makes them close all anew."""
    turtle = PREFIXES + ":s owl:propertyChainAxiom ( :p :r ) . :t a owl:TransitiveProperty ."
    turtle += "".join(f":x{n} :p :y{n} . :x{n} :t :x{n + 1} ." for n in range(10))
    old, added = _triples(turtle), _triples(PREFIXES + new)
    fresh, lines = Materialization(old), list[int]()
    before = _state(fresh)
    with _interrupted(after=sys.maxsize, counted=lines):
        assert fresh.add(added)
    after = _state(fresh)
    for line in range(0, len(lines), max(1, len(lines) // 60)):
        grown = Materialization(old)
        with pytest.raises(KeyboardInterrupt), _interrupted(after=line, counted=[]):
            grown.add(added)
        assert _state(grown) in (before, after)
        grown.add(added)
        assert _state(grown) == after


def _state(grown: Materialization) -> tuple[frozenset[ox.Triple], frozenset[ox.Triple]]:
    return grown.asserted, frozenset(grown.inferred())


@contextmanager
def _interrupted(after: int, counted: list[int]) -> Iterator[None]:
    """Raise KeyboardInterrupt after so many lines of the modules that work on facts; count them."""

    def trace(frame: FrameType, event: str, _: object) -> Any:
        if Path(frame.f_code.co_filename).name not in _ON_FACTS:
            return None
        if event == "line":
            counted.append(frame.f_lineno)
            if len(counted) == after + 1:
                raise KeyboardInterrupt
        return trace

    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(None)


_ON_FACTS = {"facts.py", "joining.py", "bodies.py", "fixpoint.py", "materialization.py"}


def test_a_chain_is_joined_by_what_is_known_however_little_there_was_at_first() -> None:
    """The order of joins was that of the sizes at first, when there was nothing."""
    grown = Materialization(_triples(PREFIXES + ":s owl:propertyChainAxiom ( :p :q :r ) ."))
    size, some = 6_000, 400
    for place in range(0, size, some):
        pairs = (f":x{n} :p :y{n} . :y{n} :q :z{n} ." for n in range(place, place + some))
        grown.add(_triples(PREFIXES + "".join(pairs)))
    begun = time.process_time()
    for place in range(0, size, some):
        ends = (f":z{n} :r :w{n} ." for n in range(place, place + some))
        assert len(grown.add(_triples(PREFIXES + "".join(ends)))) == some
    assert time.process_time() - begun < 2  # a tenth of it on an idle processor


@pytest.mark.slow
def test_a_person_who_joins_our_graph_gains_what_a_fresh_run_gives(closures: Path) -> None:
    known = load(cache_dir=closures).asserted
    lines = list(organisation.ntriples(40, known))
    person = [line for line in lines if "person/7>" in line]
    others = ntriples.parse(known + "".join(sorted(set(lines) - set(person))).encode())
    grown = Materialization(others)
    assert grown.add(ntriples.parse("".join(person).encode()))
    everything = known + "".join(lines).encode()
    assert set(grown.inferred()) == set(infer(ntriples.parse(everything)))


def _triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)]
