"""Ontologies whose rules feed each other, with data of any size: what follows, counted by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

PREFIXES = """\
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@dataclass(frozen=True)
class Case:
    """Axioms and facts for a size, and how many triples follow of them."""

    axioms: str
    facts: Callable[[int], Iterator[str]]
    inferred: Callable[[int], int]

    def turtle(self, size: int) -> str:
        """Return the case as Turtle."""
        return PREFIXES + self.axioms + " ".join(self.facts(size))


def _chain(size: int, property_: str = ":p") -> Iterator[str]:
    return (f":x{n} {property_} :x{n + 1} ." for n in range(size))


def _led(size: int) -> Iterator[str]:
    yield from _chain(size)
    yield f":x{size} a :A ."


def _skilled(size: int) -> Iterator[str]:
    yield from _chain(size, ":q")
    yield ":a :p :x0 ."


def _with_text(size: int) -> Iterator[str]:
    yield from _chain(size, ":q")
    yield f':x{size} :p "text"@en, 1.5, true, "2024-01-01"^^xsd:date .'


_SOME_A = "[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :A ] rdfs:subClassOf :A ."

CASES = {
    "a transitive property": Case(
        ":p a owl:TransitiveProperty . ", _chain, lambda n: n * (n + 1) // 2 - n
    ),
    "a transitive property in a ring": Case(
        ":p a owl:TransitiveProperty . ",
        lambda n: iter([*_chain(n), f":x{n} :p :x0 ."]),
        lambda n: (n + 1) ** 2 - (n + 1),
    ),
    "a symmetric property": Case(":p a owl:SymmetricProperty . ", _chain, lambda n: n),
    "transitive, symmetric, and an inverse": Case(
        ":p a owl:TransitiveProperty, owl:SymmetricProperty ; owl:inverseOf :q . ",
        _chain,
        lambda n: 2 * (n + 1) ** 2 - n,
    ),
    "properties and a value in a circle": Case(
        ":p rdfs:subPropertyOf :q . :q owl:inverseOf :r . :r rdfs:subPropertyOf :s ."
        " :s owl:inverseOf :p . ",
        _chain,
        lambda n: 3 * n,
    ),
    "a class of what leads to it": Case(f"{_SOME_A} ", _led, lambda n: n),
    "a property along one that is transitive": Case(
        ":p owl:propertyChainAxiom ( :p :q ) . :q a owl:TransitiveProperty . ",
        _skilled,
        lambda n: n + n * (n + 1) // 2 - n,
    ),
    "a property along another": Case(
        ":p owl:propertyChainAxiom ( :p :q ) . ", _skilled, lambda n: n
    ),
    "texts and numbers along a property": Case(
        ":p owl:propertyChainAxiom ( :q :p ) . ", _with_text, lambda n: 4 * n
    ),
    "a number, written in two ways, along a property": Case(
        ":p owl:propertyChainAxiom ( :q :p ) . :A owl:equivalentClass [ a owl:Restriction ;"
        " owl:onProperty :p ; owl:hasValue 1.50 ] . ",
        lambda n: iter([*_chain(n, ":q"), f":x{n} :p 1.50 ."]),
        lambda n: n + n + 1,
    ),
    "a transitive property that another rule feeds": Case(
        ":p a owl:TransitiveProperty ; owl:propertyChainAxiom ( :p :q ) . :a :p :x0 . "
        ":p rdfs:domain :A . :q rdfs:domain :A . :A rdfs:subClassOf [ a owl:Restriction ;"
        " owl:onProperty :p ; owl:hasValue :x0 ] . ",
        lambda n: _chain(n, ":q"),
        lambda n: (n + 1) ** 2 - 1 + (n + 1),
    ),
}
