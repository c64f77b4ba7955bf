"""The README's table of checks is what ``pytest -m check`` prints, as far as no test need run."""

import re
import subprocess
import sys

import pytest

import page

_W3C = "W3C SPARQL 1.1"


@pytest.mark.slow
def test_the_table_of_checks_has_each_check_and_how_many_tests_it_has() -> None:
    sources = sorted((page.ROOT / "tests").rglob("test_*.py"))
    files = [path for path in sources if "mark.check(" in path.read_text("utf-8")]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "check", "--collect-only", "-q", *files],
        cwd=page.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    rows = re.findall(r"^\| (.+) \| (.+) \| (\d+) \|$", ended.stdout, re.MULTILINE)
    collected = {(name, tool): int(count) for name, tool, count in rows}
    assert len(collected) > 20
    (table,) = page.tables("What was checked")
    told = {(name, tool): _count(result) for name, tool, _, result in table}
    if not any(name.startswith(_W3C) for name, _ in collected):  # the suite is not beside us
        told = {check: count for check, count in told.items() if not check[0].startswith(_W3C)}
    assert told == collected


def _count(result: str) -> int:
    """Return how many tests a cell such as “326 passed, 12 known failures” tells of."""
    assert "failed" not in result
    return sum(int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", result))
