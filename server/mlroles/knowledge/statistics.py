"""A graph in numbers, as VoID tells them (Describing Linked Datasets with the VoID Vocabulary)."""

from collections import Counter
from collections.abc import Collection, Iterator

import pyoxigraph as ox

from mlroles import vocab

VOID = vocab.PREFIXES["void"]

#: Subject, property and value.
Statement = tuple[str, str, ox.NamedNode | ox.Literal]
_Triples = Collection[ox.Triple]

_TYPE = f"{vocab.RDF}type"
_IN_SCHEME = f"{vocab.SKOS}inScheme"
_MATCHES = {f"{vocab.SKOS}{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")}


def counts(subject: str, triples: _Triples) -> Iterator[Statement]:
    """Yield how many triples, entities and terms there are (VoID, 4.6)."""
    counted = {
        "triples": len(triples),
        "entities": sum(map(_is_ours, {t.subject for t in triples})),
        "classes": len({t.object for t in triples if t.predicate.value == _TYPE}),
        "properties": len({t.predicate for t in triples}),
        "distinctSubjects": len({t.subject for t in triples}),
        "distinctObjects": len({t.object for t in triples}),
    }
    for name, count in counted.items():
        yield subject, f"{VOID}{name}", ox.Literal(count)


def partitions(dataset: str, triples: _Triples) -> Iterator[Statement]:
    """Yield how often each class and each property is used (VoID, 4.5)."""
    classes = Counter(t.object for t in triples if t.predicate.value == _TYPE)
    for class_, count in classes.items():
        if isinstance(class_, ox.NamedNode):
            part = f"{dataset}#class-{slug(class_.value)}"
            yield dataset, f"{VOID}classPartition", ox.NamedNode(part)
            yield part, f"{VOID}class", class_
            yield part, f"{VOID}entities", ox.Literal(count)
    for property_, count in Counter(t.predicate for t in triples).items():
        part = f"{dataset}#property-{slug(property_.value)}"
        yield dataset, f"{VOID}propertyPartition", ox.NamedNode(part)
        yield part, f"{VOID}property", property_
        yield part, f"{VOID}triples", ox.Literal(count)


def vocabularies(dataset: str, triples: _Triples) -> Iterator[Statement]:
    """Yield the namespaces of the properties and classes (VoID, 4.3)."""
    used = {t.predicate.value for t in triples}
    types = {t.object for t in triples if t.predicate.value == _TYPE}
    used |= {type_.value for type_ in types if isinstance(type_, ox.NamedNode)}
    for namespace in {vocab.split(term)[1] for term in used} - {""}:
        yield dataset, f"{VOID}vocabulary", ox.NamedNode(namespace)


def linksets(dataset: str, triples: _Triples) -> Iterator[Statement]:
    """Yield how many matches of each kind lead to each other vocabulary (VoID, 3)."""
    schemes = {str(t.subject): t.object for t in triples if t.predicate.value == _IN_SCHEME}
    found = Counter(
        (str(schemes[str(t.object)])[1:-1], t.predicate.value)
        for t in triples
        if t.predicate.value in _MATCHES and str(t.object) in schemes
    )
    for (scheme, match), count in found.items():
        links = f"{dataset}#links-{slug(scheme)}-{slug(match)}"
        yield dataset, f"{VOID}subset", ox.NamedNode(links)
        yield links, _TYPE, ox.NamedNode(f"{VOID}Linkset")
        yield links, f"{VOID}linkPredicate", ox.NamedNode(match)
        yield links, f"{VOID}subjectsTarget", ox.NamedNode(dataset)
        yield links, f"{VOID}objectsTarget", ox.NamedNode(scheme)
        yield links, f"{VOID}triples", ox.Literal(count)


def slug(iri: str) -> str:
    """Return an IRI as a part of a fragment, such as ``mlr-Role``."""
    return vocab.shorten(iri).strip("<>").replace(":", "-").replace("/", "-").replace("#", "-")


def _is_ours(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(vocab.BASE)
