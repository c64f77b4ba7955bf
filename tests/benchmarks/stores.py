"""The store in memory and the one on disk, side by side, each in a process of its own.

``python tests/benchmarks/stores.py`` prints a table: for an organisation of so many people over
our ontology, how long the first start and a later one take, what memory all processes hold
between them once the queries have run, and the median of each query over 9 runs on one worker.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import organisation
from mlroles import config, vocab
from mlroles.engine.opening import open_pool
from mlroles.knowledge import load
from mlroles.store import QueryRequest

_RUNS = 9
_PREFIXES = (
    f"PREFIX mlr: <{vocab.MLR}> PREFIX my: <{organisation.NAMESPACE}> PREFIX rdfs: <{vocab.RDFS}>\n"
)
QUERIES = {
    "one person": "SELECT * WHERE { <https://example.org/organisation/person/77> ?p ?o }",
    "a team's skills": """SELECT ?skill (COUNT(*) AS ?n)
        WHERE { ?it mlr:memberOf <https://example.org/organisation/team/7> ; mlr:hasSkill ?skill }
        GROUP BY ?skill""",
    "people by role": """SELECT ?role (COUNT(*) AS ?n)
        WHERE { ?it mlr:holdsRole ?role } GROUP BY ?role""",
    "all triples": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
}


def _measure(file: Path, work: Path, store: str) -> tuple[float, int, list[float]]:
    """Return seconds until ready, bytes held, and the median milliseconds of each query."""
    chosen = config.settings(
        {"data": (file,), "store": store, "workers": 1, "cache_dir": work, "timeout": 120.0}
    )
    begun = time.perf_counter()
    with closing(open_pool(chosen)) as pool:
        ready = time.perf_counter() - begun
        medians = []
        for text in QUERIES.values():
            taken = []
            for _ in range(_RUNS):
                start = time.perf_counter()
                b"".join(pool.run(QueryRequest(_PREFIXES + text, "text/csv")).chunks)
                taken.append((time.perf_counter() - start) * 1000)
            medians.append(statistics.median(taken))
        held = _held(pool.pid)
    return ready, held, medians


def _held(pid: int) -> int:
    """Return the bytes that a process and its children hold, what they share counted once."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    shares = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in (str(pid), *listed)]
    return 1024 * sum(
        int(line.split()[1]) for text in shares for line in text.splitlines() if "Pss:" in line
    )


def main() -> None:
    """Print the table, or measure one store and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        file, work, store = given.one
        print(json.dumps(_measure(Path(file), Path(work), store)))
        return
    names = " | ".join(f"{name}, ms" for name in QUERIES)
    print(f"| people | triples | store | first start, s | later, s | memory, MB | {names} |")
    print(f"|--:|--:|---|--:|--:|--:|{'--:|' * len(QUERIES)}")
    for people in given.people:
        _compare(people)


def _compare(people: int) -> None:
    known = load(cache_dir=config.settings().cache_dir)
    with tempfile.TemporaryDirectory() as directory:
        work = Path(directory)
        file = work / "organisation.ttl"
        file.write_text("".join(organisation.ntriples(people, known.asserted)))
        triples = 0
        for name, store in (("memory", ""), ("disk", str(work / "store"))):
            for closure in work.glob("*.closure"):
                closure.unlink()
            first = _run(file, work, store)[0]
            ready, held, medians = _run(file, work, store)
            triples = triples or _closed(work)
            told = " | ".join(f"{median:,.1f}" for median in medians)
            print(
                f"| {people:,} | {triples:,} | {name} | {first:.1f} | {ready:.1f} |"
                f" {held / 1e6:,.0f} | {told} |",
                flush=True,
            )


def _closed(work: Path) -> int:
    (closure,) = work.glob("*.closure")
    return closure.read_bytes().count(b" .\n")


def _run(file: Path, work: Path, store: str) -> tuple[float, int, list[float]]:
    command = [sys.executable, __file__, "--one", str(file), str(work), store]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    found: tuple[float, int, list[float]] = json.loads(ended.stdout)
    return found


if __name__ == "__main__":
    main()
