"""Undeclared terms: names in a namespace that we know, which nothing there bears."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SDO, SKOS, VANN, XSD

from mlroles import vocab
from mlroles.errors import KnowledgeError
from mlroles.knowledge.places import Places
from mlroles.knowledge.turtle import Document

_TYPE = f"{vocab.RDF}type"

#: The W3C's namespaces and every term in them. XML Schema's top types are missing in rdflib.
_LANGUAGES = {
    vocab.RDF: frozenset(map(str, dir(RDF))) | {f"{vocab.RDF}langRange"},
    vocab.RDFS: frozenset(map(str, dir(RDFS))),
    vocab.OWL: frozenset(map(str, dir(OWL))) | {f"{vocab.OWL}onDatatype"},
    vocab.XSD: frozenset(map(str, dir(XSD)))
    | {f"{vocab.XSD}{name}" for name in ("anyType", "anySimpleType", "anyAtomicType")},
}
#: The vocabularies that our ontology takes terms from, and their terms. Of BIBO, which rdflib does
#: not have, there is what is declared.
_REUSED = {
    **{
        str(space): frozenset(map(str, dir(space)))
        for space in (DCTERMS, FOAF, PROV, SDO, SKOS, VANN)
    },
    vocab.PREFIXES["bibo"]: frozenset(),
}
_MEMBER = re.compile(re.escape(vocab.RDF) + r"_[1-9][0-9]*\Z")

#: The types that make a term a class, and those that make it a property.
_CLASSES = frozenset(
    f"{vocab.OWL}{name}" for name in ("Class", "DeprecatedClass", "Restriction", "DataRange")
) | {f"{vocab.RDFS}Class", f"{vocab.RDFS}Datatype"}
_PROPERTIES = frozenset(iri for iri in _LANGUAGES[vocab.OWL] if iri.endswith("Property")) | {
    f"{vocab.RDF}Property",
    f"{vocab.RDFS}ContainerMembershipProperty",
}

_INDIVIDUAL = re.compile(re.escape(vocab.BASE) + r"(?!ontology/|graph/)[^/#?]+/.+", re.DOTALL)
_MISTAKEN_BASE = vocab.BASE.replace("https:", "http:")

#: What leads to another version of an ontology, which nobody has to load.
_VERSIONS = frozenset(
    f"{vocab.OWL}{name}"
    for name in ("versionIRI", "priorVersion", "backwardCompatibleWith", "incompatibleWith")
)

#: The rule that an undeclared term breaks, as an error's ``extra`` names it.
RULE = "declared-terms"

_NEAR = 0.7
_SHOWN = 3


class _Use(NamedTuple):
    """A name where it is used: as a "property", a "class", or whatever else, a "term"."""

    iri: str
    role: str


def problems(documents: Sequence[Document], places: Places) -> Iterator[KnowledgeError]:
    """Yield an error for each undeclared name of each document, with its place and near names.

    A term of ours or of RDF, RDFS, OWL and XSD must be declared, as what it is used as; an
    individual of ours must be described. A class or a property of a vocabulary that our ontology
    takes terms from must be one of its own. Other vocabularies are nobody's business here.
    """
    known = _Known(documents)
    for document in documents:
        uses = dict.fromkeys(use for triple in document.triples for use in _uses(triple))
        for use in uses:
            reason = known.objection(use)
            if reason is None:
                continue
            spot = places.name(document, use.iri)
            yield KnowledgeError(
                f"{vocab.shorten(use.iri)} {reason}",
                hint=known.hint(use),
                file=spot.file,
                line=spot.line,
                column=spot.column,
                offending=use.iri,
                extra={"rule": RULE},
            )


def _uses(triple: ox.Triple) -> Iterator[_Use]:
    yield _Use(triple.predicate.value, "property")
    if isinstance(triple.subject, ox.NamedNode):
        yield _Use(triple.subject.value, "term")
    if isinstance(triple.object, ox.NamedNode) and triple.predicate.value not in _VERSIONS:
        yield _Use(triple.object.value, "class" if triple.predicate.value == _TYPE else "term")
    if isinstance(triple.object, ox.Literal):
        yield _Use(triple.object.datatype.value, "class")


class _Known:
    """What the documents declare and describe, all together."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._types: defaultdict[str, set[str]] = defaultdict(set)
        for document in documents:
            for triple in document.triples:
                if isinstance(triple.subject, ox.NamedNode):
                    types = self._types[triple.subject.value]
                    if triple.predicate.value == _TYPE and isinstance(triple.object, ox.NamedNode):
                        types.add(triple.object.value)

    def objection(self, use: _Use) -> str | None:
        """Return what is wrong with the name, to follow it in a sentence, or None."""
        iri = use.iri
        if iri.startswith(_MISTAKEN_BASE):
            return "is none of ours: our names start with https."
        if _INDIVIDUAL.match(iri):
            return None if iri in self._types else "is described nowhere."
        namespace = self._namespace(iri)
        if namespace is None:
            known = use.role == "term" or _is_reused(iri) or bool(self._types.get(iri))
            return None if known else "is not declared."
        if iri not in _LANGUAGES.get(namespace, ()) and not self._types.get(iri):
            return None if _MEMBER.match(iri) else "is not declared."
        if use.role == "term" or self._is(use.role, iri):
            return None
        other = "property" if use.role == "class" else "class"
        return f"is used as a {use.role}, but is declared as {f'a {other}' if self._is(other, iri) else 'something else'}."

    def hint(self, use: _Use) -> str:
        """Return near names, or where such a name would have to be added."""
        if use.iri.startswith(_MISTAKEN_BASE):
            return f"Write {use.iri.replace('http:', 'https:', 1)}."
        local = _local(use.iri)
        names = {_local(iri): iri for iri in sorted(self._candidates(use), reverse=True)}
        near = difflib.get_close_matches(local, names, n=_SHOWN, cutoff=_NEAR)
        if near:
            return f"Did you mean {' or '.join(vocab.shorten(names[name]) for name in near)}?"
        return "Describe it in a file that is loaded, or correct the name."

    def _candidates(self, use: _Use) -> Iterator[str]:
        namespace = self._namespace(use.iri)
        reused = _reused(use.iri)
        if reused is not None:
            names = {*_REUSED[reused], *(iri for iri in self._types if iri.startswith(reused))}
            yield from (iri for iri in names if _local(iri)[:1].isupper() == (use.role == "class"))
            return
        if namespace is None:
            yield from (iri for iri in self._types if _INDIVIDUAL.match(iri))
            return
        for iri in {*_LANGUAGES.get(namespace, ()), *self._types}:
            if iri.startswith(namespace) and (use.role == "term" or self._is(use.role, iri)):
                yield iri

    def _is(self, role: str, iri: str) -> bool:
        namespace = self._namespace(iri)
        if namespace in _LANGUAGES:
            return (
                namespace == vocab.XSD
                or (_local(iri)[:1].isupper() == (role == "class"))
                or iri.endswith("langString")
            )
        wanted = _CLASSES if role == "class" else _PROPERTIES
        return bool(self._types[iri] & wanted)

    @staticmethod
    def _namespace(iri: str) -> str | None:
        return next((space for space in (vocab.MLR, *_LANGUAGES) if iri.startswith(space)), None)


def _reused(iri: str) -> str | None:
    return next((space for space in _REUSED if iri.startswith(space)), None)


def _is_reused(iri: str) -> bool:
    """Return whether a term is none of a vocabulary that is reused, or one that is there."""
    space = _reused(iri)
    return space is None or iri in _REUSED[space]


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
