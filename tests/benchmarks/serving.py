"""Our server, Oxigraph's, rdflib-endpoint and Virtuoso side by side in one run.

``python tests/benchmarks/serving.py`` prints tables in Markdown; ``--json FILE`` and
``--plot FILE`` write the figures and a plot. All hold the same triples: our closed graph; then an
organisation over our ontology, for heavy queries and large results, which is too large for
rdflib-endpoint. rdflib-endpoint does not get through all saved queries in a load's time: it is asked
three quick ones, and of all one pass, in which a query that takes longer than a limit counts so long.
While one is measured the others are stopped. Figures are medians of rounds in which each has its
turn. Needs wrk, Virtuoso, and rdflib-endpoint on PATH.
"""

import argparse
import contextlib
import functools
import json
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlencode
from urllib.request import Request, urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "stores"))

import contenders
import organisation
import plot
import questions
import wrk
from contenders import Contender
from mlroles import config, vocab
from mlroles.knowledge import load

_CONNECTIONS = (1, 8, 64)
_MILLION = 1_000_000
_SLOW = "rdflib-endpoint"
_ON_DISK = "mlroles-store"
_LONGEST = "60"  # seconds that one answer may take
#: What was measured, to the name of a server, to its figure; None where there is none.
Figures: TypeAlias = dict[str, dict[str, float | None]]


def main() -> None:
    """Measure and print."""
    given = _given()
    signal.signal(signal.SIGTERM, _leave)
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as directory:
        work = Path(directory)
        if "small" in given.parts:
            _small(work / "ours", given, figures)
        if "large" in given.parts:
            _large(work / "organisation", given, figures)
    print(_table(figures))
    if given.json:
        told = {"figures": figures, "ratios to Oxigraph's server": _ratios(figures)}
        given.json.write_text(json.dumps(told, indent=1) + "\n")
    if given.plot:
        given.plot.parent.mkdir(exist_ok=True)
        given.plot.write_text(plot.svg(figures))


def _leave(_number: int, _frame: object) -> None:
    sys.exit("ended")  # after the servers


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--parts", nargs="+", choices=["small", "large"], default=["small", "large"]
    )
    parser.add_argument(
        "--servers", nargs="+", default=[name for name in contenders.STARTS if name != _ON_DISK]
    )
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=3, help="of each load")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    return parser.parse_args()


def _small(work: Path, given: argparse.Namespace, figures: Figures) -> None:
    """Measure the saved queries over our closed graph."""
    with contextlib.ExitStack() as stack:
        running = _start(stack, work, (), given.servers, figures)
        figures["memory before any load, MB"] = _memory(running)
        quick = [one for one in running if one.name != _SLOW]
        for fresh in (False, True):
            kind = "never-repeated" if fresh else "repeated"
            for connections in _CONNECTIONS:
                name = f"all saved queries, {kind}, {connections} connections, a second"
                figures[name] = _rates(quick, questions.saved(), connections, given, fresh=fresh)
                if connections == 1 and not fresh:
                    figures[name] |= {one.name: _pass(one) for one in running if one not in quick}
            name = f"three quick ones, {kind}, 8 connections, a second"
            figures[name] = _rates(running, questions.quick(), 8, given, fresh=fresh)
        figures["memory after the saved queries, MB"] = _memory(running)


def _large(work: Path, given: argparse.Namespace, figures: Figures) -> None:
    """Measure heavy queries and large results over an organisation."""
    work.mkdir()
    file = work / "organisation.ttl"
    known = load(cache_dir=config.settings().cache_dir).asserted
    file.write_text("".join(organisation.ntriples(given.people, known)))
    servers = [name for name in [*given.servers, _ON_DISK] if name != _SLOW]
    with contextlib.ExitStack() as stack:
        running = _start(stack, work, (file,), servers, None)
        for media_type, name in (("text/csv", "CSV"), (contenders.JSON, "JSON")):
            figures[f"a million rows of {name}, s"] = _in_turn(
                running, given.rounds, functools.partial(_million, media_type)
            )
        for fresh in (False, True):
            name = f"heavy queries, {'never-repeated' if fresh else 'repeated'}, 8 connections"
            figures[f"{name}, a second"] = _rates(
                running, questions.heavy(), 8, given, fresh=fresh, least=5
            )
        figures["memory with the organisation, MB"] = _memory(running)


def _start(
    stack: contextlib.ExitStack,
    work: Path,
    turtle: tuple[Path, ...],
    servers: Sequence[str],
    figures: Figures | None,
) -> list[Contender]:
    """Start each server twice, and let the second start stand, stopped."""
    running: list[Contender] = []
    quads = work / "closed.nq"
    for name in ["mlroles", *(one for one in servers if one != "mlroles")]:
        directory = work / name
        directory.mkdir(parents=True)
        start = contenders.STARTS[name]
        with start(directory, quads, turtle) as first:
            if name == "mlroles":
                quads.write_bytes(_closed(first))
        _say(f"{name} was started; once more")
        one = stack.enter_context(start(directory, quads, turtle))
        one.pause()
        running.append(one)
    if figures is not None:
        figures["second start to first answer, s"] = {one.name: one.started for one in running}
    return running


def _closed(one: Contender) -> bytes:
    """Return both graphs of our server as N-Quads."""
    pieces = []
    for graph in (vocab.ASSERTED, vocab.INFERRED):
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        lines = _get(one, query, "application/n-triples").splitlines()
        pieces += [line[:-1] + f"<{graph}> .\n".encode() for line in lines]
    return b"".join(pieces)


def _rates(  # noqa: PLR0913 - one load, as it is told to wrk
    running: Sequence[Contender],
    queries: Sequence[str],
    connections: int,
    given: argparse.Namespace,
    *,
    fresh: bool,
    least: int = 0,
) -> dict[str, float | None]:
    """Return the answers in a second; none where a request failed and none was answered."""
    seconds = max(given.seconds, least)

    def rate(one: Contender) -> float | None:
        paths = [one.path(query) for query in queries]
        url = "/".join(one.endpoint.split("/", 3)[:3])
        text = f"at{time.monotonic_ns()}" if fresh else ""
        found = wrk.load(
            url, paths, contenders.JSON, connections=connections, seconds=seconds, fresh=text
        )
        failed = f", {found.failed} failed" if found.failed else ""
        _say(f"  {one.name}: {found.rate:,.1f}, p99 {found.slowest:,.1f} ms{failed}")
        return found.rate or None

    _say(f"{connections} connections, {'never-repeated' if fresh else 'repeated'}")
    return _in_turn(running, given.rounds, rate)


def _pass(one: Contender) -> float:
    """Return the answers in a second of one pass over all saved queries, one at a time."""
    answered = 0
    one.resume()
    begun = time.perf_counter()
    for query in questions.saved():
        with contextlib.suppress(subprocess.CalledProcessError):  # it took longer than it may
            _length(one, query, contenders.JSON)
            answered += 1
    taken = time.perf_counter() - begun
    one.pause()
    _say(f"  {one.name}: {answered} answers in {taken:.1f} s")
    return answered / taken


def _memory(running: Sequence[Contender]) -> dict[str, float | None]:
    return {one.name: one.memory() / 1e6 for one in running}


def _million(media_type: str, one: Contender) -> float | None:
    begun = time.perf_counter()
    query = f"{questions.rows(_MILLION)} # {time.monotonic_ns()}"
    try:
        size = _length(one, query, media_type)
    except subprocess.CalledProcessError:
        _say(f"  {one.name}: no million rows of {media_type} within {_LONGEST} s")
        return None
    taken = time.perf_counter() - begun
    _say(f"  {one.name}: {size / 1e6:,.0f} MB of {media_type} in {taken:.2f} s")
    return taken


def _in_turn(
    running: Sequence[Contender], rounds: int, measure: Callable[[Contender], float | None]
) -> dict[str, float | None]:
    """Return the median of each server's rounds; the slow one has one round only."""
    found: dict[str, list[float]] = {one.name: [] for one in running}
    for number in range(rounds):
        for one in running:
            if number and one.name == _SLOW:
                continue
            one.resume()
            figure = measure(one)
            one.pause()
            found[one.name] += [] if figure is None else [figure]
    return {name: statistics.median(some) if some else None for name, some in found.items()}


def _length(one: Contender, query: str, media_type: str) -> int:
    """Return the bytes of an answer, taken in by a program that does nothing else."""
    url = f"{one.endpoint}?{urlencode([*one.extra, ('query', query)])}"
    command = ["curl", "-sf", "-m", _LONGEST, "-o", "/dev/null", "-w", "%{size_download}"]
    command += ["-H", f"Accept: {media_type}", url]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(ended.stdout)


def _get(one: Contender, query: str, media_type: str) -> bytes:
    request = Request(  # noqa: S310 - on loopback
        f"{one.endpoint}?{urlencode([*one.extra, ('query', query)])}",
        headers={"Accept": media_type},
    )
    with urlopen(request) as answer:  # noqa: S310 - as above
        content: bytes = answer.read()
    return content


def _ratios(figures: Figures) -> dict[str, dict[str, float]]:
    """Return each figure as a part of Oxigraph's; of seconds and bytes, less is better."""
    found: dict[str, dict[str, float]] = {}
    for name, row in figures.items():
        base: Any = row.get("Oxigraph's server")
        if base:
            found[name] = {who: round(v / base, 3) for who, v in row.items() if v is not None}
    return found


def _table(figures: Figures) -> str:
    names = list(dict.fromkeys(name for row in figures.values() for name in row))
    lines = [f"| | {' | '.join(names)} |", f"|---|{'--:|' * len(names)}"]
    for what, row in figures.items():
        told = (_told(row.get(name)) for name in names)
        lines.append(f"| {what} | {' | '.join(told)} |")
    return "\n".join(lines)


def _told(figure: float | None) -> str:
    if figure is None:
        return "-"
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
