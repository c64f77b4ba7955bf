"""What the pages weigh and when they paint: ``python tests/browser/figures.py`` prints a table.

A fresh browser context for each round; medians; the server is on loopback.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

_HERE = Path(__file__).resolve()
sys.path.insert(0, str(_HERE.parents[1]))

from chromium import launched  # noqa: E402 - beside this file
from serving import serving  # noqa: E402 - beside this folder

_PAGES = {
    "home": "/",
    "a role": "/role/ml-engineer",
    "a saved query with its result": "/queries/closest-roles/results?role=data-analyst",
    "compare": "/compare?role=ml-engineer&role=data-scientist",
    "fit": "/fit?skill=statistics&skill=mathematics",
    "team": "/team",
    "ontology": "/ontology",
    "the query page, with its editor": "/sparql",
}
_ROUNDS = 5
_WEIGHT = """[...performance.getEntriesByType('navigation'),
  ...performance.getEntriesByType('resource')]
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
_REQUESTS = "1 + performance.getEntriesByType('resource').length"
_PAINT = """new Promise(done => new PerformanceObserver(list => done(
  list.getEntriesByName('first-contentful-paint')[0]?.startTime ?? list.getEntries()[0].startTime
)).observe({ type: 'paint', buffered: true }))"""


def measure(browser: Browser, address: str) -> list[str]:
    """Return a line of a Markdown table for each page."""
    lines = ["| page | kB, compressed | requests | first paint, ms |", "|---|--:|--:|--:|"]
    for name, path in _PAGES.items():
        rounds = [_once(browser, f"{address.rstrip('/')}{path}") for _ in range(_ROUNDS)]
        weight, requests, paint = (statistics.median(one) for one in zip(*rounds, strict=True))
        lines.append(f"| {name} | {weight / 1000:,.0f} | {requests:.0f} | {paint:,.0f} |")
    return lines


def _once(browser: Browser, url: str) -> tuple[float, float, float]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(url)
    paint = page.evaluate(_PAINT)
    page.wait_for_load_state("networkidle")
    found = page.evaluate(_WEIGHT), page.evaluate(_REQUESTS), paint
    context.close()
    return found


if __name__ == "__main__":
    with (
        tempfile.TemporaryDirectory() as place,
        serving(f"exec {sys.executable} -m mlroles serve", Path(place), {}) as server,
        launched() as browser,
    ):
        sys.stdout.write("\n".join(measure(browser, server.address)) + "\n")
