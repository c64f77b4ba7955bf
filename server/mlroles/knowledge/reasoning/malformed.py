"""OWL that cannot be read, or is wrong as it stands: looked for before anything is derived."""

from mlroles import vocab
from mlroles.knowledge.reasoning.checks import check

_LISTS = "owl:intersectionOf owl:unionOf owl:oneOf owl:members owl:distinctMembers owl:hasKey"

_RESERVED = " || ".join(
    f'STRSTARTS(STR(?{{}}), "{space}")' for space in (vocab.RDF, vocab.RDFS, vocab.OWL, vocab.XSD)
)
_REDEFINING = (
    "rdfs:subClassOf rdfs:subPropertyOf rdfs:domain rdfs:range owl:inverseOf owl:sameAs"
    " owl:differentFrom owl:equivalentClass owl:equivalentProperty owl:disjointWith"
    " owl:propertyDisjointWith owl:complementOf owl:propertyChainAxiom owl:hasKey owl:onProperty"
    " owl:intersectionOf owl:unionOf owl:oneOf owl:someValuesFrom owl:allValuesFrom owl:hasValue"
    " owl:maxCardinality owl:maxQualifiedCardinality owl:onClass rdf:first rdf:rest"
)
_BOTH_WAYS = "owl:inverseOf owl:sameAs owl:differentFrom owl:equivalentProperty"
_KINDS = (
    "owl:FunctionalProperty owl:InverseFunctionalProperty owl:SymmetricProperty"
    " owl:AsymmetricProperty owl:TransitiveProperty owl:IrreflexiveProperty"
)
_KEEP = "Define a term of your own instead."

MALFORMED = (
    check(
        "eq-diff1",
        "{x} is said to be different from itself",
        "?x owl:differentFrom ?x",
    ),
    check(
        "eq-diff2",
        "{x} stands twice among things that are said to be all different",
        "?d a owl:AllDifferent",
        "?d (owl:members|owl:distinctMembers)/rdf:rest* ?k . ?k rdf:first ?x ."
        " ?k rdf:rest+/rdf:first ?x",
        key=("x",),
    ),
    check(
        "list",
        "a list comes back to itself",
        "?x rdf:rest ?y",
        "?y rdf:rest* ?x",
        key=(),
    ),
    check(
        "list",
        "a list goes on in two ways",
        "?x rdf:rest ?y . ?x rdf:rest ?z",
        "FILTER(STR(?y) < STR(?z))",
    ),
    check(
        "list",
        "a place in a list holds two things: {y} and {z}",
        "?x rdf:first ?y . ?x rdf:first ?z",
        "FILTER(STR(?y) < STR(?z))",
    ),
    check(
        "list",
        "the value of {p} is {y}, where a list belongs",
        "?x ?p ?y",
        f"VALUES ?p {{ {_LISTS} owl:propertyChainAxiom }}"
        " FILTER(?y != rdf:nil && NOT EXISTS { ?y rdf:first ?f })",
    ),
    check(
        "cardinality",
        "the value of {p} is {y}, where a whole number belongs",
        "?x ?p ?y",
        "VALUES ?p { owl:maxCardinality owl:maxQualifiedCardinality }"
        " FILTER NOT EXISTS { ?y term:value ?n FILTER(DATATYPE(?n) IN"
        " (xsd:integer, xsd:nonNegativeInteger, xsd:int)) }",
    ),
    check(
        "reserved vocabulary",
        "{x} belongs to the language, and {p} would change what it means",
        "?x ?p ?y",
        f"VALUES ?p {{ {_REDEFINING} }} FILTER({_RESERVED.replace('{}', 'x')})",
        hint=_KEEP,
    ),
    check(
        "reserved vocabulary",
        "{y} belongs to the language, and {p} would change what it means",
        "?x ?p ?y",
        f"VALUES ?p {{ {_BOTH_WAYS} }} FILTER({_RESERVED.replace('{}', 'y')})",
        hint=_KEEP,
    ),
    check(
        "reserved vocabulary",
        "{x} belongs to the language, and its kind {y} would change what it means",
        "?x a ?y",
        f"VALUES ?y {{ {_KINDS} }} FILTER({_RESERVED.replace('{}', 'x')})",
        hint=_KEEP,
    ),
)
