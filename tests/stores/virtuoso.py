"""Virtuoso: a real server on loopback, its bulk loader, its SPARQL endpoint over HTTP."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import answers
import peers
import ports
import released
from mlroles import vocab

_SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
ErrorLogLevel = 7
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
TransactionAfterImageLimit = {log}
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {rows}
"""
_OWN = "urn:test:graph"
_GRAPHS = (_OWN, *released.GRAPHS)
_COUNT = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_JSON = "application/sparql-results+json"
_LONGEST_START = 60.0  # seconds


class Virtuoso:
    """A running server, in whose directory the files to be loaded have to be."""

    def __init__(self, directory: Path, isql: str, sql: int, http: int, pid: int) -> None:
        self.pid = pid
        self._directory = directory
        self._isql = [isql, f"127.0.0.1:{sql}", "dba", "dba", "errors=stdout"]
        self.endpoint = f"http://127.0.0.1:{http}/sparql"

    def load_twice(self, files: Iterable[Path]) -> released.Loads:
        """Load each file into an empty store, twice."""
        found = {}
        for path in files:
            self._clear()
            self._load(path)
            first = self._counts()
            self._load(path)
            found[path.name] = (first, self._counts())
        return found

    def ask(self, data: Path, queries: Iterable[Path]) -> dict[str, answers.Table]:
        """Put the queries to an empty store into which the file was loaded."""
        self._clear()
        self._load(data)
        dataset = [
            (f"{kind}-graph-uri", graph)
            for kind in ("default", "named")
            for graph in (vocab.ASSERTED, vocab.INFERRED)
        ]
        return {
            path.stem: answers.table(self._answer(path.read_text("utf-8"), dataset))
            for path in queries
        }

    def allow_updates(self) -> None:
        """Let everybody on loopback change the store through its endpoint."""
        self._sql('GRANT SPARQL_UPDATE TO "SPARQL"')

    def checkpoint(self) -> None:
        """Write all that is in memory to the database's file."""
        self._sql("CHECKPOINT")

    def _load(self, path: Path) -> None:
        shutil.copy(path, self._directory)
        told = self._sql(
            "DELETE FROM DB.DBA.LOAD_LIST",
            f"ld_add('{path.name}', '{_OWN}')",
            "rdf_loader_run()",
            "SELECT ll_error FROM DB.DBA.LOAD_LIST WHERE ll_error IS NOT NULL",
        )
        assert "\n0 Rows." in told, told

    def _clear(self) -> None:
        self._sql(*(f"SPARQL CLEAR GRAPH <{graph}>" for graph in _GRAPHS))

    def _sql(self, *statements: str) -> str:
        script = "".join(f"{statement};\n" for statement in statements)
        ended = subprocess.run(
            self._isql,
            input=script,
            capture_output=True,
            check=True,
            cwd=self._directory,
            text=True,
        )
        assert "*** Error" not in ended.stdout, ended.stdout
        return ended.stdout

    def _counts(self) -> released.Counts:
        rows = json.loads(self._answer(_COUNT, []))["results"]["bindings"]
        found = {row["g"]["value"]: int(row["n"]["value"]) for row in rows}
        return {("" if g == _OWN else g): n for g, n in found.items() if g in _GRAPHS}

    def _answer(self, text: str, dataset: list[tuple[str, str]]) -> bytes:
        body = urlencode([("query", text), *dataset]).encode()
        request = Request(self.endpoint, body, {"Accept": _JSON})  # noqa: S310 - on loopback
        with urlopen(request) as answer:  # noqa: S310 - as above
            content: bytes = answer.read()
        return content


@contextmanager
def running(
    directory: Path, *, rows: int = 20_000, buffers: int = 4000, log: int = 50_000_000
) -> Iterator[Virtuoso]:
    """Start a server in the directory; end it, by its process id, when done.

    It gives at most ``rows``, keeps ``buffers`` pages of 8 kB in memory, and lets one update log as
    many bytes.
    """
    package = "virtuoso-opensource-7-bin"
    server = peers.need("virtuoso-t", package=package)
    isql = peers.need("isql-vt", package=package)
    sql, http = ports.free(), ports.free()
    sizes = {"rows": rows, "buffers": buffers, "dirty": buffers * 3 // 4, "log": log}
    (directory / "virtuoso.ini").write_text(_SETTINGS.format(sql=sql, http=http, **sizes))
    for left in ("virtuoso.log", "virtuoso.lck"):
        (directory / left).unlink(missing_ok=True)
    with (
        (directory / "output").open("wb") as output,
        subprocess.Popen(
            [server, "+configfile", "virtuoso.ini", "+foreground"],
            cwd=directory,
            stdout=output,
            stderr=output,
            start_new_session=True,
        ) as process,
    ):
        try:
            _wait(process, directory / "virtuoso.log")
            yield Virtuoso(directory, isql, sql, http, process.pid)
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _LONGEST_START
    while not (log.exists() and "Server online" in log.read_text("utf-8", "replace")):
        assert process.poll() is None, log.read_text() if log.exists() else "it did not start"
        assert time.monotonic() < end, "it did not start in time"
        time.sleep(0.1)
