"""The table of checks: which tool, in which version, found what. ``pytest -m check`` prints it.

A test, or a module by its ``pytestmark``, takes part by ``@pytest.mark.check(name, tool)``.
"""

import json
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable
from importlib.metadata import version
from pathlib import Path

import pytest

Versions = dict[str, Callable[[], str]]

_NPM = Path(__file__).with_name("package.json")


def debian(package: str) -> Callable[[], str]:
    """Return what tells the version of a Debian package, without Debian's own part of it."""

    def tell() -> str:
        command = ["dpkg-query", "--show", "--showformat=${Version}", package]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        return found.stdout.rpartition("-")[0].rpartition(":")[2].partition("+")[0] or "missing"

    return tell


def python(distribution: str) -> Callable[[], str]:
    """Return what tells the version of a Python distribution."""
    return lambda: version(distribution)


def npm(package: str) -> Callable[[], str]:
    """Return what tells the version of an npm package that tests ask for."""
    return lambda: str(json.loads(_NPM.read_text("utf-8"))["dependencies"][package])


#: Where each tool's version is looked up.
TOOLS: Versions = {
    "Apache": debian("apache2-bin"),
    "Comunica": npm("@comunica/query-sparql-file"),
    "HermiT": lambda: f"of owlready2 {version('owlready2')}",
    "Jena": debian("libapache-jena-java"),
    "N3.js": npm("n3"),
    "OWL API": debian("libowlapi-java"),
    "Oxigraph": python("pyoxigraph"),
    "Oxigraph's command line": python("oxigraph"),
    "Virtuoso": debian("virtuoso-opensource-7-bin"),
    "mlroles": python("mlroles"),
    "owlrl": python("owlrl"),
    "pySHACL": python("pyshacl"),
    "raptor": debian("raptor2-utils"),
    "pytest": python("pytest"),
    "rdflib": python("rdflib"),
}


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line("markers", "check(name, tool): a row of the table of checks")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note in the report which check the test belongs to."""
    report = yield
    mark = item.get_closest_marker("check")
    if mark is not None:
        report.user_properties.append(("check", mark.args))
    return report


def pytest_collection_finish(session: pytest.Session) -> None:
    """Print how many tests each check has, where tests are only collected."""
    if session.config.option.collectonly:
        marks = (item.get_closest_marker("check") for item in session.items)
        for (name, tool), count in sorted(Counter(mark.args for mark in marks if mark).items()):
            print(f"| {name} | {tool} | {count} |")  # noqa: T201 - what --collect-only does


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table, if any test of it has run."""
    rows = table(
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport)
    )
    if rows:
        terminalreporter.section("checks")
        for row in rows:
            terminalreporter.write_line(row)


def table(reports: Iterable[pytest.TestReport]) -> list[str]:
    """Return the table in Markdown, one row for a check and tool; no lines without any."""
    outcomes: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for report in reports:
        check = dict(report.user_properties).get("check")
        if isinstance(check, tuple) and (report.when == "call" or report.outcome != "passed"):
            known = hasattr(report, "wasxfail") and report.outcome == "skipped"
            outcomes[check][report.nodeid] = "known" if known else report.outcome
    if not outcomes:
        return []
    rows = [
        f"| {name} | {tool} | {TOOLS[tool]()} | {_result(found.values())} |"
        for (name, tool), found in sorted(outcomes.items())
    ]
    return ["| Check | Tool | Version | Result |", "| --- | --- | --- | --- |", *rows]


def _result(outcomes: Iterable[str]) -> str:
    """Return how many tests passed; a known failure is one that its table gives the reason for."""
    found = Counter(outcomes)
    passed, known = found.pop("passed", 0), found.pop("known", 0)
    parts = [f"{passed:,} passed"]
    if known:
        parts.append(f"{known} known failure{'' if known == 1 else 's'}")
    if found:
        parts.append(f"**{found.total()} failed**")
    return ", ".join(parts)
