"""A graph in numbers, as VoID tells them (Describing Linked Datasets with the VoID Vocabulary)."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.asking import Row, Select

VOID = vocab.PREFIXES["void"]

#: Subject, property and value.
Statement = tuple[str, str, ox.NamedNode | ox.Literal]

#: Terms, and how often each is used.
_Uses = Iterable[tuple[ox.NamedNode, int]]

_TYPE = f"{vocab.RDF}type"
_ANY = "?s ?p ?o"
_PREFIXES = f"PREFIX skos: <{vocab.SKOS}> "
_KINDS = ("exact", "close", "broad", "narrow", "related")
_MATCHES = " ".join(f"skos:{kind}Match" for kind in _KINDS)

#: What is counted of a graph, each by a query of its own: what has to be told apart is held in
#: memory while it is counted.
_COUNTS = {
    "triples": f"(COUNT(*) AS ?n) {{ {_ANY} }}",
    "entities": "(COUNT(*) AS ?n) { { SELECT DISTINCT ?s { ?s ?p ?o } }"
    f' FILTER(isIRI(?s) && STRSTARTS(STR(?s), "{vocab.BASE}")) }}',
    "classes": f"(COUNT(DISTINCT ?o) AS ?n) {{ ?s <{_TYPE}> ?o }}",
    "properties": f"(COUNT(DISTINCT ?p) AS ?n) {{ {_ANY} }}",
    "distinctSubjects": f"(COUNT(DISTINCT ?s) AS ?n) {{ {_ANY} }}",
    "distinctObjects": f"(COUNT(DISTINCT ?o) AS ?n) {{ {_ANY} }}",
}


def counts(subject: str, select: Select, graph: str | None = None) -> Iterator[Statement]:
    """Yield how many triples, entities and terms ``graph`` has, or all of them (VoID, 4.6)."""
    dataset = "" if graph is None else f"FROM <{graph}> "
    for name, asked in _COUNTS.items():
        (row,) = select(f"SELECT {asked.replace('{', dataset + 'WHERE {', 1)}")
        yield subject, f"{VOID}{name}", ox.Literal(_number(row))


def usage(dataset: str, select: Select) -> Iterator[Statement]:
    """Yield how often each class and each property is used, and of which vocabularies they are."""
    classes = list(_groups(select, f"?s <{_TYPE}> ?it FILTER(isIRI(?it))"))
    properties = list(_groups(select, "?s ?it ?o"))
    yield from _partitions(dataset, classes, properties)
    used = {vocab.split(term.value)[1] for term, _ in (*classes, *properties)}
    for namespace in sorted(used - {""}):
        yield dataset, f"{VOID}vocabulary", ox.NamedNode(namespace)


def _partitions(dataset: str, classes: _Uses, properties: _Uses) -> Iterator[Statement]:
    for class_, count in classes:
        part = f"{dataset}#class-{slug(class_.value)}"
        yield dataset, f"{VOID}classPartition", ox.NamedNode(part)
        yield part, f"{VOID}class", class_
        yield part, f"{VOID}entities", ox.Literal(count)
    for property_, count in properties:
        part = f"{dataset}#property-{slug(property_.value)}"
        yield dataset, f"{VOID}propertyPartition", ox.NamedNode(part)
        yield part, f"{VOID}property", property_
        yield part, f"{VOID}triples", ox.Literal(count)


def linksets(dataset: str, select: Select) -> Iterator[Statement]:
    """Yield how many matches of each kind lead to each other vocabulary (VoID, 3)."""
    found = select(
        f"{_PREFIXES} SELECT ?scheme ?match (COUNT(*) AS ?n)"
        f" {{ VALUES ?match {{ {_MATCHES} }} ?s ?match ?o . ?o skos:inScheme ?scheme }}"
        " GROUP BY ?scheme ?match"
    )
    for row in found:
        scheme, match = _node(row["scheme"]), _node(row["match"])
        links = f"{dataset}#links-{slug(scheme.value)}-{slug(match.value)}"
        yield dataset, f"{VOID}subset", ox.NamedNode(links)
        yield links, _TYPE, ox.NamedNode(f"{VOID}Linkset")
        yield links, f"{VOID}linkPredicate", match
        yield links, f"{VOID}subjectsTarget", ox.NamedNode(dataset)
        yield links, f"{VOID}objectsTarget", scheme
        yield scheme.value, _TYPE, ox.NamedNode(f"{VOID}Dataset")
        yield links, f"{VOID}triples", ox.Literal(_number(row))


def slug(iri: str) -> str:
    """Return an IRI as a part of a fragment, such as ``mlr-Role``."""
    return vocab.shorten(iri).strip("<>").replace(":", "-").replace("/", "-").replace("#", "-")


def _groups(select: Select, pattern: str) -> Iterator[tuple[ox.NamedNode, int]]:
    """Yield each thing that ``?it`` stands for, and how often."""
    for row in select(f"SELECT ?it (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?it ORDER BY ?it"):
        yield _node(row["it"]), _number(row)


def _node(term: object) -> ox.NamedNode:
    assert isinstance(term, ox.NamedNode)  # noqa: S101 - the query asked for IRIs
    return term


def _number(row: Row) -> int:
    count = row["n"]
    assert isinstance(count, ox.Literal)  # noqa: S101 - a COUNT gives one
    return int(count.value)
