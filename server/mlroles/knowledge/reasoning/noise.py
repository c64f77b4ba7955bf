"""What follows by the letter of the rules and tells nobody anything: stripped, with a reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.reasoning.binding import INERT, TYPE
from mlroles.knowledge.reasoning.closure import Closure, Fact

_REFLEXIVE = frozenset(
    {
        f"{vocab.OWL}sameAs",
        f"{vocab.OWL}equivalentClass",
        f"{vocab.OWL}equivalentProperty",
        f"{vocab.RDFS}subClassOf",
        f"{vocab.RDFS}subPropertyOf",
    }
)
_TOP = frozenset({f"{vocab.OWL}Thing", f"{vocab.RDFS}Resource", f"{vocab.RDFS}Literal"})
_LANGUAGES = (vocab.RDF, vocab.RDFS, vocab.OWL, vocab.XSD)


@dataclass(frozen=True)
class Noise:
    """One kind of triple that is not kept, and why."""

    name: str
    reason: str
    matches: Callable[[Fact], bool]


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _axiom(fact: Fact) -> tuple[object, ...]:
    """Return the terms which are all of the languages where a fact is true in every graph.

    That owl:Nothing is below somebody's class is true anywhere; that rdfs:label is in that class, or
    that somebody says something about it, is not.
    """
    said = fact[1] == TYPE or _iri(fact[1]) in INERT
    return fact if said else fact[:2]


NOISE = (
    Noise(
        "literal subject",
        "RDF 1.1 has none (Concepts, section 3.1), so no store would load it",
        lambda fact: isinstance(fact[0], ox.Literal),
    ),
    Noise(
        "blank node",
        "it stands for a class expression or a list, which only the asserted graph spells out",
        lambda fact: any(isinstance(term, ox.BlankNode) for term in fact),
    ),
    Noise(
        "reflexive",
        "everything is the same as itself, and a part of itself",
        lambda fact: fact[0] == fact[2] and _iri(fact[1]) in _REFLEXIVE,
    ),
    Noise(
        "about the language",
        "it is axiomatic: true in every graph about a term of RDF, RDFS, OWL or XSD",
        lambda fact: all(_iri(term).startswith(_LANGUAGES) for term in _axiom(fact)),
    ),
    Noise(
        "top",
        "everything is an owl:Thing and an rdfs:Resource, and every class below them",
        lambda fact: _iri(fact[2]) in _TOP,
    ),
)


def is_noise(fact: Fact) -> bool:
    """Return whether a fact tells nobody anything."""
    return any(noise.matches(fact) for noise in NOISE)


def inferred(closure: Closure) -> Iterator[ox.Triple]:
    """Yield what follows, is not asserted, and is no noise."""
    for fact in closure.levels:
        if fact not in closure.asserted and not is_noise(fact):
            yield ox.Triple(*fact)  # type: ignore[arg-type] # no literal subject is left
