"""``mlroles build`` and ``mlroles validate``."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from house import House
from mlroles import paths

_MLROLES = [sys.executable, "-m", "mlroles"]


def _run(cache_dir: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*_MLROLES, *map(str, arguments)],
        env={**os.environ, "MLROLES_CACHE_DIR": str(cache_dir)},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def kept(closures: Path) -> Path:
    """Keep the closure of our own files before a test of this module looks."""
    assert _run(closures, "validate").returncode == 0
    return closures


def test_sound_files_are_counted(kept: Path) -> None:
    ended = _run(kept, "validate")
    files = {*paths.ONTOLOGY.rglob("*.ttl"), *paths.DATA.rglob("*.ttl")}
    files -= {paths.SHAPES, *paths.EXAMPLES.rglob("*.ttl")}
    assert ended.returncode == 0
    assert ended.stdout.startswith(f"{len(files)} files, ")
    assert ended.stdout.endswith(" triples: sound\n")
    assert ended.stderr == ""


def test_every_problem_is_told_with_its_place_and_the_exit_code_is_one(
    kept: Path, tmp_path: Path
) -> None:
    house = House(tmp_path)
    one = house.write("one.ttl", "ex:a a mlr:Rolle .\nex:b mlr:requiresSkil skill:statistics .")
    ended = _run(kept, "validate", one)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert f"{one}:9:8: mlr:Rolle is not declared." in ended.stderr
    assert f"{one}:10:6: mlr:requiresSkil is not declared." in ended.stderr
    assert "Did you mean mlr:requiresSkill" in ended.stderr
    assert ended.stderr.endswith("2 problems\n")


def test_a_syntax_error_and_a_missing_file_are_told(kept: Path, tmp_path: Path) -> None:
    bad = House(tmp_path).write("bad.ttl", "ex:a ex:b")
    assert (
        f"{bad}:8:" in _run(kept, "validate", bad).stderr
        or "bad.ttl:9:" in _run(kept, "validate", bad).stderr
    )
    ended = _run(kept, "validate", tmp_path / "none.ttl")
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"{tmp_path / 'none.ttl'}: There is no such file")


def test_a_build_is_written_and_counted(kept: Path, tmp_path: Path) -> None:
    ended = _run(kept, "build", "--out", tmp_path / "out")
    assert ended.returncode == 0, ended.stderr
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert ended.stdout.startswith(f"{len(names)} files in {tmp_path / 'out'}: ")
    assert {"asserted.ttl", "combined.trig", "alignment-esco.ttl", "ontology.rdf"} <= names
    assert {"data.jsonld", "store.nq", "w3id.htaccess", "SHA256SUMS"} <= names


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param("ex:a ex:b", id="syntax"),
        pytest.param("ex:a a mlr:Rolle .", id="undeclared"),
        pytest.param("ex:a a mlr:Role, mlr:Skill .", id="contradiction", marks=pytest.mark.slow),
    ],
)
def test_bad_data_leaves_the_earlier_build_untouched(
    kept: Path, tmp_path: Path, facts: str
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/asserted.ttl").write_text("earlier")
    bad = House(tmp_path).write("bad.ttl", facts)
    ended = _run(kept, "build", "--out", tmp_path / "out", "--data", bad)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"mlroles: {bad}:")
    assert "Traceback" not in ended.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["asserted.ttl"]
    assert (tmp_path / "out/asserted.ttl").read_text() == "earlier"


@pytest.mark.parametrize("command", ["build", "validate"])
def test_help_says_what_the_command_does(kept: Path, command: str) -> None:
    ended = _run(kept, command, "--help")
    assert ended.returncode == 0
    assert "Usage: " in ended.stdout


def test_wrong_usage_has_its_own_exit_code(kept: Path) -> None:
    assert _run(kept, "build").returncode == 2


@pytest.mark.slow
def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [*_MLROLES, "validate"],
        env={**os.environ, "MLROLES_CACHE_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=child,
    )
    os.close(child)
    shown = b""
    while chunk := _read(parent):
        shown += chunk
    out, _ = process.communicate()
    os.close(parent)
    assert b"Reasoning: cycle 1, " in shown
    assert shown.endswith(b"\r\x1b[2K")
    assert b"Reasoning" not in out


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other end is closed: so Linux says it
        return b""
