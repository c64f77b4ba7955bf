"""How long explanations take: of all that follows from ours, and in a large organisation.

``python tests/benchmarks/explaining.py`` prints a table: milliseconds of an explanation, the
median, the 99th percentile and the most. ``--people N`` adds an organisation of so many, whose
triples are asked for, as in a server, and not held; 100,000 people make 0.9 M triples.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyoxigraph as ox

import organisation
from mlroles import config, vocab
from mlroles.knowledge import load, ntriples
from mlroles.knowledge.asking import over
from mlroles.knowledge.explanation import Explainer
from mlroles.knowledge.reasoning.binding import is_schema
from mlroles.knowledge.reasoning.compiled import infer
from mlroles.knowledge.reasoning.known import Asked, Held

_SAMPLE = 500


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="*", default=[])
    people = parser.parse_args().people
    known = load(cache_dir=config.settings().cache_dir)
    print("| dataset | explained | median, ms | 99 %, ms | most, ms | without derivation |")
    print("|---|--:|--:|--:|--:|--:|")
    asserted, inferred = ntriples.parse(known.asserted), ntriples.parse(known.inferred)
    graphs = {vocab.ASSERTED: asserted, vocab.INFERRED: inferred}
    _tell("ours", Explainer(asserted, Held(graphs)), inferred)
    for number in people:
        lines = "".join(organisation.ntriples(number, known.asserted)).encode()
        asserted = ntriples.parse(known.asserted + lines)
        inferred = list(infer(asserted))
        graphs = {vocab.ASSERTED: asserted, vocab.INFERRED: inferred}
        explainer = Explainer([t for t in asserted if is_schema(t)], Asked(over(graphs)))
        some = random.Random(number).sample(inferred, _SAMPLE)  # noqa: S311 - no secret
        _tell(f"{number:,} people, {len(asserted) + len(inferred):,} triples", explainer, some)


def _tell(name: str, explainer: Explainer, triples: Iterable[ox.Triple]) -> None:
    taken, without = [], 0
    for triple in triples:
        begun = time.perf_counter()
        without += not explainer.explain(triple).derivations
        taken.append((time.perf_counter() - begun) * 1000)
    late = statistics.quantiles(taken, n=100)[98]
    print(
        f"| {name} | {len(taken):,} | {statistics.median(taken):.1f} | {late:.1f} |"
        f" {max(taken):.1f} | {without} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
