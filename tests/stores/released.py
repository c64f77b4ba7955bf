"""The files of a release and how many triples each must hold."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from mlroles import vocab

#: Graph to number of triples; "" is the default graph.
Counts: TypeAlias = Mapping[str, int]

_BLANK = re.compile(rb"^(?:_:.*|.* _:\w+ \.)$", re.MULTILINE)

#: File name to the counts after it was loaded once, and after it was loaded once more.
Loads: TypeAlias = Mapping[str, tuple[Counts, Counts]]

#: What is known by the name of its file to be RDF.
SUFFIXES = (".jsonld", ".nq", ".nt", ".rdf", ".trig", ".ttl")

#: The file for stores, which stands for the combined graphs.
STORE = "store.nq"

#: The part's name to the graph that its TriG puts it in; what is not here is asserted.
_GRAPHS = {
    "dataset": f"{vocab.BASE}dataset",
    "inferred": vocab.INFERRED,
    "shapes": vocab.SHAPES,
}
_PUBLISHED = (vocab.ASSERTED, vocab.INFERRED)
GRAPHS = (vocab.ASSERTED, *_GRAPHS.values())


def files(directory: Path, suffixes: Iterable[str] = SUFFIXES) -> list[Path]:
    """Return the RDF files of a release that have such names, sorted."""
    found = sorted(path for path in directory.iterdir() if path.suffix in set(suffixes))
    assert found
    return found


def counts(path: Path) -> Counts:
    """Return what must be counted in a file, told from the N-Triples of its part alone."""
    if path.name == STORE:
        quads = path.read_bytes()
        return {name: quads.count(f" <{name}> .\n".encode()) for name in _PUBLISHED}
    if path.name == "combined.trig":  # the inferred part has a header when it stands alone
        header = path.with_name("inferred.nt").read_bytes().count(f"<{vocab.INFERRED}> ".encode())
        inferred = _lines(path, "inferred") - header
        return {vocab.ASSERTED: _lines(path, "asserted"), vocab.INFERRED: inferred}
    if path.suffix == ".trig":
        return {_GRAPHS.get(path.stem, vocab.ASSERTED): _lines(path, path.stem)}
    return {"": _lines(path, path.stem)}


def added(path: Path) -> int:
    """Return how many triples a second loading adds: those with blank nodes, which are new ones.

    RDF 1.1 Concepts, section 3.4: a blank node of one document is never that of another.
    """
    return 0 if path.name == STORE else len(_BLANK.findall(path.with_suffix(".nt").read_bytes()))


def _lines(path: Path, part: str) -> int:
    return path.with_name(f"{part}.nt").read_bytes().count(b"\n")
