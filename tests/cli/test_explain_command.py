"""``mlroles explain``."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def explain(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mlroles", "explain", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_triple_is_explained_in_each_format() -> None:
    dual = ("role:mlops-engineer", "a", "mlr:DualSkillRole")
    ended = explain(*dual)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("MLOps engineer is a dual-skill role: inferred\n")
    assert json.loads(explain(*dual, "--format", "json").stdout)["status"] == "inferred"
    assert "prov:wasDerivedFrom" in explain(*dual, "--format", "turtle").stdout


@pytest.mark.slow
def test_what_does_not_hold_ends_with_one() -> None:
    ended = explain("role:product-owner", "a", "mlr:DualSkillRole")
    assert ended.returncode == 1
    assert "missing : Product owner requires skill software engineering" in ended.stdout


@pytest.mark.slow
def test_a_store_on_disk_gives_the_same_explanation(tmp_path: Path) -> None:
    dual = ("role:mlops-engineer", "a", "mlr:DualSkillRole")
    asked = explain(*dual, "--store", str(tmp_path / "store"))
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.splitlines()[0] == explain(*dual).stdout.splitlines()[0]
    assert "[data/roles/mlops-engineer.ttl:" in asked.stdout


def test_what_is_no_triple_is_told() -> None:
    ended = explain("role:product-owner", "a", "skil")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "is no triple" in ended.stderr
    assert "Traceback" not in ended.stderr
