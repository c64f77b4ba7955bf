"""Every contradiction but those of equality, by OWL 2 RL's rules and by common sense."""

from mlroles.knowledge.reasoning.checks import PAIR, UNNAMED, check

CONTRADICTIONS = (
    check(
        "owl:ObjectProperty",
        "the value of {p} is the text {y}, where the name of a thing belongs",
        "?x ?p ?y . ?p a owl:ObjectProperty",
        "?y term:value ?v",
        hint="Write the name of an individual, such as skill:statistics.",
    ),
    check(
        "owl:DatatypeProperty",
        "the value of {p} is the thing {y}, where a text or number belongs",
        "?x ?p ?y . ?p a owl:DatatypeProperty",
        f"FILTER(!{UNNAMED.format('y')})",
    ),
    check(
        "dt-not-type",
        "the value {x} is none of {t}",
        "?x a ?t",
        "?x term:outside ?t",
        key=("x",),
    ),
    check(
        "cax-dw",
        "{x} is both {a} and {b}, which are disjoint",
        "?x a ?a . ?x a ?b . ?a owl:disjointWith ?b",
        key=("x",),
    ),
    check(
        "cax-adc",
        "{x} is both {a} and {b}, which are disjoint",
        "?x a ?a . ?x a ?b . ?d a owl:AllDisjointClasses",
        PAIR,
        key=("x",),
    ),
    check(
        "cls-com",
        "{x} is both {a} and {b}, and each is the complement of the other",
        "?x a ?a . ?x a ?b . ?a owl:complementOf ?b",
        key=("x",),
    ),
    check(
        "cls-nothing2",
        "{x} is a member of owl:Nothing, which has none",
        "?x a owl:Nothing",
    ),
    check(
        "cls-maxc1",
        "{x} has the value {y} of {p}, of which it may have none",
        "?x ?p ?y . ?x a ?c . ?c owl:maxCardinality ?n . ?c owl:onProperty ?p",
        "?n term:value 0",
    ),
    check(
        "cls-maxqc1",
        "{x} has the value {y} of {p} in {k}, of which it may have none",
        "?x ?p ?y . ?x a ?c . ?y a ?k . ?c owl:onClass ?k . ?c owl:maxQualifiedCardinality ?n"
        " . ?c owl:onProperty ?p",
        "?n term:value 0",
    ),
    check(
        "cls-maxqc2",
        "{x} has the value {y} of {p}, of which it may have none",
        "?x ?p ?y . ?x a ?c . ?c owl:onClass owl:Thing . ?c owl:maxQualifiedCardinality ?n"
        " . ?c owl:onProperty ?p",
        "?n term:value 0",
    ),
    check(
        "prp-irp",
        "{p} relates {x} to itself, and is irreflexive",
        "?x ?p ?x . ?p a owl:IrreflexiveProperty",
        key=("x", "p"),
    ),
    check(
        "prp-asyp",
        "{p} relates {x} and {y} both ways, and is asymmetric",
        "?x ?p ?y . ?y ?p ?x . ?p a owl:AsymmetricProperty",
        "FILTER(STR(?x) <= STR(?y))",
    ),
    check(
        "prp-pdw",
        "{x} is related to {y} by both {p} and {q}, which are disjoint",
        "?x ?p ?y . ?x ?q ?y . ?p owl:propertyDisjointWith ?q",
    ),
    check(
        "prp-adp",
        "{x} is related to {y} by both {a} and {b}, which are disjoint",
        "?x ?a ?y . ?x ?b ?y . ?d a owl:AllDisjointProperties",
        PAIR,
    ),
    check(
        "prp-npa1",
        "{x} has the value {y} of {p}, which is denied",
        "?x ?p ?y . ?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p"
        " . ?n owl:targetIndividual ?y",
    ),
    check(
        "prp-npa2",
        "{x} has the value {y} of {p}, which is denied",
        "?x ?p ?y . ?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p"
        " . ?n owl:targetValue ?y",
    ),
)
