"""The bundle of the front end: made where npm's registry answers, and done without elsewhere."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import node

pytestmark = pytest.mark.slow

_SERVER = Path(__file__).parents[2] / "server"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a copy of the sources, with nothing installed or built."""
    ignored = shutil.ignore_patterns("node_modules")
    return shutil.copytree(_SERVER / "frontend", tmp_path / "frontend", ignore=ignored)


def test_without_the_registry_the_install_says_so_and_goes_on(
    sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(sources / "cache"))
    ended = subprocess.run(
        [sys.executable, sources / "build_hook.py"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "the pages will do without the query editor" in ended.stdout
    assert not (sources.parent / "mlroles" / "web" / "static" / "built").exists()


def test_what_is_built_already_is_not_built_again() -> None:
    command: list[str | Path] = [sys.executable, _SERVER / "frontend" / "build_hook.py"]
    subprocess.run(command, check=True)
    stamp = _SERVER / "mlroles" / "web" / "static" / "built" / "sources.sha256"
    before = stamp.stat().st_mtime_ns
    subprocess.run(command, check=True)
    assert stamp.stat().st_mtime_ns == before


def test_the_types_of_the_scripts_are_sound(tmp_path: Path) -> None:
    subprocess.run([sys.executable, _SERVER / "frontend" / "build_hook.py"], check=True)
    packages = node.installed() / "node_modules"
    settings = {
        "extends": str(_SERVER / "frontend" / "tsconfig.json"),
        "include": [str(_SERVER / "frontend" / "src")],
        "compilerOptions": {
            "types": [],
            "paths": {"d3-force": [str(packages / "@types" / "d3-force")]},
        },
    }
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings))
    compiler: list[str | Path] = [
        node.NODE,
        packages / "typescript" / "bin" / "tsc",
        "--project",
        tmp_path,
    ]
    ended = subprocess.run(compiler, capture_output=True, text=True, check=False)
    assert ended.stdout == ""
    assert ended.returncode == 0
