"""The closed graph in a form that SPARQL can be asked about, literal subjects and all."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.literals import permits
from mlroles.knowledge.reasoning.closure import Closure, Fact, Term
from mlroles.knowledge.reasoning.rules import Rule

#: A row: variable name to the name of a term, see ``World.name``.
Row: TypeAlias = dict[str, str]
#: A triple of names.
Named: TypeAlias = tuple[str, str, str]
#: The rule and the premises that lead to a triple; no rule where none does.
Cause: TypeAlias = tuple[Rule | None, list[Named]]

_BLANK = "urn:mlroles:blank:"
_LITERAL = "urn:mlroles:literal:"
#: From the name of a literal to the literal, for queries that compare values.
_VALUE = ox.NamedNode("urn:mlroles:value")
#: From a literal to a datatype that it is stated to have and has not.
_OUTSIDE = ox.NamedNode("urn:mlroles:outside")
#: From a thing to another that somebody says to be the same.
_SAID = ox.NamedNode("urn:mlroles:said")

#: From a cell of a list to what somebody put there; equality puts other names there as well.
_MEMBER = ox.NamedNode("urn:mlroles:first")

_FIRST = ox.NamedNode(f"{vocab.RDF}first")
_SAME = ox.NamedNode(f"{vocab.OWL}sameAs")

_PREFIXES = {
    "rdf": vocab.RDF,
    "rdfs": vocab.RDFS,
    "owl": vocab.OWL,
    "xsd": vocab.XSD,
    "mlr": vocab.MLR,
    "term": "urn:mlroles:",
}


class World:
    """The facts of a closure. Every term has an IRI for a name, literals and blank nodes too."""

    def __init__(self, closure: Closure) -> None:
        #: What has been found to lead to triples: see ``causes.premises``.
        self.causes: dict[Named, Cause] = {}
        self._names: dict[Term, str] = {}
        self._terms: dict[str, Term] = {}
        self._levels = {self._triple(fact): level for fact, level in closure.levels.items()}
        self.asserted = frozenset(self._triple(fact) for fact in closure.asserted)
        self._store = ox.Store()
        self._store.bulk_extend(self._quads())

    def rows(self, where: str, known: Mapping[str, str] | None = None) -> Iterator[Row]:
        """Yield the solutions of a group graph pattern, with the variables ``known`` set."""
        values = "".join(f"VALUES ?{name} {{ <{iri}> }} " for name, iri in (known or {}).items())
        solutions = self._store.query(
            f"SELECT DISTINCT * WHERE {{ {values}{where} }}", prefixes=_PREFIXES
        )
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - a SELECT gives these
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            found = ((name, solution[name]) for name in names)
            yield {name: term.value for name, term in found if isinstance(term, ox.NamedNode)}

    def level(self, triple: tuple[str, str, str]) -> int | None:
        """Return the cycle in which the triple of names was found, None if it does not hold."""
        return self._levels.get(triple)

    def term(self, name: str) -> Term:
        """Return the term that ``name`` stands for."""
        return self._terms.get(name) or ox.NamedNode(name)

    def fact(self, triple: tuple[str, str, str]) -> Fact:
        """Return the triple of terms that a triple of names stands for."""
        subject, predicate, value = (self.term(name) for name in triple)
        return subject, predicate, value

    def name(self, term: Term) -> str:
        """Return the IRI that stands for ``term``."""
        if isinstance(term, ox.NamedNode):
            return term.value
        if term not in self._names:
            kind = _BLANK if isinstance(term, ox.BlankNode) else _LITERAL
            name = f"{kind}{len(self._names)}"
            self._names[term], self._terms[name] = name, term
        return self._names[term]

    def _triple(self, fact: Fact) -> tuple[str, str, str]:
        subject, predicate, value = fact
        return self.name(subject), self.name(predicate), self.name(value)

    def _quads(self) -> Iterator[ox.Quad]:
        for triple in self._levels:
            subject, predicate, value = (_node(name) for name in triple)
            yield ox.Quad(subject, predicate, value)
            literal = self._terms.get(triple[0])
            if isinstance(literal, ox.Literal) and not permits(triple[2], literal):
                yield ox.Quad(subject, _OUTSIDE, value)
            marked = {_SAME: _SAID, _FIRST: _MEMBER}.get(predicate)
            if marked is not None and triple in self.asserted:
                yield ox.Quad(subject, marked, value)
        for name, term in self._terms.items():
            if isinstance(term, ox.Literal):
                yield ox.Quad(ox.NamedNode(name), _VALUE, term)


@lru_cache(maxsize=100_000)
def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(name)
