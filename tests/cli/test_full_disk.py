"""A disk that is full: told, and what was there before stays. A limit to files stands for it."""

import os
import re
import signal
import subprocess
import sys
import time
from http.client import IncompleteRead
from pathlib import Path
from urllib.request import urlopen

import pytest

LARGE = "SELECT*%7B?a?b?c.?d?e?f%7DLIMIT+300000"
pytestmark = pytest.mark.slow

#: KiB that a file may have: less than a closure, a release's files or RocksDB's have.
SMALL = 64


def run(place: Path, command: str, limit: int = SMALL) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", f"ulimit -f {limit}; exec {sys.executable} -m mlroles {command}"],
        cwd=place,
        env={**os.environ, "MLROLES_CACHE_DIR": str(place / "cache")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("build --out out", "The release cannot be written"),
        ("load --store out", "The store cannot be written"),
    ],
)
def test_what_cannot_be_written_is_told_and_nothing_half_made_stays(
    tmp_path: Path, command: str, told: str
) -> None:
    ended = run(tmp_path, command)
    assert ended.returncode == 1
    assert told in ended.stderr
    assert "too large" in ended.stderr
    assert "Traceback" not in ended.stderr
    left = {path.name for path in tmp_path.rglob("*")} - {"cache", "out", "lock"}
    assert left == set()


def test_a_closure_that_cannot_be_kept_stops_no_query(tmp_path: Path) -> None:
    ended = run(tmp_path, "query 'ASK { ?role a <https://w3id.org/mlroles/ontology#Role> }'")
    assert (ended.returncode, ended.stdout.strip()) == (0, "true")
    assert "cannot be kept" in ended.stderr
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_log_that_cannot_be_written_stops_no_request_and_an_answer_breaks_off(
    tmp_path: Path,
) -> None:
    command = f"ulimit -f 1; exec {sys.executable} -m mlroles serve --port 0 --access-log log"
    with subprocess.Popen(
        ["bash", "-c", command], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr is not None
        address = None
        while address is None:
            address = re.search(r"http://[\d.:]+", server.stderr.readline())
        for _ in range(20):
            with urlopen(f"{address[0]}/sparql?query=ASK%7B%7D", timeout=20) as answer:  # noqa: S310 - ours
                assert answer.status == 200
        with urlopen(f"{address[0]}/sparql?query={LARGE}", timeout=20) as answer:  # noqa: S310 - ours
            time.sleep(1)  # so that it has to be kept
            with pytest.raises((IncompleteRead, ConnectionError)):
                answer.read()
        server.send_signal(signal.SIGTERM)
        assert "Traceback" not in server.stderr.read()
    assert 0 < (tmp_path / "log").stat().st_size <= 1024
    assert server.returncode == 0
