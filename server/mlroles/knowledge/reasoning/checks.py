"""What must not hold: the inconsistency rules of OWL 2 RL, and a few of common sense.

Each check is a pattern over the closed graph and a sentence; any solution is a clash. See
OWL 2 Profiles, section 4.3, for the rules of these names.
"""

from dataclasses import dataclass

from mlroles import vocab
from mlroles.knowledge.reasoning.rules import Pattern, patterns


@dataclass(frozen=True)
class Check:
    """A clash: ``body`` holds, where ``where`` does, and ``sentence`` says so.

    The sentence names variables in braces. ``then`` is asked of each solution, where that is
    quicker; a solution it has none for is none. ``also`` are statements to cite if the solution binds
    their variables. ``merges`` is a conclusion that only a genuine cause comes before: what is
    found after it is its consequence. Of the solutions that agree in ``key`` one is told.
    """

    rule: str
    sentence: str
    body: tuple[Pattern, ...]
    where: str = ""
    then: str = ""
    also: tuple[Pattern, ...] = ()
    merges: Pattern | None = None
    key: tuple[str, ...] = ("x", "y")
    hint: str | None = None


def _check(rule: str, sentence: str, body: str, where: str = "", **more: object) -> Check:
    return Check(rule, sentence, patterns(body), where, **more)  # type: ignore[arg-type]


_MEMBERS = "(owl:members|owl:distinctMembers)/rdf:rest*/term:first"
_PAIR = f"?d {_MEMBERS} ?a . ?d {_MEMBERS} ?b . FILTER(STR(?a) < STR(?b))"

# Two names are of two things if somebody says so, if they are literals of two values, or if both
# are ours (or the property is) and nobody says that they are names of one thing: our names are
# unique, else a slip of the pen would merge two skills and everything said of them.
_OURS = f'STRSTARTS(STR(?{{}}), "{vocab.BASE}")'
_BOTH_OURS = f"{_OURS.format('y')} && {_OURS.format('z')}"
_UNSAID = "NOT EXISTS { ?y (term:said|^term:said)+ ?z }"
_BLANK = 'STRSTARTS(STR(?{}), "urn:mlroles:")'
_NAMED = f"!({_BLANK.format('y')}) && !({_BLANK.format('z')})"


def _different(ours: str) -> str:
    return f"""
    OPTIONAL {{ ?y owl:differentFrom ?z BIND(true AS ?said1) }}
    OPTIONAL {{ ?z owl:differentFrom ?y BIND(true AS ?said2) }}
    OPTIONAL {{ ?d {_MEMBERS} ?y . ?d {_MEMBERS} ?z }}
    OPTIONAL {{ ?y term:value ?v . ?z term:value ?w . BIND(COALESCE(?v != ?w, true) AS ?apart) }}
    FILTER(BOUND(?said1) || BOUND(?said2) || BOUND(?d) || COALESCE(?apart, false)
        || ({_NAMED} && ({ours}) && {_UNSAID}))
    """


_SAME = ("?y", "owl:sameAs", "?z")
_ALSO = patterns("?d a owl:AllDifferent . ?y owl:differentFrom ?z . ?z owl:differentFrom ?y")
_SAME_HINT = "Remove what is wrong; if both are names of one thing, say so with owl:sameAs."


def _merge(rule: str, sentence: str, body: str, where: str = "", ours: str = _BOTH_OURS) -> Check:
    return Check(
        rule,
        sentence,
        patterns(body),
        where + " FILTER(STR(?y) < STR(?z))",
        _different(ours),
        _ALSO,
        _SAME,
        ("y", "z"),
        _SAME_HINT,
    )


#: Two things taken for one: told first, since much else follows from it.
EQUALITY = (
    _merge(
        "prp-fp",
        "{x} has two different values of {p}, which is functional: {y} and {z}",
        "?x ?p ?y . ?x ?p ?z . ?p a owl:FunctionalProperty",
        ours=f'STRSTARTS(STR(?p), "{vocab.MLR}") || ({_BOTH_OURS})',
    ),
    _merge(
        "prp-ifp",
        "{y} and {z} are different, but share {x} as their value of {p}, which is inverse"
        " functional",
        "?y ?p ?x . ?z ?p ?x . ?p a owl:InverseFunctionalProperty",
    ),
    _merge(
        "cls-maxc2",
        "{x} has two different values of {p}, of which it may have one: {y} and {z}",
        "?x ?p ?y . ?x ?p ?z . ?x a ?c . ?c owl:maxCardinality ?n . ?c owl:onProperty ?p",
        "?n term:value 1 .",
    ),
    _merge(
        "cls-maxqc3",
        "{x} has two different values of {p} in {k}, of which it may have one: {y} and {z}",
        "?x ?p ?y . ?x ?p ?z . ?x a ?c . ?y a ?k . ?z a ?k . ?c owl:onClass ?k"
        " . ?c owl:maxQualifiedCardinality ?n . ?c owl:onProperty ?p",
        "?n term:value 1 .",
    ),
    _merge(
        "cls-maxqc4",
        "{x} has two different values of {p}, of which it may have one: {y} and {z}",
        "?x ?p ?y . ?x ?p ?z . ?x a ?c . ?c owl:onClass owl:Thing"
        " . ?c owl:maxQualifiedCardinality ?n . ?c owl:onProperty ?p",
        "?n term:value 1 .",
    ),
    _check(
        "eq-diff1",
        "{x} and {y} are the same and are said to be different",
        "?x owl:differentFrom ?y . ?x owl:sameAs ?y",
        "FILTER(?x != ?y)",
    ),
    _check(
        "eq-diff2",
        "{a} and {b} are the same and are said to be all different",
        "?a owl:sameAs ?b . ?d a owl:AllDifferent",
        _PAIR,
        key=("a", "b"),
    ),
    _check(
        "eq-diff2",
        "it follows that {y} and {z} are one thing, and nobody says so: our names are unique",
        "?y owl:sameAs ?z",
        f"FILTER(STR(?y) < STR(?z) && {_BOTH_OURS} && {_UNSAID})",
        key=("y", "z"),
        hint=_SAME_HINT,
    ),
)

#: Everything else.
OTHERS = (
    _check(
        "owl:ObjectProperty",
        "the value of {p} is the text {y}, where the name of a thing belongs",
        "?x ?p ?y . ?p a owl:ObjectProperty",
        "?y term:value ?v",
        hint="Write the name of an individual, such as skill:statistics.",
    ),
    _check(
        "owl:DatatypeProperty",
        "the value of {p} is the thing {y}, where a text or number belongs",
        "?x ?p ?y . ?p a owl:DatatypeProperty",
        f"FILTER(!{_BLANK.format('y')})",
    ),
    _check(
        "dt-not-type",
        "the value {x} is none of {t}",
        "?x a ?t",
        "?x term:outside ?t",
        key=("x",),
    ),
    _check(
        "cax-dw",
        "{x} is both {a} and {b}, which are disjoint",
        "?x a ?a . ?x a ?b . ?a owl:disjointWith ?b",
        key=("x",),
    ),
    _check(
        "cax-adc",
        "{x} is both {a} and {b}, which are disjoint",
        "?x a ?a . ?x a ?b . ?d a owl:AllDisjointClasses",
        _PAIR,
        key=("x",),
    ),
    _check(
        "cls-com",
        "{x} is both {a} and {b}, and each is the complement of the other",
        "?x a ?a . ?x a ?b . ?a owl:complementOf ?b",
        key=("x",),
    ),
    _check(
        "cls-nothing2",
        "{x} is a member of owl:Nothing, which has none",
        "?x a owl:Nothing",
    ),
    _check(
        "cls-maxc1",
        "{x} has the value {y} of {p}, of which it may have none",
        "?x ?p ?y . ?x a ?c . ?c owl:maxCardinality ?n . ?c owl:onProperty ?p",
        "?n term:value 0",
    ),
    _check(
        "cls-maxqc1",
        "{x} has the value {y} of {p} in {k}, of which it may have none",
        "?x ?p ?y . ?x a ?c . ?y a ?k . ?c owl:onClass ?k . ?c owl:maxQualifiedCardinality ?n"
        " . ?c owl:onProperty ?p",
        "?n term:value 0",
    ),
    _check(
        "cls-maxqc2",
        "{x} has the value {y} of {p}, of which it may have none",
        "?x ?p ?y . ?x a ?c . ?c owl:onClass owl:Thing . ?c owl:maxQualifiedCardinality ?n"
        " . ?c owl:onProperty ?p",
        "?n term:value 0",
    ),
    _check(
        "prp-irp",
        "{p} relates {x} to itself, and is irreflexive",
        "?x ?p ?x . ?p a owl:IrreflexiveProperty",
        key=("x", "p"),
    ),
    _check(
        "prp-asyp",
        "{p} relates {x} and {y} both ways, and is asymmetric",
        "?x ?p ?y . ?y ?p ?x . ?p a owl:AsymmetricProperty",
        "FILTER(STR(?x) <= STR(?y))",
    ),
    _check(
        "prp-pdw",
        "{x} is related to {y} by both {p} and {q}, which are disjoint",
        "?x ?p ?y . ?x ?q ?y . ?p owl:propertyDisjointWith ?q",
    ),
    _check(
        "prp-adp",
        "{x} is related to {y} by both {a} and {b}, which are disjoint",
        "?x ?a ?y . ?x ?b ?y . ?d a owl:AllDisjointProperties",
        _PAIR,
    ),
    _check(
        "prp-npa1",
        "{x} has the value {y} of {p}, which is denied",
        "?x ?p ?y . ?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p"
        " . ?n owl:targetIndividual ?y",
    ),
    _check(
        "prp-npa2",
        "{x} has the value {y} of {p}, which is denied",
        "?x ?p ?y . ?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p"
        " . ?n owl:targetValue ?y",
    ),
)

_LISTS = "owl:intersectionOf owl:unionOf owl:oneOf owl:members owl:distinctMembers owl:hasKey"

#: OWL that cannot be read, or is wrong as it stands; looked for before anything is derived.
MALFORMED = (
    _check(
        "eq-diff1",
        "{x} is said to be different from itself",
        "?x owl:differentFrom ?x",
    ),
    _check(
        "eq-diff2",
        "{x} stands twice among things that are said to be all different",
        "?d a owl:AllDifferent",
        "?d (owl:members|owl:distinctMembers)/rdf:rest* ?k . ?k rdf:first ?x ."
        " ?k rdf:rest+/rdf:first ?x",
        key=("x",),
    ),
    _check(
        "list",
        "a list comes back to itself",
        "?x rdf:rest ?y",
        "?y rdf:rest* ?x",
        key=(),
    ),
    _check(
        "list",
        "a list goes on in two ways",
        "?x rdf:rest ?y . ?x rdf:rest ?z",
        "FILTER(STR(?y) < STR(?z))",
    ),
    _check(
        "list",
        "a place in a list holds two things: {y} and {z}",
        "?x rdf:first ?y . ?x rdf:first ?z",
        "FILTER(STR(?y) < STR(?z))",
    ),
    _check(
        "list",
        "the value of {p} is {y}, where a list belongs",
        "?x ?p ?y",
        f"VALUES ?p {{ {_LISTS} owl:propertyChainAxiom }}"
        " FILTER(?y != rdf:nil && NOT EXISTS { ?y rdf:first ?f })",
    ),
    _check(
        "cardinality",
        "the value of {p} is {y}, where a whole number belongs",
        "?x ?p ?y",
        "VALUES ?p { owl:maxCardinality owl:maxQualifiedCardinality }"
        " FILTER NOT EXISTS { ?y term:value ?n FILTER(DATATYPE(?n) IN"
        " (xsd:integer, xsd:nonNegativeInteger, xsd:int)) }",
    ),
)
