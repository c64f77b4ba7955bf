"""Jena TDB2 as Debian packages it: its loader on the command line, its API for all else."""

import subprocess
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import answers
import peers
import released

#: What TDB2 and its readers need of /usr/share/java, all of it depended on by Debian's Jena.
_JARS = """
    commons-cli commons-codec commons-compress commons-csv commons-io commons-lang3
    commons-logging dexx.collection gson guava httpclient httpclient-cache httpcore
    jackson-annotations jackson-core jackson-databind jena-arq jena-base jena-cmds jena-core
    jena-dboe-base jena-dboe-index jena-dboe-storage jena-dboe-trans-data jena-dboe-transaction
    jena-iri jena-rdfconnection jena-shacl jena-shex jena-tdb jena-tdb2 jsonld-java protobuf
    slf4j-api slf4j-nop thrift titanium-json-ld
""".split()
_HOME = Path("/usr/share/java")
_PROGRAM = Path(__file__).with_name("JenaStores.java")
_MOVED = "org/apache/jena/ext/"


class Jena:
    """Jena, with a directory of its own."""

    def __init__(self, directory: Path) -> None:
        self._java = peers.need("java", package="default-jdk-headless")
        jars = [
            peers.need(str(_HOME / f"{jar}.jar"), package="libapache-jena-java") for jar in _JARS
        ]
        self._directory = directory
        self._class_path = ":".join([str(_unpacked(directory)), *jars])

    def load_twice(self, files: Iterable[Path]) -> released.Loads:
        """Load each file into a TDB2 store of its own, twice."""
        told = self._run(str(_PROGRAM), "load", *map(str, files))
        found: defaultdict[str, tuple[dict[str, int], dict[str, int]]]
        found = defaultdict(lambda: ({}, {}))
        for line in told.splitlines():
            file, time, graph, count = line.split("\t")
            found[Path(file).name][int(time) - 1][graph] = int(count)
        return dict(found)

    def ask(self, data: Path, queries: Iterable[Path]) -> dict[str, answers.Table]:
        """Load a file into a store on disk by ``tdb2.tdbloader``, and put the queries to it."""
        store = Path(tempfile.mkdtemp(prefix="tdb2-", dir=self._directory))
        self._run("tdb2.tdbloader", "--loc", str(store), str(data))
        told = self._run(str(_PROGRAM), "query", str(store), *map(str, queries))
        lines = [line.split("\t", 1) for line in told.splitlines()]
        return {Path(file).stem: answers.table(answer) for file, answer in lines}

    def _run(self, *arguments: str) -> str:
        ended = subprocess.run(
            [self._java, "-cp", self._class_path, *arguments],
            capture_output=True,
            check=False,
            text=True,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout


def _unpacked(directory: Path) -> Path:
    """Put Xerces' messages where Debian's Jena looks for them.

    Debian moved these classes to the package ``xerces`` and left their messages behind.
    """
    with zipfile.ZipFile(_HOME / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(_MOVED) and name.endswith(".properties"):
                target = directory / "messages" / name.removeprefix(_MOVED)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    return directory / "messages"
