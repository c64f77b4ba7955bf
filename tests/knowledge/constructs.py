"""Each construct that the rules know, with facts of which something follows.

``CONSTRUCTS`` has a line for each word of OWL 2 RL, and for each form of a rule. In braces are
names to be drawn, different ones of a kind: classes C, D, E, properties p, q, r, things x, y, z.
"""

import string

from hypothesis import strategies as st

from ontologies import AXIOMS, CLASSES, FACTS, PREFIXES, PROPERTIES, THINGS

#: So that something follows where the construct alone lets nothing follow.
_ALSO = " {E} rdfs:subClassOf {C} . {z} a {E} ."
_SUB = " rdfs:subClassOf [ a owl:Restriction ; owl:onProperty {p} ; "
_SUPER = " owl:equivalentClass [ a owl:Restriction ; owl:onProperty {p} ; "

CONSTRUCTS = (
    "{C} rdfs:subClassOf {D} . {x} a {C} .",
    "{C} a owl:Class, rdfs:Class ; owl:equivalentClass {D} . {x} a {D} .",
    "{p} rdfs:domain {C} . {x} {p} {y} .",
    "{p} rdfs:range {C} . {x} {p} {y} .",
    "{p} rdfs:subPropertyOf {q} . {x} {p} {y} .",
    "{p} a owl:ObjectProperty ; owl:equivalentProperty {q} . {x} {q} {y} .",
    "{p} a rdf:Property ; owl:inverseOf {q} . {x} {p} {y} .",
    "{q} owl:inverseOf {p} . {x} {p} {y} .",
    "{p} a owl:SymmetricProperty . {x} {p} {y} .",
    "{p} a owl:TransitiveProperty . {x} {p} {y} . {y} {p} {z} .",
    "{p} owl:propertyChainAxiom ( {q} ) . {x} {q} {y} .",
    "{p} owl:propertyChainAxiom ( {q} {r} ) . {x} {q} {y} . {y} {r} {z} .",
    "{p} owl:propertyChainAxiom ( {p} {q} ) . {x} {p} {y} . {y} {q} {z} .",
    "{p} owl:propertyChainAxiom ( {q} {r} {q} ) . {x} {q} {y} . {y} {r} {z} . {z} {q} {x} .",
    "{p} owl:propertyChainAxiom ( {q} {q} {q} {q} ) . {x} {q} {y} . {y} {q} {x} .",
    "{C}" + _SUPER + "owl:hasValue {y} ] . {x} {p} {y} .",
    "{C}" + _SUB + "owl:hasValue {y} ] . {x} a {C} .",
    "{C}" + _SUPER + "owl:someValuesFrom {D} ] . {x} {p} {y} . {y} a {D} .",
    "{C}" + _SUPER + "owl:someValuesFrom {C} ] . {x} {p} {y} . {y} {p} {z} . {z} a {C} .",
    "{C}" + _SUPER + "owl:someValuesFrom owl:Thing ] . {x} {p} {y} .",
    "{C}" + _SUB + "owl:allValuesFrom {D} ] . {x} a {C} ; {p} {y} .",
    "{C} owl:equivalentClass [ owl:intersectionOf ( {D} {E} ) ] . {x} a {D}, {E} .",
    "{C} rdfs:subClassOf [ a owl:Class ; owl:intersectionOf ( {D} {E} ) ] . {x} a {C} .",
    "{C} owl:equivalentClass [ a owl:Class ; owl:unionOf ( {D} {E} ) ] . {x} a {E} .",
    "{C} owl:equivalentClass [ owl:oneOf ( {x} {y} ) ] .",
    "{p} a owl:FunctionalProperty ; rdfs:domain {C} . {x} {p} {y} .",
    "{p} a owl:InverseFunctionalProperty ; rdfs:domain {C} . {x} {p} {y} .",
    "{C}" + _SUB + "owl:maxCardinality 1 ] . {x} a {C} ; {p} {y} ." + _ALSO,
    "{C}" + _SUB + "owl:maxCardinality 0 ] . {x} a {C} ." + _ALSO,
    "{C}" + _SUB + "owl:maxQualifiedCardinality 1 ; owl:onClass {D} ] . {x} {p} {y} ." + _ALSO,
    "{C} owl:disjointWith {D} . {x} a {D} ." + _ALSO,
    "{C} owl:complementOf {D} . {x} a {D} ." + _ALSO,
    "[] a owl:AllDisjointClasses ; owl:members ( {C} {D} ) ." + _ALSO,
    "[] a owl:AllDisjointProperties ; owl:members ( {p} {q} ) . {x} {p} {y} ." + _ALSO,
    "{p} owl:propertyDisjointWith {q} . {x} {p} {y} ." + _ALSO,
    "{p} a owl:AsymmetricProperty ; rdfs:domain {C} . {x} {p} {y} .",
    "{p} a owl:IrreflexiveProperty ; rdfs:domain {C} . {x} {p} {y} .",
    "{x} owl:differentFrom {y} ." + _ALSO,
    "[] a owl:AllDifferent ; owl:members ( {x} {y} ) ." + _ALSO,
    "[] a owl:AllDifferent ; owl:distinctMembers ( {x} {y} {z} ) ." + _ALSO,
    "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual {x} ;"
    " owl:assertionProperty {p} ; owl:targetIndividual {y} ." + _ALSO,
    "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual {x} ;"
    " owl:assertionProperty :note ; owl:targetValue 7 ." + _ALSO,
    ":note a owl:DatatypeProperty ; rdfs:domain {C} ; rdfs:range rdfs:Literal . {x} :note 'x' .",
    ":text a owl:DatatypeProperty ; rdfs:subPropertyOf :note . {x} :text 'x'@en .",
    ":size a owl:DatatypeProperty ; rdfs:range xsd:integer ; rdfs:domain {C} . {x} :size 3 .",
    ":named a owl:AnnotationProperty ; rdfs:subPropertyOf rdfs:label . {x} :named 'x' .",
    ":digits a rdfs:Datatype ; owl:equivalentClass xsd:integer ." + _ALSO,
    ":digits a owl:DataRange ." + _ALSO,
    "<> a owl:Ontology ; owl:imports :other ; owl:versionIRI :one ; owl:versionInfo '1' ;"
    " owl:priorVersion :none ; owl:backwardCompatibleWith :none ; owl:incompatibleWith :none ;"
    " :about 'x' . :about a owl:OntologyProperty, owl:AnnotationProperty ." + _ALSO,
    "[] a owl:Axiom ; owl:annotatedSource {C} ; owl:annotatedProperty rdfs:subClassOf ;"
    " owl:annotatedTarget {D} . [] a owl:Annotation ; rdfs:comment 'x' ." + _ALSO,
    "{C} owl:deprecated true . {D} a owl:DeprecatedClass . {p} a owl:DeprecatedProperty ." + _ALSO,
    "{x} a owl:NamedIndividual ; rdfs:seeAlso {y} ; rdfs:isDefinedBy {z} ; rdf:value 1 ." + _ALSO,
    "{x} a rdf:Statement ; rdf:subject {y} ; rdf:predicate {p} ; rdf:object {z} ." + _ALSO,
    "{x} a rdf:Bag ; rdfs:member {y} . {y} a rdf:Seq . {z} a rdf:Alt ." + _ALSO,
    "{C} rdfs:subClassOf rdfs:Container . {p} a rdfs:ContainerMembershipProperty ." + _ALSO,
    "{x} a rdf:List ; rdf:first {y} ; rdf:rest () ." + _ALSO,
    "{p} rdfs:subPropertyOf owl:topObjectProperty ; rdfs:domain {C} . {x} {p} {y} .",
    ":note rdfs:subPropertyOf owl:topDataProperty ; rdfs:domain {C} . {x} :note 'x' .",
    "{p} rdfs:subPropertyOf owl:bottomObjectProperty ." + _ALSO,
    ":note rdfs:subPropertyOf owl:bottomDataProperty ." + _ALSO,
    "{D} rdfs:subClassOf owl:Nothing ." + _ALSO,
    "{C} rdfs:subClassOf rdfs:Resource, owl:Thing . {x} a owl:Thing, rdfs:Resource ." + _ALSO,
)
#: Constructs of which the rules say that they do not decide them, wherever they occur.
LEFT_TO_OWLRL = (
    "{C} owl:hasKey ( {p} ) . {x} a {C} ; {p} {y} ." + _ALSO,
    "{C}" + _SUB + "owl:maxQualifiedCardinality 1 ; owl:onClass owl:Thing ] ." + _ALSO,
)


def _named(construct: str) -> st.SearchStrategy[str]:
    """Return a construct with names drawn for what is in braces."""
    drawn = (st.permutations(CLASSES), st.permutations(PROPERTIES), st.permutations(THINGS))
    fields = {name for _, name, _, _ in string.Formatter().parse(construct) if name}

    def filled(names: tuple[list[str], ...]) -> str:
        known = dict(zip("CDEpqrxyz", (n for kind in names for n in kind[:3]), strict=True))
        return construct.format_map({field: known[field] for field in fields})

    return st.tuples(*drawn).map(filled)


def cases(construct: str) -> st.SearchStrategy[str]:
    """Return Turtle that has a construct, with up to three axioms and four facts besides."""
    more = st.tuples(
        st.lists(AXIOMS, min_size=1, max_size=3), st.lists(FACTS, min_size=1, max_size=4)
    )
    return st.tuples(_named(construct), more).map(
        lambda parts: PREFIXES + "\n".join([parts[0], *parts[1][0], *parts[1][1]])
    )


def plain(construct: str) -> str:
    """Return a construct as Turtle, with the first names that there are."""
    names = (*CLASSES[:3], *PROPERTIES[:3], *THINGS[:3])
    return PREFIXES + construct.format_map(dict(zip("CDEpqrxyz", names, strict=True)))
