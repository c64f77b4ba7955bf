"""What holds for every test."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from mlroles.sparql import diagnose

#: The table of checks, and the order of the files.
pytest_plugins = ["checks", "schedule"]

#: The one reason for which a test may be skipped where CI is set.
_MAY_SKIP = "the W3C suite is not at"

_Report = TypeVar("_Report", pytest.TestReport, pytest.CollectReport)


@pytest.fixture(scope="session", autouse=True)
def closures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return where all tests keep their closures: the user's cache is left alone.

    What several tests load, ours above all, is reasoned over once in a run.
    """
    directory = tmp_path_factory.mktemp("closures")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLROLES_CACHE_DIR", str(directory))
        yield directory


@pytest.fixture(scope="session", autouse=True)
def grammar() -> None:
    """Build the grammar once: each of a hundred pools is forked from here, and has it then."""
    diagnose("SELECT", "")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a skipped test fail in CI: what it looks for must be there."""
    return _without_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let a skipped module fail in CI."""
    return _without_skip((yield))


def _without_skip(report: _Report) -> _Report:
    expected = hasattr(report, "wasxfail")  # a known failure, which pytest counts as skipped
    if os.environ.get("CI") and report.skipped and not expected:
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        if _MAY_SKIP not in str(reason):
            report.outcome = "failed"
            report.longrepr = f"Skipped, which no test may be in CI: {reason}"
    return report
