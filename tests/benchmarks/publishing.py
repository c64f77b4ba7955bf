"""How long it takes to publish an organisation to other stores, and whether all arrives.

``python tests/benchmarks/publishing.py`` publishes 10,000 people to Oxigraph's server and to
Virtuoso, each on loopback, reads the closure back that was found there, and prints seconds and
whether it is ours, triple by triple. ``--people 100000`` makes 0.9 M triples.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "stores"))

import organisation
import targets
import virtuoso
from mlroles import config
from mlroles.knowledge import KnowledgeBase, load
from mlroles.store.publishing import publish
from mlroles.store.remote import RemoteStore
from targets import Target

#: Pages of 8 kB that Virtuoso keeps in memory, and rows that it gives at most, as it comes.
_BUFFERS, _ROWS = 170_000, 10_000
#: Bytes that one update may log: as it comes 50 million, too few to move a graph of two million.
_LOG = 2_000_000_000


@contextmanager
def _virtuoso(location: Path) -> Iterator[Target]:
    with virtuoso.running(location, rows=_ROWS, buffers=_BUFFERS, log=_LOG) as server:
        server.allow_updates()
        yield Target(server.endpoint, server.endpoint)


STORES = {"Oxigraph's server": targets.oxigraph, "Virtuoso": _virtuoso}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--store", choices=list(STORES), action="append")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        known = _knowledge(Path(directory), given.people)
        ours = [t.count(b"\n") for t in (known.asserted, known.inferred)]
        digest = sha256(known.asserted + known.inferred).hexdigest()[:12]
        print(
            f"{given.people:,} people: {ours[0]:,} triples stated, {ours[1]:,} inferred, {digest}"
        )
        print("| store | uploading, s | reasoning, s | comparing all, s | swapping, s | the same |")
        print("|---|--:|--:|--:|--:|---|")
        for name in given.store or STORES:
            location = Path(directory) / name.replace("'", "")
            location.mkdir()
            with STORES[name](location) as target:
                _publish(name, target, known)


def _knowledge(directory: Path, people: int) -> KnowledgeBase:
    cache = config.settings().cache_dir
    own = load(cache_dir=cache)
    file = directory / "organisation.ttl"
    file.write_text("".join(organisation.ntriples(people, own.asserted)), "utf-8")
    return load([file], cache_dir=directory / "cache")


def _publish(name: str, target: Target, known: KnowledgeBase) -> None:
    begun: dict[str, float] = {}

    def note(message: str) -> None:
        word = message.partition(":")[0]
        stage = word if word in _STAGES else "Reasoning"
        if stage not in begun:
            begun[stage] = time.perf_counter()
            print(f"{name}: {stage.lower()}", file=sys.stderr)

    publish(known, RemoteStore(target.query, target.update), note)  # raises if anything differs
    ended = [*(begun[stage] for stage in _STAGES if stage in begun), time.perf_counter()]
    seconds = " | ".join(f"{b - a:.1f}" for a, b in pairwise(ended))
    counts = set(target.counts().values())
    same = {t.count(b"\n") for t in (known.asserted, known.inferred)} <= counts
    print(f"| {name} | {seconds} | {'yes' if same else 'NO'} |", flush=True)


_STAGES = ("Uploading", "Reasoning", "Verifying", "Swapping")


if __name__ == "__main__":
    main()
