"""The README's first command, from a copy of the checkout to the answers of all saved queries."""

import csv
import io
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import page
from mlroles.vocab import shorten
from page import ROOT
from serving import Serving, serving

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

_EXPECTED = sorted((ROOT / "tests" / "queries" / "expected").glob("*.csv"))
_NOT_COPIED = shutil.ignore_patterns(".git", ".venv*", "*_cache", ".hypothesis", "__pycache__")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Yield a server that was installed and started by the README's command, word for word."""
    place = tmp_path_factory.mktemp("fresh")
    checkout, cache = place / "checkout", place / "cache"
    shutil.copytree(ROOT, checkout, ignore=_NOT_COPIED)
    (block,) = [block for block in page.blocks("sh") if block.heading == "Run it"]
    with serving(block.content, checkout, {"MLROLES_CACHE_DIR": str(cache)}) as started:
        yield started


@pytest.mark.parametrize("path", _EXPECTED, ids=lambda path: path.stem)
def test_a_fresh_install_answers(fresh: Serving, path: Path) -> None:
    address = f"{fresh.address}/queries/{path.stem}/results?format=csv"
    with urllib.request.urlopen(address, timeout=60) as response:  # noqa: S310 - our own server
        answer = list(csv.reader(io.TextIOWrapper(response, "utf-8", newline="")))
    with path.open(encoding="utf-8", newline="") as file:
        assert [[_short(cell) for cell in row] for row in answer] == list(csv.reader(file))


def _short(cell: str) -> str:
    return shorten(cell) if cell.startswith(("http://", "https://")) else cell
