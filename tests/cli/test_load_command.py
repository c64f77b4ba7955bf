"""``mlroles load`` and what is then served from disk."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import extra

pytestmark = pytest.mark.slow

COUNT = "SELECT (COUNT(*) AS ?n) { <https://example.org/one> ?p ?o }"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mlroles", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def ask(store: Path, *data: str) -> str:
    asked = run("query", COUNT, "--store", str(store), "--format", "csv", *data)
    assert asked.returncode == 0, asked.stderr
    return asked.stdout.split()[1]


def test_what_was_loaded_is_served_and_asked_from_disk(tmp_path: Path) -> None:
    store, data = tmp_path / "store", extra.write(tmp_path)
    loaded = run("load", "--store", str(store), *data)
    assert "triples asserted" in loaded.stdout.removeprefix(f"{store}: "), loaded.stderr
    dataset = (store / "current").resolve()
    assert int(ask(store, *data)) > 1
    assert (store / "current").resolve() == dataset
    assert ask(store) == "0"  # without the data, it is another dataset, loaded on the way
    assert (store / "current").resolve() != dataset


def test_a_load_that_is_killed_leaves_the_old_and_stops_nobody(tmp_path: Path) -> None:
    store, data = tmp_path / "store", extra.write(tmp_path)
    assert ask(store) == "0"
    before = (store / "current").resolve()
    with subprocess.Popen(
        [sys.executable, "-m", "mlroles", "load", "--store", str(store), *data],
        stderr=subprocess.DEVNULL,
    ) as process:
        while not list(store.glob("draft-*")):
            time.sleep(0.001)
            assert process.poll() is None
        os.kill(process.pid, signal.SIGKILL)
    assert (store / "current").resolve() == before
    assert list(store.glob("draft-*"))
    assert ask(store) == "0"
    assert int(ask(store, *data)) > 1  # nobody holds the lock any more
    assert not list(store.glob("draft-*"))


def test_where_to_load_must_be_said_and_be_no_address(tmp_path: Path) -> None:
    for arguments in ([], ["--store", "http://127.0.0.1:1/sparql"]):
        told = run("load", *arguments)
        assert told.returncode == 1
        assert "must be a directory" in told.stderr
    (tmp_path / "thesis.tex").touch()
    told = run("load", "--store", str(tmp_path))
    assert told.returncode == 1
    assert "holds other files" in told.stderr
