"""Jena as Debian packages it, run by Java."""

import subprocess
import zipfile
from pathlib import Path

import peers

#: What Jena, its TDB2 and its readers need of /usr/share/java, all of it depended on by Debian's.
_JARS = """
    commons-cli commons-codec commons-compress commons-csv commons-io commons-lang3
    commons-logging dexx.collection gson guava httpclient httpclient-cache httpcore
    jackson-annotations jackson-core jackson-databind jena-arq jena-base jena-cmds jena-core
    jena-dboe-base jena-dboe-index jena-dboe-storage jena-dboe-trans-data jena-dboe-transaction
    jena-iri jena-rdfconnection jena-shacl jena-shex jena-tdb jena-tdb2 jsonld-java protobuf
    slf4j-api slf4j-nop thrift titanium-json-ld
""".split()
_HOME = Path("/usr/share/java")
_MOVED = "org/apache/jena/ext/"


class Java:
    """Java with Jena on its class path; what has to be unpacked is put into a directory."""

    def __init__(self, directory: Path) -> None:
        self._java = peers.need("java", package="default-jdk-headless")
        jars = [
            peers.need(str(_HOME / f"{jar}.jar"), package="libapache-jena-java") for jar in _JARS
        ]
        self._class_path = ":".join([str(_unpacked(directory)), *jars])

    def run(self, *arguments: str) -> str:
        """Run a class or a source file with arguments; return what it prints."""
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
