"""``/metrics``: what a server has done and does now, for Prometheus."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

from flask import Blueprint, Flask, Response, current_app
from prometheus_client import CollectorRegistry, disable_created_metrics, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from mlroles import __version__
from mlroles.errors import MlrolesError
from mlroles.web import headers
from mlroles.web.generations import Generations

blueprint = Blueprint("metrics", __name__)

_EXTENSION = "mlroles.metrics"
_SECONDS = (
    0.001,
    0.0025,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1.0,
    2.5,
    5.0,
    10.0,
    30.0,
    60.0,
)
_OTHER = "other"
_METHODS = {"GET", "HEAD", "POST", "QUERY", "OPTIONS"}


class Metrics:
    """Counts what a server does. For the event loop's thread; anyone may read.

    Counting is on the path of every request, kept answers too: plain numbers, which are put into
    the library's form when somebody asks.
    """

    def __init__(self, generations: Generations, routes: Iterable[str]) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call] # when a count began tells nobody anything
        self.registry = CollectorRegistry()
        self.under_way = 0
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.seconds: dict[str, _Durations] = {}
        self.lookups = {"hit": 0, "miss": 0}
        self.outcomes = {"whole": 0, "broken": 0, "left": 0}
        self._routes = frozenset(routes)
        self.registry.register(_Collector(self, generations))
        ProcessCollector(registry=self.registry)

    def answered(self, path: str, method: str, status: int, seconds: float, outcome: str) -> None:
        """Note the end of a request, whose answer is ``whole``, or broke off, or nobody heard."""
        self.outcomes[outcome] += 1
        route = self._route(path)
        self.requests[route, method if method in _METHODS else _OTHER, status] += 1
        durations = self.seconds.get(route)
        if durations is None:
            durations = self.seconds[route] = _Durations()
        durations.counts[bisect_left(_SECONDS, seconds)] += 1
        durations.total += seconds

    def looked_up(self, *, hit: bool) -> None:
        """Note whether an answer was kept."""
        self.lookups["hit" if hit else "miss"] += 1

    def _route(self, path: str) -> str:
        """Return the first part of a path that we know: nobody's guess becomes a label."""
        if path in self._routes:
            return path
        first = f"/{path[1:].partition('/')[0]}"
        return first if first in self._routes else _OTHER


class _Durations:
    """How many requests took up to each of the bounds, and what they took together."""

    def __init__(self) -> None:
        self.counts = [0] * (len(_SECONDS) + 1)
        self.total = 0.0

    def buckets(self) -> list[tuple[str, float]]:
        """Return the bounds with how many were not above them."""
        bounds = [*map(str, _SECONDS), "+Inf"]
        return list(zip(bounds, map(float, accumulate(self.counts)), strict=True))


class _Collector(Collector):
    """Puts counts, and the state of engine and dataset, into the library's form."""

    def __init__(self, metrics: Metrics, generations: Generations) -> None:
        self._metrics = metrics
        self._generations = generations

    def collect(self) -> Iterable[Metric]:
        """Yield the metrics."""
        info = GaugeMetricFamily("mlroles_info", "Always 1.", labels=["version"])
        info.add_metric([__version__], 1)
        yield info
        yield from self._of_requests()
        yield from self._of_engine()
        yield _counter(
            "mlroles_reloads", "Reloads by outcome.", "outcome", self._generations.outcomes
        )
        yield self._triples()

    def _of_requests(self) -> Iterable[Metric]:
        requests = CounterMetricFamily(
            "mlroles_requests",
            "Requests answered, by route, method and status; 0 for a client that left before.",
            labels=["route", "method", "status"],
        )
        for (route, method, status), count in sorted(self._metrics.requests.items()):
            requests.add_metric([route, method, str(status)], count)
        yield requests
        seconds = HistogramMetricFamily(
            "mlroles_request_seconds",
            "Seconds from the request's head to the answer's end.",
            labels=["route"],
        )
        for route, durations in sorted(self._metrics.seconds.items()):
            seconds.add_metric([route], durations.buckets(), durations.total)
        yield seconds
        yield _counter(
            "mlroles_cache_lookups",
            "Requests by whether their answer was kept.",
            "result",
            self._metrics.lookups,
        )
        yield _counter(
            "mlroles_answers",
            "Answers by whether they are whole, broke off, or their client left before.",
            "outcome",
            self._metrics.outcomes,
        )
        yield GaugeMetricFamily(
            "mlroles_requests_under_way", "Requests under way.", self._metrics.under_way
        )

    def _of_engine(self) -> Iterable[Metric]:
        load = self._generations.current.services.engine.load()
        yield GaugeMetricFamily("mlroles_workers", "Query processes.", load.workers)
        yield GaugeMetricFamily("mlroles_workers_busy", "Those at work.", load.busy)
        yield GaugeMetricFamily("mlroles_queue_length", "Queries that wait.", load.waiting)
        yield _counter(
            "mlroles_workers_ended",
            "Query processes that ended, by cause.",
            "cause",
            self._generations.ended(),
        )

    def _triples(self) -> Metric:
        family = GaugeMetricFamily("mlroles_triples", "Triples by graph.", labels=["graph"])
        try:
            facts = self._generations.current.services.facts
        except MlrolesError:  # too busy to count; they are counted once
            return family
        family.add_metric(["asserted"], facts.asserted)
        family.add_metric(["inferred"], facts.inferred)
        return family


def _counter(name: str, told: str, label: str, counts: dict[str, int]) -> Metric:
    family = CounterMetricFamily(name, told, labels=[label])
    for value, count in sorted(counts.items()):
        family.add_metric([value], count)
    return family


def init_app(app: Flask, generations: Generations) -> None:
    """Let an application count what it does; its routes are known by now."""
    paths = (str(rule) for rule in app.url_map.iter_rules())
    routes = {f"/{path[1:].partition('/')[0]}" for path in paths}
    app.extensions[_EXTENSION] = Metrics(generations, {it for it in routes if "<" not in it})


def of_app(app: Flask | None = None) -> Metrics:
    """Return the metrics of an application, by default the current one."""
    found: Metrics = (app or current_app).extensions[_EXTENSION]
    return found


@blueprint.get("/metrics")
def metrics() -> Response:
    """Tell the metrics in Prometheus's text format."""
    headers.keep_none()
    return Response(generate_latest(of_app().registry), content_type=CONTENT_TYPE_LATEST)
