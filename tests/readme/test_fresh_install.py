"""The README's first command, from a copy of what git knows of the checkout to the answers of all saved queries."""

import csv
import io
import re
import shutil
import subprocess
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


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Yield a server that was installed and started by the README's command, word for word."""
    place = tmp_path_factory.mktemp("fresh")
    checkout, cache = place / "checkout", place / "cache"
    _copy_known(checkout)
    (block,) = [block for block in page.blocks("sh") if block.heading == "Run it"]
    with serving(block.content, checkout, {"MLROLES_CACHE_DIR": str(cache)}) as started:
        yield started


def _copy_known(checkout: Path) -> None:
    """Copy the files that git knows, as they are now: none that is ignored or was never added."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = [name for name in listed.stdout.decode().split("\0") if (ROOT / name).is_file()]
    assert len(names) > 100
    for name in filter(None, names):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, checkout / name)


def test_the_scripts_of_the_pages_are_built(fresh: Serving) -> None:
    page_ = _get(f"{fresh.address}/sparql?format=html")
    bundles = re.findall(r'(?:src|href)="(/static/built/[^"]+)"', page_)
    assert any("query.js" in name for name in bundles)
    for name in bundles:
        assert len(_get(f"{fresh.address}{name}")) > 1000


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as response:  # noqa: S310 - our own server
        content: bytes = response.read()
    return content.decode()


@pytest.mark.parametrize("path", _EXPECTED, ids=lambda path: path.stem)
def test_a_fresh_install_answers(fresh: Serving, path: Path) -> None:
    address = f"{fresh.address}/queries/{path.stem}/results?format=csv"
    with urllib.request.urlopen(address, timeout=60) as response:  # noqa: S310 - our own server
        answer = list(csv.reader(io.TextIOWrapper(response, "utf-8", newline="")))
    with path.open(encoding="utf-8", newline="") as file:
        assert [[_short(cell) for cell in row] for row in answer] == list(csv.reader(file))


def _short(cell: str) -> str:
    return shorten(cell) if cell.startswith(("http://", "https://")) else cell
