"""One ontology header for each OWL file of a release, and a catalog of where each file is.

See the OWL 2 Structural Specification, 3, and OASIS XML Catalogs 1.1.

A file that was put together from several would have the header of each, and imports of what is in
it already: OWL tools refuse the one and fetch the other.
"""

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

import pyoxigraph as ox

from mlroles import __version__, vocab
from mlroles.knowledge.formats import Graphs

CATALOG = "catalog-v001.xml"

_ONTOLOGY = ox.NamedNode(f"{vocab.OWL}Ontology")
_TYPE = ox.NamedNode(f"{vocab.RDF}type")
_IMPORTS = ox.NamedNode(f"{vocab.OWL}imports")
_VERSION = ox.NamedNode(f"{vocab.OWL}versionInfo")
_TITLE = ox.NamedNode(f"{vocab.PREFIXES['dcterms']}title")
_LICENCE = ox.NamedNode(f"{vocab.PREFIXES['dcterms']}license")
#: What only an ontology has; what else is said of one stays as an annotation of its IRI.
_OF_ONTOLOGIES = frozenset(
    {_IMPORTS, *(ox.NamedNode(f"{vocab.OWL}{name}") for name in ("versionIRI", "priorVersion"))}
)

#: The parts that have no header in any of their sources: IRI, title, and what each imports.
_PARTS: Mapping[str, tuple[str, str, str | None]] = {
    "asserted": (vocab.ASSERTED, "What is stated of machine-learning roles", None),
    "combined": (vocab.DATASET, "What is stated of machine-learning roles, and what follows", None),
    "data": (vocab.DATA, "What an article says of machine-learning roles", vocab.ONTOLOGY_IRI),
    "inferred": (vocab.INFERRED, "What follows of machine-learning roles", vocab.ASSERTED),
}


def iri(part: str) -> str:
    """Return the IRI of a part of a release, by which its header and its description name it."""
    return _PARTS[part][0] if part in _PARTS else f"{vocab.BASE}{part.replace('-', '/', 1)}"


def headed(part: str, graphs: Graphs) -> Graphs:
    """Return the graphs of a part with one header, in the first of them.

    What is a file of its own, such as the ontology, has one already.
    """
    if part not in _PARTS:
        return graphs
    found = {name: [t for t in triples if not _of_header(t)] for name, triples in graphs.items()}
    next(iter(found.values())).extend(_header(*_PARTS[part]))
    return found


def _of_header(triple: ox.Triple) -> bool:
    return triple.predicate in _OF_ONTOLOGIES or (
        triple.predicate == _TYPE and triple.object == _ONTOLOGY
    )


def _header(iri: str, title: str, imported: str | None) -> list[ox.Triple]:
    it = ox.NamedNode(iri)
    return [
        ox.Triple(it, _TYPE, _ONTOLOGY),
        ox.Triple(it, _TITLE, ox.Literal(title, language="en")),
        ox.Triple(it, _VERSION, ox.Literal(__version__)),
        ox.Triple(it, _LICENCE, ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")),
        *([ox.Triple(it, _IMPORTS, ox.NamedNode(imported))] if imported else ()),
    ]


def catalog(found: Mapping[str, Graphs]) -> bytes:
    """Return which file of a release an OWL tool is to read for each ontology's IRI."""
    lines = [
        f"    <uri name={quoteattr(iri(part))} uri={quoteattr(f'{part}.ttl')}/>\n"
        for part in sorted(found)
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">\n'
        f"{''.join(lines)}</catalog>\n"
    ).encode()
