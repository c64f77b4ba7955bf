"""The dataset described as RDF: VoID for its shape, DCAT for its files, PROV-O for its making.

Counts are taken from the graphs themselves; what is said of title, licence and dates comes from
the ontology's header. No time of day is written: the same graphs give the same description.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import pyoxigraph as ox

from mlroles import __version__, paths, vocab
from mlroles.knowledge import headers, sssom, statistics
from mlroles.knowledge.asking import Select
from mlroles.knowledge.statistics import VOID, Statement

DATASET = vocab.DATASET

_DCAT, _DCT, _FOAF, _PROV, _SPDX = (
    vocab.PREFIXES[prefix] for prefix in ("dcat", "dcterms", "foaf", "prov", "spdx")
)
_IANA = "https://www.iana.org/assignments/media-types/"

_TYPE = f"{vocab.RDF}type"
_LABEL = f"{vocab.RDFS}label"
#: Properties of the ontology's header that hold of the dataset as well.
_OF_HEADER = tuple(
    f"{_DCT}{name}"
    for name in ("creator", "publisher", "license", "created", "issued", "modified", "source")
)
#: Those of them that name who made it.
_OF_AGENTS = {f"{_DCT}creator", f"{_DCT}publisher"}
#: Files of a release that hold no data.
_NO_DATA = {headers.CATALOG, paths.REDIRECTS.name}
_WORD = re.compile("[a-z0-9]+")
_KEYWORDS = ("machine learning", "roles", "occupations", "skills", "responsibilities")


@dataclass(frozen=True)
class File:
    """A file of a release: ``media_type`` as IANA names it, ``size`` in bytes, ``sha256`` in hex."""

    name: str
    media_type: str
    size: int
    sha256: str


def describe(select: Select, files: Sequence[File] = ()) -> list[ox.Triple]:
    """Return the description of a dataset with the graphs ``vocab.ASSERTED`` and INFERRED.

    ``files`` are those that it is published as. No triple comes twice: an agent may be creator and
    publisher. Raises what ``select`` does.
    """
    statements = [
        *_general(select),
        *statistics.counts(DATASET, select),
        *statistics.usage(DATASET, select),
        *statistics.linksets(DATASET, select),
        *_subsets(select),
        *_making(),
        *(statement for file in files for statement in _distribution(file)),
    ]
    return list(dict.fromkeys(ox.Triple(_iri(s), _iri(p), o) for s, p, o in statements))


def _general(select: Select) -> Iterator[Statement]:
    for kind in (f"{VOID}Dataset", f"{_DCAT}Dataset", f"{_PROV}Entity"):
        yield DATASET, _TYPE, _iri(kind)
    yield DATASET, f"{_DCT}title", _text("mlroles: a knowledge graph of machine-learning roles")
    yield (
        DATASET,
        f"{_DCT}description",
        _text(
            "What an article says of fourteen roles in machine learning, statement by statement, "
            "with the ontology it is told in, alignments, and what follows by OWL 2 RL reasoning."
        ),
    )
    yield DATASET, f"{_DCAT}landingPage", _iri(vocab.BASE)
    yield DATASET, f"{_FOAF}homepage", _iri(vocab.BASE)
    yield DATASET, f"{_DCAT}version", ox.Literal(__version__)
    for keyword in _KEYWORDS:
        yield DATASET, f"{_DCAT}keyword", _text(keyword)
    yield DATASET, f"{VOID}uriSpace", ox.Literal(vocab.BASE)
    yield DATASET, f"{VOID}exampleResource", _iri(f"{vocab.BASE}role/ml-engineer")
    yield DATASET, f"{_DCT}conformsTo", _iri(vocab.ONTOLOGY_IRI)
    said = " ".join(f"<{property_}>" for property_ in _OF_HEADER)
    header = f"GRAPH <{vocab.ASSERTED}> {{ <{vocab.ONTOLOGY_IRI}> ?p ?o }}"
    for row in select(f"SELECT ?p ?o {{ VALUES ?p {{ {said} }} {header} }}"):
        property_, value = _named(row["p"]).value, _named(row["o"])
        if property_ in _OF_AGENTS and isinstance(value, ox.Literal):
            yield from _agent(property_, value)
        else:
            yield DATASET, property_, value
        if property_ == f"{_DCT}source":
            yield vocab.ASSERTED, f"{_PROV}wasDerivedFrom", value
            yield f"{DATASET}#reading", f"{_PROV}used", value


def _agent(property_: str, name: ox.Literal) -> Iterator[Statement]:
    """Yield who made it: the header has a name alone, and DCAT a thing of that name (DCAT 3, 6.4)."""
    agent = f"{DATASET}#{'-'.join(_WORD.findall(name.value.lower()))}"
    yield DATASET, property_, _iri(agent)
    yield agent, _TYPE, _iri(f"{_FOAF}Agent")
    yield agent, f"{_FOAF}name", name


def _subsets(select: Select) -> Iterator[Statement]:
    """Yield the named graphs as subsets; reasoning made the second from the first."""
    for name in (vocab.ASSERTED, vocab.INFERRED):
        yield DATASET, f"{VOID}subset", _iri(name)
        yield name, _TYPE, _iri(f"{VOID}Dataset")
        yield name, _TYPE, _iri(f"{_PROV}Entity")
        yield from statistics.counts(name, select, name)
        yield DATASET, f"{VOID}dataDump", _iri(f"{name}.nt")
    yield vocab.ASSERTED, f"{_DCT}title", _text("What is stated")
    yield vocab.INFERRED, f"{_DCT}title", _text("What follows")
    yield vocab.INFERRED, f"{_PROV}wasDerivedFrom", _iri(vocab.ASSERTED)
    yield vocab.INFERRED, f"{_PROV}wasGeneratedBy", _iri(f"{DATASET}#reasoning")


def _making() -> Iterator[Statement]:
    """Yield how it was made: read off the article by people, reasoned over by programs."""
    reading, developers = f"{DATASET}#reading", f"{DATASET}#the-mlroles-developers"
    yield vocab.ASSERTED, f"{_PROV}wasGeneratedBy", _iri(reading)
    yield reading, _TYPE, _iri(f"{_PROV}Activity")
    yield reading, _LABEL, _text("Reading of the article, sentence by sentence")
    yield reading, f"{_PROV}wasAssociatedWith", _iri(developers)
    yield developers, _TYPE, _iri(f"{_PROV}Agent")
    reasoning, reasoner = f"{DATASET}#reasoning", f"{DATASET}#owlrl"
    yield reasoning, _TYPE, _iri(f"{_PROV}Activity")
    yield reasoning, _LABEL, _text("OWL 2 RL reasoning over ontology, alignments and data")
    yield reasoning, f"{_PROV}used", _iri(vocab.ASSERTED)
    yield reasoning, f"{_PROV}wasAssociatedWith", _iri(reasoner)
    yield reasoning, f"{_PROV}wasAssociatedWith", _iri(f"{DATASET}#mlroles")
    yield reasoner, _TYPE, _iri(f"{_PROV}SoftwareAgent")
    yield reasoner, _LABEL, _text(f"owlrl {version('owlrl')}")
    release, software = f"{DATASET}#release", f"{DATASET}#mlroles"
    yield DATASET, f"{_PROV}wasGeneratedBy", _iri(release)
    yield release, _TYPE, _iri(f"{_PROV}Activity")
    yield release, _LABEL, _text("What is stated and what follows, put together")
    yield release, f"{_PROV}used", _iri(vocab.ASSERTED)
    yield release, f"{_PROV}used", _iri(vocab.INFERRED)
    yield release, f"{_PROV}wasAssociatedWith", _iri(software)
    yield software, _TYPE, _iri(f"{_PROV}SoftwareAgent")
    yield software, _LABEL, _text(f"mlroles {__version__}")


def _distribution(file: File) -> Iterator[Statement]:
    """Yield a file as a distribution of the part that it holds (DCAT 3, 6.8).

    The catalog and the redirects hold no data: they are files that belong to it.
    """
    part, checksum = f"{DATASET}#file-{file.name}", f"{DATASET}#sha256-{file.name}"
    if file.name in _NO_DATA:
        yield DATASET, f"{_DCT}relation", _iri(part)
        yield part, _TYPE, _iri(f"{_SPDX}File")
    else:
        whole = _held(file.name)
        yield whole, _TYPE, _iri(f"{_DCAT}Dataset")
        if whole != DATASET:
            yield DATASET, f"{_DCT}hasPart", _iri(whole)
        yield whole, f"{_DCAT}distribution", _iri(part)
        yield part, _TYPE, _iri(f"{_DCAT}Distribution")
        yield part, f"{_DCAT}accessURL", _iri(whole)
    yield part, f"{_DCT}title", ox.Literal(file.name)
    yield part, f"{_DCAT}mediaType", _iri(f"{_IANA}{file.media_type}")
    yield part, f"{_DCAT}byteSize", _number(file.size)
    yield part, f"{_SPDX}checksum", _iri(checksum)
    yield checksum, _TYPE, _iri(f"{_SPDX}Checksum")
    yield checksum, f"{_SPDX}algorithm", _iri(f"{_SPDX}checksumAlgorithm_sha256")
    yield (
        checksum,
        f"{_SPDX}checksumValue",
        ox.Literal(file.sha256, datatype=ox.NamedNode(f"{vocab.XSD}hexBinary")),
    )


def _held(file: str) -> str:
    """Return the IRI of what a file holds: of a part, or of the whole."""
    stem = file.partition(".")[0]
    return {"store": DATASET, "mappings": sssom.ADDRESS}.get(stem) or headers.iri(stem)


def _named(term: object) -> ox.NamedNode | ox.Literal:
    assert isinstance(term, ox.NamedNode | ox.Literal)  # noqa: S101 - headers hold no blank nodes
    return term


def _iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(text)


def _text(words: str) -> ox.Literal:
    return ox.Literal(words, language="en")


def _number(count: int) -> ox.Literal:
    return ox.Literal(count)
