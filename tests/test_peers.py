"""A missing program of Debian's is told, and never passed over where it counts."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import peers

_PYTEST = [sys.executable, "-m", "pytest", "-ra", "-pno:schemathesis"]
_ASKS = """
import peers

def test_something() -> None:
    peers.need("no-such-program", package="some-package")
"""


def test_a_program_or_a_file_that_is_there_is_found() -> None:
    assert peers.need("sh", package="dash") == shutil.which("sh")
    assert peers.need(__file__, package="none") == __file__


@pytest.mark.parametrize(("ci", "code", "counted"), [("", 0, "1 skipped"), ("true", 1, "1 failed")])
def test_a_missing_program_is_named_with_its_package_and_fails_only_in_ci(
    tmp_path: Path, ci: str, code: int, counted: str
) -> None:
    for name in ("conftest.py", "checks.py", "peers.py", "schedule.py"):
        shutil.copy(Path(__file__).with_name(name), tmp_path)
    (tmp_path / "test_asking.py").write_text(_ASKS)
    ended = subprocess.run(
        [*_PYTEST, "--rootdir", str(tmp_path), str(tmp_path)],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "CI": ci},
        text=True,
    )
    assert ended.returncode == code
    assert counted in ended.stdout
    assert "no-such-program is missing: apt-get install some-package" in ended.stdout
