"""What the reference holds, gathered from the two graphs."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.formats import Graphs
from mlroles.knowledge.reference import entries
from mlroles.knowledge.reference.diagram import Diagram, draw
from mlroles.knowledge.reference.entries import Entry, Members
from mlroles.knowledge.reference.index import Index
from mlroles.knowledge.reference.names import Name, name

_DCTERMS, _OWL, _SKOS, _VANN = (vocab.PREFIXES[p] for p in ("dcterms", "owl", "skos", "vann"))


@dataclass(frozen=True)
class Header:
    """What the ontology says of itself; dates as ``YYYY-MM-DD``, IRIs and texts as they are."""

    iri: str
    version_iri: str
    version: str
    title: str
    description: str
    creators: Sequence[str]
    created: str
    modified: str
    licence: str
    source: Name | None
    citation: str
    prefix: str
    namespace: str
    changes: Sequence[str]
    notes: Sequence[str]


@dataclass(frozen=True)
class Section:
    """Entries of one kind, under a heading; ``id`` is its place on the page."""

    id: str
    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Reference:
    """The whole page."""

    header: Header
    diagram: Diagram
    sections: Sequence[Section]
    individuals: Sequence[Members]


def refer(graphs: Graphs) -> Reference:
    """Return the reference of what ``graphs`` holds in ``vocab.ASSERTED`` and ``vocab.INFERRED``."""
    asserted, inferred = Index(graphs[vocab.ASSERTED]), Index(graphs[vocab.INFERRED])
    return Reference(
        _header(asserted),
        draw(asserted),
        [
            Section("classes", "Classes", entries.classes(asserted, inferred)),
            Section(
                "object-properties",
                "Object properties",
                entries.properties(asserted, "ObjectProperty"),
            ),
            Section(
                "data-properties",
                "Data properties",
                entries.properties(asserted, "DatatypeProperty"),
            ),
        ],
        entries.individuals(asserted),
    )


def _header(index: Index) -> Header:
    ontology = ox.NamedNode(vocab.ONTOLOGY_IRI)

    def text(property_: str) -> str:
        return index.text(ontology, property_)

    def iri(property_: str) -> str:
        return next((value.value for value in index.named(ontology, property_)), "")

    sources = index.named(ontology, f"{_DCTERMS}source")
    return Header(
        iri=vocab.ONTOLOGY_IRI,
        version_iri=iri(f"{_OWL}versionIRI"),
        version=text(f"{_OWL}versionInfo"),
        title=text(f"{_DCTERMS}title"),
        description=text(f"{_DCTERMS}description"),
        creators=index.texts(ontology, f"{_DCTERMS}creator"),
        created=text(f"{_DCTERMS}created")[:10],
        modified=text(f"{_DCTERMS}modified")[:10],
        licence=iri(f"{_DCTERMS}license"),
        source=name(index, sources[0]) if sources else None,
        citation=text(f"{_DCTERMS}bibliographicCitation"),
        prefix=text(f"{_VANN}preferredNamespacePrefix"),
        namespace=text(f"{_VANN}preferredNamespaceUri"),
        changes=index.texts(ontology, f"{_SKOS}changeNote"),
        notes=index.texts(ontology, f"{_SKOS}editorialNote"),
    )
