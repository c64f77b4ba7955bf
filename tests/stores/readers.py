"""What reads files but is no store of its own: raptor's parser; and rdflib, in memory."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from rdflib import Dataset
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

import peers
import released

#: File name's end to raptor's name of the parser; for what is not here it has to guess.
_RAPTOR = {".nq": "nquads", ".nt": "ntriples", ".rdf": "rdfxml", ".trig": "trig", ".ttl": "turtle"}

_RDFLIB = {
    ".jsonld": "json-ld",
    ".nq": "nquads",
    ".nt": "nt",
    ".rdf": "xml",
    ".trig": "trig",
    ".ttl": "turtle",
}
_RETURNED = re.compile(r"Parsing returned (\d+) triples")


def raptor(files: Iterable[Path]) -> dict[str, int]:
    """Return how many triples ``rapper --count`` finds in each file, of whatever graph."""
    rapper = peers.need("rapper", package="raptor2-utils")
    found = {}
    for path in files:
        ended = subprocess.run(
            [rapper, "--count", "--input", _RAPTOR.get(path.suffix, "guess"), path],
            capture_output=True,
            check=False,
            text=True,
        )
        returned = _RETURNED.search(ended.stderr)
        assert ended.returncode == 0, ended.stderr
        assert returned is not None, ended.stderr
        found[path.name] = int(returned[1])
    return found


def rdflib_twice(files: Iterable[Path]) -> released.Loads:
    """Load each file into a dataset of rdflib's, twice."""
    found = {}
    for path in files:
        data = Dataset()
        found[path.name] = (_parsed(data, path), _parsed(data, path))
    return found


def _parsed(data: Dataset, path: Path) -> released.Counts:
    data.parse(path, format=_RDFLIB[path.suffix])
    sizes = {str(graph.identifier): len(graph) for graph in data.graphs()}
    named = {name: size for name, size in sizes.items() if size}
    default = named.pop(str(DATASET_DEFAULT_GRAPH_ID), 0)
    return {"": default, **named} if default else named
