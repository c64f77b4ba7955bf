"""What a release is made of: each part by name, as named graphs."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from mlroles import paths, vocab
from mlroles.knowledge import ntriples, turtle
from mlroles.knowledge.base import KnowledgeBase
from mlroles.knowledge.formats import Graphs
from mlroles.knowledge.sources import read

_SHAPES = paths.SHAPES.name


def parts(knowledge: KnowledgeBase, ontology: Path | None = None) -> Mapping[str, Graphs]:
    """Return the parts of a release, sorted by name.

    ``asserted`` and ``inferred`` are the two graphs, ``combined`` is both. ``ontology``, ``data``
    and an ``alignment-…`` for each other vocabulary are what ``asserted`` was put together from,
    and are in its graph; ``shapes`` is a graph of its own. ``ontology`` is the directory whose
    files are the ontology, by default that of ``mlroles.paths``. Raises KnowledgeError.
    """
    asserted = ntriples.parse(knowledge.asserted)
    inferred = ntriples.parse(knowledge.inferred)
    files = _by_part(knowledge.sources, paths.ONTOLOGY if ontology is None else ontology)
    stated = {part: list(_triples(given)) for part, given in files.items()}
    found: dict[str, Graphs] = {
        "asserted": {vocab.ASSERTED: asserted},
        "inferred": {vocab.INFERRED: inferred},
        "combined": {vocab.ASSERTED: asserted, vocab.INFERRED: inferred},
        **{part: {_graph(part): triples} for part, triples in stated.items()},
    }
    return dict(sorted(found.items()))


def published(ontology: Path | None = None) -> Mapping[str, Graphs]:
    """Return the parts that have an IRI of their own: ``ontology``, ``alignment-…``, ``shapes``.

    Raises KnowledgeError.
    """
    directory = paths.ONTOLOGY if ontology is None else ontology
    files = _by_part(sorted(directory.rglob("*.ttl")), directory)
    return {part: {_graph(part): list(_triples(given))} for part, given in files.items()}


def _by_part(sources: Iterable[Path], ontology: Path) -> dict[str, list[Path]]:
    files: dict[str, list[Path]] = {}
    shapes = ontology / _SHAPES
    for path in [*sources, *([shapes] if shapes.is_file() else ())]:
        given = files.setdefault(_part(path, ontology), [])
        if path not in given:
            given.append(path)
    return files


def _part(path: Path, ontology: Path) -> str:
    if path == ontology / _SHAPES:
        return "shapes"
    if path.parent == ontology:
        return "ontology"
    if path.parent == ontology / "alignments":
        return f"alignment-{path.stem}"
    return "data"


def _graph(part: str) -> str:
    return vocab.SHAPES if part == "shapes" else vocab.ASSERTED


def _triples(files: Iterable[Path]) -> Iterator[ox.Triple]:
    """Yield the triples of the files, the blank nodes of each its own."""
    for document in turtle.apart(turtle.parse(read(path)) for path in files):
        yield from document.triples
