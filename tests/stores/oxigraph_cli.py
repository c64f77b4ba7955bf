"""Oxigraph's own command line, as PyPI's ``oxigraph`` brings it."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import answers
import released

_PROGRAM = Path(sys.executable).with_name("oxigraph")
_COUNT = """
SELECT ?g (COUNT(*) AS ?n)
WHERE { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o BIND ("" AS ?g) } }
GROUP BY ?g
"""


class OxigraphCli:
    """Stores in directories below one of its own."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def load_twice(self, files: Iterable[Path]) -> released.Loads:
        """Load each file into a store of its own, twice."""
        wanted = list(files)
        with ThreadPoolExecutor(2) as pool:
            found = pool.map(self._load_twice, wanted)
        return {path.name: counted for path, counted in zip(wanted, found, strict=True)}

    def ask(self, data: Path, queries: Iterable[Path]) -> dict[str, answers.Table]:
        """Load a file and put the queries to it, the default graph being the union of all."""
        store = Path(tempfile.mkdtemp(prefix="asked-", dir=self._directory))
        _run("load", "--location", store, "--file", data)
        return {
            path.stem: answers.table(_answer(store, "--query-file", path, "--union-default-graph"))
            for path in queries
        }

    def _load_twice(self, path: Path) -> tuple[released.Counts, released.Counts]:
        with tempfile.TemporaryDirectory(dir=self._directory) as store:
            _run("load", "--location", store, "--file", path)
            first = _counts(store)
            _run("load", "--location", store, "--file", path)
            return first, _counts(store)


def _counts(store: str) -> released.Counts:
    rows = json.loads(_answer(store, "--query", _COUNT))["results"]["bindings"]
    return {row["g"]["value"]: int(row["n"]["value"]) for row in rows}


def _answer(store: str | Path, *query: str | Path) -> str:
    return _run("query", "--location", store, *query, "--results-format", "json")


def _run(*arguments: str | Path) -> str:
    program = shutil.which(_PROGRAM)
    assert program is not None, "the test extra installs oxigraph"
    ended = subprocess.run([program, *arguments], capture_output=True, check=False, text=True)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout
