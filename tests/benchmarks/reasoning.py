"""Reasoners side by side, each in a process of its own.

``python tests/benchmarks/reasoning.py`` prints a table. An organisation of so many people over our ontology is closed by owlrl, by reasonable (which knows
no property chains) and by ours. Seconds are those of reasoning, without reading the files; memory
is the most that the process held. Needs: pip install reasonable.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyoxigraph as ox

import organisation
from mlroles import config
from mlroles.knowledge import load, ntriples
from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import is_schema
from mlroles.knowledge.reasoning.closure import close
from mlroles.knowledge.reasoning.compiled import Schema, close_store
from mlroles.knowledge.reasoning.materialization import Materialization

#: owlrl takes more than a minute for so many triples, and grows faster than they do.
_OWLRL_MOST = 100_000
_JOINING = 21


def _ours(file: Path) -> tuple[float, int, int]:
    triples = list(skolem.named(ntriples.parse(file.read_bytes())))
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples)
    before = len(store)
    begun = time.perf_counter()
    close_store(Schema(filter(is_schema, triples)), store)
    return time.perf_counter() - begun, before, len(store)


def _owlrl(file: Path) -> tuple[float, int, int]:
    triples = ntriples.parse(file.read_bytes())
    begun = time.perf_counter()
    closure = close(triples)
    return time.perf_counter() - begun, len(triples), len(closure.levels)


def _reasonable(file: Path) -> tuple[float, int, int]:
    import reasonable  # noqa: PLC0415 - the others do not need it

    reasoner = reasonable.PyReasoner()
    reasoner.load_file(str(file))
    begun = time.perf_counter()
    found = reasoner.reason()
    return time.perf_counter() - begun, file.read_bytes().count(b"\n"), len(found)


def _one_more(file: Path) -> tuple[float, int, int]:
    """Return the median of adding one person to all that is closed already."""
    known = file.read_bytes()
    grown = Materialization(ntriples.parse(known))
    roles, skills = organisation.members(known, "Role"), organisation.members(known, "Skill")
    before, taken = len(grown.asserted), []
    for number in range(_JOINING):
        name = before + number  # nobody's yet
        lines = organisation.person(
            name, teams=[number], roles=[roles[number % len(roles)]], skills=skills[:4]
        )
        triples = ntriples.parse("".join(lines).encode())
        begun = time.perf_counter()
        grown.add(triples)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken), before, len(grown.asserted) + len(grown.inferred())


REASONERS: Mapping[str, Callable[[Path], tuple[float, int, int]]] = {
    "owlrl": _owlrl,
    "reasonable": _reasonable,
    "mlroles": _ours,
    "mlroles, one person more": _one_more,
}


def main() -> None:
    """Print the table, or run one reasoner and print what it took as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        seconds, triples, closed = REASONERS[given.one[0]](Path(given.one[1]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps([seconds, triples, closed, peak]))
        return
    print("| people | triples | reasoner | seconds | triples closed | memory, MB |")
    print("|--:|--:|---|--:|--:|--:|")
    for people in given.people:
        _compare(people)


def _compare(people: int) -> None:
    known = load(cache_dir=config.settings().cache_dir)
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "organisation.ttl"
        lines = "".join(organisation.ntriples(people, known.asserted)).encode()
        file.write_bytes(known.asserted + lines)
        for name in REASONERS:
            if name == "owlrl" and lines.count(b"\n") > _OWLRL_MOST:
                continue
            command = [sys.executable, __file__, "--one", name, str(file)]
            ended = subprocess.run(command, capture_output=True, text=True, check=True)
            seconds, triples, closed, peak = json.loads(ended.stdout)
            print(
                f"| {people:,} | {triples:,} | {name} | {seconds:.3g} | {closed:,} |"
                f" {peak / 1e6:,.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
