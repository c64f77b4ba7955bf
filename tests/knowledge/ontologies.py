"""Random ontologies with data, of every construct that OWL 2 RL has a rule for."""

from hypothesis import strategies as st

PREFIXES = """\
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
CLASSES = ":A", ":B", ":C", ":D", ":E"
PROPERTIES = ":p", ":q", ":r", ":s"
THINGS = ":a", ":b", ":c", ":d", ":e"

_class = st.sampled_from(CLASSES)
_property = st.sampled_from(PROPERTIES)
_thing = st.sampled_from(THINGS)
_text = st.sampled_from(['"x"', '"y"', "1", '"x"@en'])


def _phrase(template: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.fixed_dictionaries(parts).map(lambda given: template.format(**given))


def _two(kind: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(kind, min_size=2, max_size=3, unique=True).map(" ".join)


def _expressions(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return class expressions over ``inner``."""
    restriction = "[ a owl:Restriction ; owl:onProperty {p} ; owl:{k} {v} ]"
    one = st.just("1")
    return st.one_of(
        _phrase("[ a owl:Class ; owl:intersectionOf ( {cs} ) ]", cs=_two(inner)),
        _phrase("[ a owl:Class ; owl:unionOf ( {cs} ) ]", cs=_two(inner)),
        _phrase("[ a owl:Class ; owl:oneOf ( {xs} ) ]", xs=_two(_thing)),
        _phrase(restriction, p=_property, k=st.just("someValuesFrom"), v=inner),
        _phrase(restriction, p=_property, k=st.just("someValuesFrom"), v=st.just("owl:Thing")),
        _phrase(restriction, p=_property, k=st.just("allValuesFrom"), v=inner),
        _phrase(restriction, p=_property, k=st.just("hasValue"), v=_thing),
        _phrase(restriction, p=_property, k=st.just("maxCardinality"), v=one),
    )


_expression = st.one_of(_class, _expressions(st.one_of(_class, _expressions(_class))))
_kinds = st.sampled_from(["Transitive", "Symmetric", "Functional", "InverseFunctional"])
_strict = st.sampled_from(["Asymmetric", "Irreflexive"])

#: What mostly lets things follow; each as often as the others.
AXIOMS = st.one_of(
    _phrase("{c} rdfs:subClassOf {d} .", c=_expression, d=_expression),
    _phrase("{c} owl:equivalentClass {d} .", c=_class, d=_expression),
    _phrase("{p} rdfs:subPropertyOf {q} .", p=_property, q=_property),
    _phrase("{p} owl:equivalentProperty {q} .", p=_property, q=_property),
    _phrase("{p} owl:inverseOf {q} .", p=_property, q=_property),
    _phrase("{p} rdfs:domain {c} .", p=_property, c=_expression),
    _phrase("{p} rdfs:range {c} .", p=_property, c=_expression),
    _phrase("{p} owl:propertyChainAxiom ( {qs} ) .", p=_property, qs=_two(_property)),
    _phrase("{p} a owl:{k}Property .", p=_property, k=_kinds),
)
#: What may contradict, or takes two names for one thing.
CONSTRAINTS = st.one_of(
    _phrase("{c} owl:disjointWith {d} .", c=_class, d=_class),
    _phrase("{c} owl:complementOf {d} .", c=_class, d=_class),
    _phrase("[] a owl:AllDisjointClasses ; owl:members ( {cs} ) .", cs=_two(_class)),
    _phrase("{p} owl:propertyDisjointWith {q} .", p=_property, q=_property),
    _phrase("[] a owl:AllDisjointProperties ; owl:members ( {ps} ) .", ps=_two(_property)),
    _phrase("{p} a owl:{k}Property .", p=_property, k=_strict),
    _phrase("{c} owl:hasKey ( {p} ) .", c=_class, p=_property),
    _phrase("{x} owl:sameAs {y} .", x=_thing, y=_thing),
    _phrase("{x} owl:differentFrom {y} .", x=_thing, y=_thing),
    _phrase(
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual {x} ;"
        " owl:assertionProperty {p} ; owl:targetIndividual {y} .",
        x=_thing,
        p=_property,
        y=_thing,
    ),
    _phrase(
        "{c} rdfs:subClassOf [ a owl:Restriction ; owl:onProperty {p} ; owl:maxCardinality 0 ] .",
        c=_class,
        p=_property,
    ),
)
FACTS = st.one_of(
    _phrase("{x} a {c} .", x=_thing, c=_class),
    _phrase("{x} {p} {y} .", x=_thing, p=_property, y=_thing),
    _phrase("{x} {p} {y} .", x=_thing, p=_property, y=_thing),
    _phrase("{x} :note {t} .", x=_thing, t=_text),
)


def ontologies(*, constraints: int = 2) -> st.SearchStrategy[str]:
    """Return Turtle: up to eight axioms, ``constraints`` that may contradict, and ten facts."""
    return st.tuples(
        st.lists(AXIOMS, min_size=1, max_size=8),
        st.lists(CONSTRAINTS, max_size=constraints),
        st.lists(FACTS, min_size=1, max_size=10),
    ).map(lambda parts: PREFIXES + "\n".join(line for part in parts for line in part))
