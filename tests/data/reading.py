"""The Turtle of the data and the ontology as it was written, nothing inferred."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from mlroles import paths, vocab

DATA_FILES = sorted(
    path for path in paths.DATA.rglob("*.ttl") if paths.EXAMPLES not in path.parents
)
ROLE_FILES = sorted((paths.DATA / "roles").glob("*.ttl"))
EXAMPLE_FILES = sorted(paths.EXAMPLES.glob("*.ttl"))
ONTOLOGY_FILE = paths.ONTOLOGY / "mlroles.ttl"
DISTINCT_FILE = paths.ONTOLOGY / "distinct.ttl"


def iri(name: str) -> str:
    """Return the IRI of a prefixed name."""
    prefix, _, rest = name.partition(":")
    return vocab.PREFIXES[prefix] + rest


def local(value: str) -> str:
    """Return an IRI's name inside its namespace, and anything else as it is."""
    return value.rsplit("#", 1)[-1].rsplit("/", 1)[-1] if value.startswith("http") else value


class Fact(NamedTuple):
    """A triple as text; a blank node as ``_:`` and its label."""

    subject: str
    property: str
    value: str
    kind: str
    language: str | None


def triples(path: Path) -> list[Fact]:
    """Return the triples of a Turtle file."""
    return [
        Fact(
            _text(quad.subject),
            quad.predicate.value,
            _text(quad.object),
            type(quad.object).__name__,
            quad.object.language if isinstance(quad.object, ox.Literal) else None,
        )
        for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE)
    ]


class Facts:
    """Triples, found by their subject and property, or their property and object."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._objects: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._subjects: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.triples = [triple for path in files for triple in triples(path)]
        for fact in self.triples:
            self._objects[fact.subject, fact.property].append(fact.value)
            self._subjects[fact.property, fact.value].append(fact.subject)

    def values(self, subject: str, *properties: str) -> list[str]:
        """Return what a path of properties (prefixed names) leads to."""
        found = [subject]
        for name in properties:
            found = [value for one in found for value in self._objects[one, iri(name)]]
        return found

    def of_class(self, name: str) -> list[str]:
        """Return the stated members of a class, sorted."""
        return sorted(self._subjects[iri("rdf:type"), iri(name)])

    def members(self, head: str) -> Iterator[str]:
        """Yield the members of an RDF list."""
        while head != iri("rdf:nil"):
            yield from self.values(head, "rdf:first")
            (head,) = self.values(head, "rdf:rest")

    def subclasses(self, name: str) -> list[str]:
        """Return the class and all stated to be below it, as prefixed names."""
        below = self._subjects[iri("rdfs:subClassOf"), iri(name)]
        return [name, *(one for child in below for one in self.subclasses(vocab.shorten(child)))]


def _text(term: object) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(getattr(term, "value", ""))
