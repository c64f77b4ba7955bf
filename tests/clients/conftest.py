"""One running server for every client. ``pytest tests/clients --transcript`` prints what is said."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from serving import serving

Note = Callable[[object, object], None]
_LINES = 12  # of an answer that a transcript shows


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run print what clients and server say."""
    parser.addoption("--transcript", action="store_true", help="print what each client asks")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print each request with its answer, in the order of the tests."""
    if not config.getoption("--transcript"):
        return
    for report in terminalreporter.getreports("passed"):
        notes = [note for kind, note in report.user_properties if kind == "transcript"]
        if notes:
            terminalreporter.section(report.nodeid.partition("::")[2], sep="─")
            terminalreporter.write_line("\n\n".join(map(str, notes)))


@pytest.fixture(scope="session")
def server(closures: Path) -> Iterator[str]:
    """Yield the address of a running server."""
    with serving(f"exec {sys.executable} -m mlroles serve", closures, {}) as started:
        yield started.address


@pytest.fixture(scope="session")
def endpoint(server: str) -> str:
    """Return the address of its endpoint."""
    return f"{server}/sparql"


@pytest.fixture
def note(record_property: Callable[[str, object], None], endpoint: str) -> Note:
    """Return what puts a request and its answer into the transcript."""

    def take(asked: object, answered: object) -> None:
        lines = str(answered).strip().splitlines()
        shown = [*lines[:_LINES], *(["…"] if len(lines) > _LINES else [])]
        text = "\n".join([f"> {line}" for line in str(asked).strip().splitlines()] + shown)
        record_property("transcript", text.replace(endpoint, "http://127.0.0.1:8000/sparql"))

    return take
