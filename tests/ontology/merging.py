"""Our Turtle files as one RDF graph, which is how OWL tools have to see them.

A file of data declares none of the properties that it uses; read alone, OWL tools would take
these for annotations and check nothing.
"""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from mlroles import paths, vocab
from mlroles.knowledge import sources

ONTOLOGY_FILE = paths.ONTOLOGY / "mlroles.ttl"
ALIGNMENT_FILES = sorted((paths.ONTOLOGY / "alignments").glob("*.ttl"))

#: All that is loaded by default, and the examples.
FILES = [source.path for source in sources.find([paths.EXAMPLES])]

#: For a test's own Turtle.
PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in vocab.PREFIXES.items())

_ONTOLOGY = ox.NamedNode(f"{vocab.OWL}Ontology")
_IMPORTS = ox.NamedNode(f"{vocab.OWL}imports")


def read(files: Iterable[Path]) -> list[ox.Triple]:
    """Return the triples of Turtle files, the blank nodes of each its own."""
    return [
        quad.triple
        for path in files
        for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    ]


def turtle(text: str) -> list[ox.Triple]:
    """Return the triples of Turtle in which all our prefixes are declared."""
    return [quad.triple for quad in ox.parse(PREFIXES + text, ox.RdfFormat.TURTLE)]


def merged(files: Iterable[Path], *, header: Path) -> list[ox.Triple]:
    """Return the triples of the files with the ontology header of one of them alone.

    A document of OWL has one header; imports are left out, as all is there already.
    """
    triples = read(files)
    headers = {triple.subject for triple in triples if triple.object == _ONTOLOGY}
    ours = {triple.subject for triple in read([header]) if triple.object == _ONTOLOGY}
    assert len(ours) == 1
    return [
        triple
        for triple in triples
        if triple.subject not in headers - ours
        and not (triple.subject in ours and triple.predicate == _IMPORTS)
    ]


def write(triples: Iterable[ox.Triple], path: Path) -> Path:
    """Write N-Triples, which every reader of Turtle takes too, and return the path."""
    ox.serialize(triples, path, ox.RdfFormat.N_TRIPLES)
    return path
