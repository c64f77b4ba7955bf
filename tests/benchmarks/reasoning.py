"""Reasoners side by side, each in a process of its own.

``python tests/benchmarks/reasoning.py`` prints a table. An organisation of so many people over our
ontology is closed by owlrl, as it is and as we use it (without the noise that is stripped at the
end), by reasonable (which knows no property chains) and by ours. Seconds are those of reasoning,
without reading the files, and how many of them a processor was at work for it; memory is the most
that the process held. ``loaded`` only reads the triples that ours closed, which is as little as a
store of them can hold. Where owlrl runs, what it finds is compared with ours, triple by triple.
Needs: pip install reasonable.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyoxigraph as ox

import organisation
from mlroles import config
from mlroles.knowledge import load
from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import is_schema
from mlroles.knowledge.reasoning.closure import close
from mlroles.knowledge.reasoning.compiled import Schema, is_told, saturate
from mlroles.knowledge.reasoning.facts import Facts
from mlroles.knowledge.reasoning.materialization import Materialization
from mlroles.knowledge.reasoning.noise import inferred
from stored import stored

#: owlrl takes two minutes for so many triples, and grows faster than they do.
_OWLRL_MOST = 100_000
_JOINING = 21


class Taken(NamedTuple):
    """What a reasoner took, and how many triples there were before it and after.

    ``work`` are seconds of a processor, which others at work on the machine do not add to.
    """

    seconds: float
    work: float
    triples: int
    closed: int


class _Clock:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._begun = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Return how many have passed, and how many of them of work."""
        seconds, work = self._begun
        return time.perf_counter() - seconds, time.process_time() - work


def _ours(file: Path) -> Taken:
    schema = list(skolem.named(filter(is_schema, _triples(file))))
    facts = Facts(_triples(file))
    before = len(facts)
    clock = _Clock()
    saturate(Schema(schema), facts)
    found = sum(1 for _ in facts.triples(facts.added(is_told)))
    taken = Taken(*clock.read(), before, before + found)
    with _closed(file).open("wb") as out:
        ox.serialize(facts.triples(facts.added(is_told)), out, ox.RdfFormat.N_TRIPLES)
        ox.serialize(skolem.named(_triples(file)), out, ox.RdfFormat.N_TRIPLES)
    return taken


def _loaded(file: Path) -> Taken:
    store = ox.Store()
    clock = _Clock()
    store.bulk_extend(ox.Quad(*triple) for triple in _triples(_closed(file)))
    return Taken(*clock.read(), len(store), len(store))


def _owlrl(file: Path) -> Taken:
    """Reason by owlrl as anybody would."""
    import owlrl  # noqa: PLC0415 - the others need no more of it than a part
    import rdflib  # noqa: PLC0415 - as above

    graph = rdflib.Graph().parse(file, format="nt")
    before = len(graph)
    clock = _Clock()
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return Taken(*clock.read(), before, len(graph))


def _our_owlrl(file: Path) -> Taken:
    """Reason by owlrl as we use it: without what is stripped at the end, see ``closure``."""
    triples = list(_triples(file))
    clock = _Clock()
    closure = close(triples)
    taken = Taken(*clock.read(), len(triples), len(closure.levels))
    told = stored(inferred(closure))
    found = stored(_triples(_closed(file))) - stored(skolem.named(triples))
    if told - stored(triples) != found:
        sys.exit(f"owlrl and mlroles differ in {len(told ^ found):,} triples")
    return taken


def _reasonable(file: Path) -> Taken:
    import reasonable  # noqa: PLC0415 - the others do not need it

    reasoner = reasonable.PyReasoner()
    reasoner.load_file(str(file))
    clock = _Clock()
    found = reasoner.reason()
    return Taken(*clock.read(), file.read_bytes().count(b"\n"), len(found))


def _one_more(file: Path) -> Taken:
    """Return the median of adding one person to all that is closed already."""
    grown = Materialization(_triples(file))
    known = file.read_bytes()
    roles, skills = organisation.members(known, "Role"), organisation.members(known, "Skill")
    before, taken = len(grown.asserted), []
    for number in range(_JOINING):
        name = before + number  # nobody's yet
        lines = organisation.person(
            name, teams=[number], roles=[roles[number % len(roles)]], skills=skills[:4]
        )
        triples = [q.triple for q in ox.parse("".join(lines).encode(), ox.RdfFormat.N_TRIPLES)]
        clock = _Clock()
        grown.add(triples)
        taken.append(clock.read())
    seconds, work = map(statistics.median, zip(*taken, strict=True))
    return Taken(seconds, work, before, len(grown.asserted) + len(grown.inferred()))


def _triples(file: Path) -> Iterator[ox.Triple]:
    return (q.triple for q in ox.parse(path=str(file), format=ox.RdfFormat.N_TRIPLES))


def _closed(file: Path) -> Path:
    """Return where the closed triples of a file are kept."""
    return file.with_suffix(".closed")


#: In order: ours leaves what the others read.
REASONERS: Mapping[str, Callable[[Path], Taken]] = {
    "mlroles": _ours,
    "loaded": _loaded,
    "owlrl": _owlrl,
    "owlrl without noise": _our_owlrl,
    "reasonable": _reasonable,
    "mlroles, one person more": _one_more,
}


def main() -> None:
    """Print the tables, or run one reasoner and print what it took as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--only", choices=REASONERS, nargs="+", default=list(REASONERS))
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        taken = REASONERS[given.one[0]](Path(given.one[1]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps([*taken, peak]))
        return
    print("| people | triples | reasoner | seconds | of work | triples closed | memory, MB |")
    print("|--:|--:|---|--:|--:|--:|--:|")
    sizes = [_compare(people, given.only) for people in given.people]
    for found in sizes:
        _tell(found)
    for less, more in pairwise(sizes):
        (one, _), (other, _) = less["mlroles"], more["mlroles"]
        ratio = (other.work / other.triples) / (one.work / one.triples)
        print(f"From {one.triples:,} to {other.triples:,} triples: {ratio:.2f} times linear.")


_Found = dict[str, tuple[Taken, int]]


def _compare(people: int, names: list[str]) -> _Found:
    known = load(cache_dir=config.settings().cache_dir)
    found: _Found = {}
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "organisation.ttl"  # by the name reasonable knows the format
        with file.open("wb") as out:
            out.write(known.asserted)
            out.writelines(line.encode() for line in organisation.ntriples(people, known.asserted))
        for name in names:
            if name.startswith("owlrl") and found["mlroles"][0].triples > _OWLRL_MOST:
                continue
            command = [sys.executable, __file__, "--one", name, str(file)]
            ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            *numbers, peak = json.loads(ended.stdout)
            taken = Taken(*numbers)
            found[name] = taken, peak
            print(
                f"| {people:,} | {taken.triples:,} | {name} | {taken.seconds:.3g} |"
                f" {taken.work:.3g} | {taken.closed:,} | {peak / 1e6:,.0f} |",
                flush=True,
            )
    return found


def _tell(found: _Found) -> None:
    """Print how ours compares with the others."""
    ours, memory = found["mlroles"]
    told = [
        f"{name} works {found[name][0].work / ours.work:.1f} times as long"
        for name in ("owlrl", "owlrl without noise", "reasonable")
        if name in found
    ]
    if "owlrl without noise" in found:
        told.append("what owlrl finds is what mlroles finds, but for the noise")
    if "loaded" in found:
        told.append(f"memory is {memory / found['loaded'][1]:.2f} times that of what is loaded")
    if told:
        print(f"\n{ours.triples:,} triples on {os.cpu_count()} processors: {'; '.join(told)}.")


if __name__ == "__main__":
    main()
