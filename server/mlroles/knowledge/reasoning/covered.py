"""What of RDF, RDFS and OWL the bound rules cover: all else is left to owlrl, or told.

The tables say what is covered, not what is not: a word that nobody thought of raises a doubt.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.reasoning.binding import (
    INERT,
    SAME,
    TOP,
    TYPE,
    Atom,
    BoundRule,
    is_datatype,
    is_schema,
)

_LANGUAGES = (vocab.RDF, vocab.RDFS, vocab.OWL)
#: The rules that two things are one by, which are asked for as questions.
_MERGING = {"prp-fp", "prp-ifp", "prp-key", "cls-maxc2", "cls-maxqc3", "cls-maxqc4"}


def _names(space: str, names: str) -> frozenset[str]:
    return frozenset(f"{space}{name}" for name in names.split())


_PROPERTIES = (
    _names(vocab.RDF, "type first rest")
    | _names(vocab.RDFS, "subClassOf subPropertyOf domain range")
    | _names(
        vocab.OWL,
        "equivalentClass disjointWith complementOf intersectionOf unionOf oneOf onProperty"
        " someValuesFrom allValuesFrom hasValue maxCardinality maxQualifiedCardinality onClass"
        " equivalentProperty inverseOf propertyChainAxiom propertyDisjointWith members"
        " distinctMembers sourceIndividual assertionProperty targetIndividual targetValue hasKey"
        " imports versionIRI priorVersion backwardCompatibleWith incompatibleWith deprecated"
        " annotatedSource annotatedProperty annotatedTarget",
    )
    | INERT
)
#: Classes that say what a term is for, and from which nothing follows that is no noise.
_PLAIN_KINDS = (
    _names(vocab.OWL, "Class NamedIndividual Ontology Nothing")
    | _names(vocab.RDF, "Property List Statement Alt Bag Seq")
    | _names(vocab.RDFS, "Class Container ContainerMembershipProperty")
    | {term.value for term in TOP}
)
_KINDS = (
    _PLAIN_KINDS
    | _names(vocab.RDFS, "Datatype")
    | _names(
        vocab.OWL,
        "ObjectProperty DatatypeProperty AnnotationProperty OntologyProperty Restriction"
        " FunctionalProperty InverseFunctionalProperty SymmetricProperty AsymmetricProperty"
        " TransitiveProperty IrreflexiveProperty AllDifferent AllDisjointClasses"
        " AllDisjointProperties NegativePropertyAssertion Axiom Annotation DeprecatedClass"
        " DeprecatedProperty DataRange",
    )
)
#: What is OWL, and has no rule in OWL 2 RL: nobody concludes anything from it.
_WITHOUT_RULE = _names(
    vocab.OWL,
    "cardinality qualifiedCardinality minCardinality minQualifiedCardinality hasSelf"
    " disjointUnionOf onDataRange onDatatype withRestrictions datatypeComplementOf onProperties"
    " ReflexiveProperty",
)
_MOST = _names(vocab.OWL, "maxCardinality maxQualifiedCardinality")


def without_rule(triples: Iterable[ox.Triple]) -> list[str]:
    """Return a sentence for each construct from which OWL 2 RL concludes nothing."""
    found = Counter(name for triple in triples for name in _unruled(triple))
    return [
        f"Nothing follows from {name} ({times} time{'s' if times > 1 else ''}):"
        " OWL 2 RL has no rule for it."
        for name, times in sorted(found.items())
    ]


def _unruled(triple: ox.Triple) -> Iterator[str]:
    word = _word(triple)
    if word in _WITHOUT_RULE:
        yield vocab.shorten(word)
        return
    value = triple.object
    number = value.value if isinstance(value, ox.Literal) else ""
    if word in _MOST and number.lstrip("+0") not in {"", "1"}:
        yield f"{vocab.shorten(word)} {number}"


def unknown(triples: Iterable[ox.Triple]) -> Iterator[tuple[str, str]]:
    """Yield rule and sentence for each word of OWL, RDFS or RDF that nobody here knows."""
    for word in dict.fromkeys(map(_word, filter(is_schema, triples))):
        known = word in _PROPERTIES or word in _KINDS or word in _WITHOUT_RULE
        if word.startswith(_LANGUAGES) and not known:
            yield "vocabulary", f"no rule is known for {vocab.shorten(word)}"


def _word(triple: ox.Triple) -> str:
    """Return the word of the language that a triple uses: its property, or the kind it names."""
    if triple.predicate == TYPE and isinstance(triple.object, ox.NamedNode):
        return triple.object.value
    return triple.predicate.value


def changing(rules: Iterable[BoundRule]) -> Iterator[tuple[str, str]]:
    """Yield rule and sentence for each rule by which data would change the ontology itself.

    The ontology is closed before the data is read, so these are not for the bound rules: a
    subproperty of rdfs:subClassOf, a domain owl:TransitiveProperty, a chain that ends in rdf:type.
    """
    for rule in rules:
        for atom in (rule.head, *rule.body):
            if not _is_of_data(atom) and not (atom[1] == SAME and rule.name in _MERGING):
                told = " ".join(_told(part) for part in atom)
                yield rule.name, f"the pattern {told} takes part in a rule"
        if isinstance(rule.head[0], ox.Literal):
            yield rule.name, f"the text {rule.head[0]} is in the class {_told(rule.head[2])}"


def _is_of_data(atom: Atom) -> bool:
    _, predicate, value = atom
    if not isinstance(predicate, ox.NamedNode):
        return False
    if predicate == TYPE:
        if not isinstance(value, ox.NamedNode):
            return False
        is_word = value.value.startswith(_LANGUAGES) and not is_datatype(value)
        return not is_word or value.value in _PLAIN_KINDS
    return not predicate.value.startswith(_LANGUAGES) or predicate.value in INERT


def _told(part: object) -> str:
    return vocab.shorten(part.value) if isinstance(part, ox.NamedNode) else str(part)
