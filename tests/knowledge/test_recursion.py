"""Rules that feed each other go on until nothing new follows, and no longer."""

import contextlib
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

import recursive
from house import PREFIXES
from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import is_schema
from mlroles.knowledge.reasoning.closure import close
from mlroles.knowledge.reasoning.compiled import Schema, infer
from mlroles.knowledge.reasoning.evaluation import Local, evaluate, planned
from mlroles.knowledge.reasoning.facts import Facts
from mlroles.knowledge.reasoning.materialization import Materialization
from mlroles.knowledge.reasoning.noise import inferred
from stored import stored

_CASES = pytest.mark.parametrize("case", recursive.CASES.values(), ids=recursive.CASES.keys())


@_CASES
def test_the_same_follows_as_by_owlrl(case: recursive.Case) -> None:
    triples = _triples(case.turtle(7))
    found = list(infer(triples))
    assert set(found) == stored(inferred(close(triples)))
    assert len(found) == len(set(found)) == case.inferred(7)


@_CASES
def test_of_more_data_as_much_follows_as_there_is_to_find(case: recursive.Case) -> None:
    assert len(list(infer(_triples(case.turtle(150))))) == case.inferred(150)


@_CASES
def test_what_is_added_and_taken_away_leaves_what_a_fresh_run_finds(case: recursive.Case) -> None:
    triples = _triples(case.turtle(12))
    facts = [triple for triple in triples if not is_schema(triple)]
    grown = Materialization(triple for triple in triples if triple not in facts[3:6])
    before = set(grown.inferred())
    new = grown.add(facts[3:6])
    assert set(grown.inferred()) == set(infer(triples)) == before | set(new)
    grown.remove(facts[3:6])
    assert set(grown.inferred()) == before


def test_a_link_between_two_chains_takes_no_longer_than_a_fresh_run() -> None:
    """Joined with what follows already, pair by pair, it took 20 s."""
    triples = _triples(recursive.CASES["a transitive property"].turtle(300))
    grown = Materialization(triple for triple in triples if triple != triples[150])
    begun = time.process_time()
    new = grown.add([triples[150]])
    assert time.process_time() - begun < 5
    assert len(new) == 150 * 151 - 1  # from each of one half to each of the other
    assert set(grown.inferred()) == set(infer(triples))


def test_chains_in_a_circle_take_time_of_what_follows() -> None:
    """Joined in the order of sizes, where some are empty at first, it took four times as long."""
    begun = time.process_time()
    assert len(list(infer(_circle(10_000)))) == 1_000 * len(list(infer(_circle(10))))
    assert time.process_time() - begun < 10  # two seconds on an idle processor


def _circle(size: int) -> list[ox.Triple]:
    axioms = ((":r", ":a :b :m"), (":a", ":e :r"), (":m", ":r :f"))
    turtle = "".join(f"{p} owl:propertyChainAxiom ( {chain} ) ." for p, chain in axioms)
    for n in range(size):
        turtle += f":x{n} :e :y{n} . :w{n} :f :v{n} . :y{n} :r :w{n} . :w{n} :b :y{n} ."
    return _triples(recursive.PREFIXES + turtle)


@pytest.mark.parametrize(
    ("name", "repeated"),
    [
        ("a symmetric property", 0),
        ("properties and a value in a circle", 0),
        ("a property along one that is transitive", 1),  # the transitive one
        ("a property along another", 1),
        ("a class of what leads to it", 1),
    ],
)
def test_what_can_be_told_of_rules_alone_is_not_repeated(name: str, repeated: int) -> None:
    triples = list(skolem.named(_triples(recursive.CASES[name].turtle(3))))
    plan = planned(Schema(filter(is_schema, triples)).rules_of_data, Local(Facts(triples)))
    assert sum(stratum.recursive for stratum in plan) == repeated


def test_a_chain_takes_time_and_memory_of_what_follows() -> None:
    """In a process of its own, whose memory is what it took at most."""
    case = recursive.CASES["a transitive property"]
    ended = subprocess.run(
        [sys.executable, "-c", _MEASURED],
        input=case.turtle(400),
        capture_output=True,
        check=True,
        text=True,
    )
    found, seconds, megabytes = map(float, ended.stdout.split())
    assert found == case.inferred(400)
    assert seconds < 5  # a second on an idle processor
    assert megabytes < 200


_MEASURED = """
import resource, sys, time
import pyoxigraph as ox
from mlroles.knowledge.reasoning.compiled import infer
triples = [quad.triple for quad in ox.parse(sys.stdin.buffer, ox.RdfFormat.TURTLE)]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begun = time.process_time()
found = sum(1 for _ in infer(triples))
taken = time.process_time() - begun
print(found, taken, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def test_each_triple_is_told_once_and_progress_with_them() -> None:
    case, told = recursive.CASES["a transitive property"], list[str]()
    triples = list(skolem.named(_triples(case.turtle(300))))
    rules = Schema(filter(is_schema, triples)).rules_of_data
    evaluate(rules, Local(Facts(triples)), told.append)
    assert "Reasoning: 40,000 triples found" in told


@pytest.mark.parametrize(
    ("axioms", "facts", "begun"),
    [
        pytest.param(
            "ex:p a owl:TransitiveProperty .",
            lambda: (f"ex:x{n} ex:p ex:x{n + 1} ." for n in range(3_000)),
            r"Reasoning: \d+,\d+ triples found",
            id="triple by triple",
        ),
        pytest.param(
            "ex:q a owl:ObjectProperty ; rdfs:label 'q'@en ; rdfs:comment 'q'@en ;"
            " owl:propertyChainAxiom ( ex:p [ owl:inverseOf ex:p ] ) .",
            lambda: (f"ex:x{n} ex:p ex:y ." for n in range(2_500)),
            r"Reasoning: \d+ of \d+",
            id="in one long join",
        ),
    ],
)
def test_an_interruption_ends_it_at_once_with_a_line_and_nothing_written(
    axioms: str, facts: Callable[[], Iterable[str]], begun: str, tmp_path: Path
) -> None:
    data, out, cache = tmp_path / "data.ttl", tmp_path / "out", tmp_path / "cache"
    axioms += " ex:p a owl:ObjectProperty ; rdfs:label 'p'@en ; rdfs:comment 'p'@en .\n"
    data.write_text(PREFIXES + axioms + "\n".join(facts()))
    command = [sys.executable, "-m", "mlroles", "build", "--out", str(out), "--data", str(data)]
    ours, theirs = pty.openpty()
    environment = {**os.environ, "MLROLES_CACHE_DIR": str(cache)}
    with subprocess.Popen(command, stderr=theirs, env=environment) as process:
        os.close(theirs)
        told = _read(ours, until=begun)
        time.sleep(1.5)  # in the long join
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(20)
    assert time.monotonic() - sent < 2  # it takes no tenth where nobody else is at work
    told += _read(ours)
    assert process.returncode == -signal.SIGINT
    assert re.split(r"[\r\n]+", told)[-2:] == ["\x1b[2Kmlroles: interrupted", ""]
    assert not out.exists()
    assert not list(cache.glob("*"))


def _read(terminal: int, until: str = "$.^") -> str:
    """Return what comes from a terminal, to its end or to a pattern."""
    told = ""
    with contextlib.suppress(OSError):  # nobody is at the other end any more
        while not re.search(until, told) and (more := os.read(terminal, 1000)):
            told += more.decode()
    return told


def _triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)]
