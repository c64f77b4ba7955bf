"""Jena TDB2 as Debian packages it: its loader on the command line, its API for all else."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import answers
import released
from java import Java

_PROGRAM = Path(__file__).with_name("JenaStores.java")


class Jena:
    """Jena, with a directory of its own."""

    def __init__(self, directory: Path) -> None:
        self._java = Java(directory)
        self._directory = directory

    def load_twice(self, files: Iterable[Path]) -> released.Loads:
        """Load each file into a TDB2 store of its own, twice."""
        told = self._java.run(str(_PROGRAM), "load", *map(str, files))
        found: defaultdict[str, tuple[dict[str, int], dict[str, int]]]
        found = defaultdict(lambda: ({}, {}))
        for line in told.splitlines():
            file, time, graph, count = line.split("\t")
            found[Path(file).name][int(time) - 1][graph] = int(count)
        return dict(found)

    def ask(self, data: Path, queries: Iterable[Path]) -> dict[str, answers.Table]:
        """Load a file into a store on disk by ``tdb2.tdbloader``, and put the queries to it."""
        store = Path(tempfile.mkdtemp(prefix="tdb2-", dir=self._directory))
        self._java.run("tdb2.tdbloader", "--loc", str(store), str(data))
        told = self._java.run(str(_PROGRAM), "query", str(store), *map(str, queries))
        lines = [line.split("\t", 1) for line in told.splitlines()]
        return {Path(file).stem: answers.table(answer) for file, answer in lines}
