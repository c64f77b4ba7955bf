"""A closed dataset that grows and shrinks is what a fresh one would be."""

import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


@pytest.mark.parametrize("lines", range(0, 120, 3))
def test_an_interruption_anywhere_leaves_what_was_there(lines: int) -> None:
    """After so many lines of what reasons; the axiom makes it close all anew."""
    turtle = ":p a owl:TransitiveProperty ; owl:inverseOf :q . :a :p :b . :c :p :d ."
    for new in (":b :p :c .", ":p rdfs:domain :A . :A a owl:Class . :b :p :c ."):
        grown, fresh = (Materialization(_triples(PREFIXES + turtle)) for _ in range(2))
        added = _triples(PREFIXES + new)
        with _interrupted(after=lines) as is_interrupted, suppress(KeyboardInterrupt):
            grown.add(added)
        if is_interrupted:
            assert set(grown.inferred()) == set(fresh.inferred())
            assert grown.asserted == fresh.asserted
            assert set(grown.add(added)) == set(fresh.add(added))
        assert set(grown.inferred()) == set(infer(_triples(PREFIXES + turtle + new)))


@contextmanager
def _interrupted(after: int) -> Iterator[list[bool]]:
    """Raise KeyboardInterrupt after so many lines of the modules that work on facts, once."""
    left, told = after, list[bool]()

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal left
        if Path(frame.f_code.co_filename).name not in _ON_FACTS:
            return None
        if event == "line" and not told:
            left -= 1
            if left < 0:
                told.append(True)
                raise KeyboardInterrupt
        return trace

    sys.settrace(trace)
    try:
        yield told
    finally:
        sys.settrace(None)


_ON_FACTS = {"facts.py", "joining.py", "bodies.py", "fixpoint.py", "materialization.py"}


def test_a_chain_is_joined_by_what_is_known_however_little_there_was_at_first() -> None:
    """The order of joins was that of the sizes at first, when there was nothing."""
    grown = Materialization(_triples(PREFIXES + ":s owl:propertyChainAxiom ( :p :q :r ) ."))
    pairs = [f":x{n} :p :y{n} . :y{n} :q :z{n} ." for n in range(3_000)]
    for place in range(0, 3_000, 300):
        grown.add(_triples(PREFIXES + "".join(pairs[place : place + 300])))
    last = _triples(PREFIXES + "".join(f":z{n} :r :w{n} ." for n in range(400)))
    begun = time.process_time()
    assert len(grown.add(last)) == 400
    assert time.process_time() - begun < 0.5  # a thousandth of it on an idle processor


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
