"""The rules of OWL 2 RL as patterns, to say why something follows (OWL 2 Profiles, 4.3).

Not here are the rules of tables 4 to 9 that conclude false, which ``equality`` and
``contradictions`` have, and these:

- eq-ref, cls-thing, cls-nothing1, prp-ap, dt-type1, scm-cls, scm-op, scm-dp: what they say is true
  of any graph, such as that a thing is the same as itself, and is stripped as noise.
- dt-type2, dt-eq, dt-diff: they say of literals, which are no subjects in RDF, what they are.
  Values are compared where two of them would be taken for one. dt-not-type is a check.
- eq-diff3: it is eq-diff2 with ``owl:distinctMembers`` for ``owl:members``; that check asks for both.

prp-spo2, cls-int1 and prp-key are of lists of any length. A chain of more than ``LONGEST_CHAIN``
properties is left to owlrl by name (``coverage``).
"""

from dataclasses import dataclass

#: Three terms of a triple: variables, prefixed names, ``a``.
Pattern = tuple[str, str, str]


@dataclass(frozen=True)
class Rule:
    """``head`` follows from ``body``, where ``where`` holds besides.

    ``each`` are premises that must hold for every solution of ``where``, not for one.
    """

    name: str
    head: Pattern
    body: tuple[Pattern, ...]
    where: str = ""
    each: tuple[Pattern, ...] = ()


def _pattern(text: str) -> Pattern:
    subject, predicate, value = text.split()
    return subject, predicate, value


def patterns(text: str) -> tuple[Pattern, ...]:
    """Return the triple patterns of a text that parts them by full stops."""
    return tuple(_pattern(part) for part in text.split(" . ") if part)


def _rule(name: str, head: str, body: str, where: str = "", each: str = "") -> Rule:
    return Rule(name, _pattern(head), patterns(body), where, patterns(each))


def _chain(length: int) -> Rule:
    cells = "".join(f" ?l{i} rdf:first ?p{i} ; rdf:rest ?l{i + 1} ." for i in range(length))
    steps = " . ".join(f"?u{i} ?p{i} ?u{i + 1}" for i in range(length))
    body = f"?p owl:propertyChainAxiom ?l0 . {steps}"
    where = f"{cells} FILTER(?l{length} = rdf:nil)"
    return _rule("prp-spo2", f"?u0 ?p ?u{length}", body, where)


_MEMBERS = "?l rdf:rest*/rdf:first ?d"
_ONE = "?n term:value 1 ."
#: Properties in a chain, at most.
LONGEST_CHAIN = 4

RULES = (
    _rule("cax-sco", "?x a ?c", "?d rdfs:subClassOf ?c . ?x a ?d", "FILTER(?c != ?d)"),
    _rule("cax-eqc1", "?x a ?c", "?d owl:equivalentClass ?c . ?x a ?d", "FILTER(?c != ?d)"),
    _rule("cax-eqc2", "?x a ?c", "?c owl:equivalentClass ?d . ?x a ?d", "FILTER(?c != ?d)"),
    _rule("prp-dom", "?x a ?c", "?p rdfs:domain ?c . ?x ?p ?y"),
    _rule("prp-rng", "?y a ?c", "?p rdfs:range ?c . ?x ?p ?y"),
    _rule("cls-hv2", "?x a ?c", "?c owl:hasValue ?v . ?c owl:onProperty ?p . ?x ?p ?v"),
    _rule("cls-hv1", "?x ?p ?v", "?c owl:hasValue ?v . ?c owl:onProperty ?p . ?x a ?c"),
    _rule(
        "cls-svf1",
        "?x a ?c",
        "?c owl:someValuesFrom ?d . ?c owl:onProperty ?p . ?x ?p ?y . ?y a ?d",
    ),
    _rule(
        "cls-svf2",
        "?x a ?c",
        "?c owl:someValuesFrom owl:Thing . ?c owl:onProperty ?p . ?x ?p ?y",
    ),
    _rule(
        "cls-avf",
        "?y a ?d",
        "?c owl:allValuesFrom ?d . ?c owl:onProperty ?p . ?x a ?c . ?x ?p ?y",
    ),
    _rule("cls-int1", "?x a ?c", "?c owl:intersectionOf ?l", _MEMBERS, each="?x a ?d"),
    _rule("cls-int2", "?x a ?d", "?c owl:intersectionOf ?l . ?x a ?c", _MEMBERS),
    _rule("cls-uni", "?x a ?c", "?c owl:unionOf ?l . ?x a ?d", _MEMBERS),
    _rule("cls-oo", "?d a ?c", "?c owl:oneOf ?l", _MEMBERS),
    _rule("prp-spo1", "?x ?p ?y", "?q rdfs:subPropertyOf ?p . ?x ?q ?y", "FILTER(?p != ?q)"),
    _rule("prp-eqp1", "?x ?p ?y", "?q owl:equivalentProperty ?p . ?x ?q ?y", "FILTER(?p != ?q)"),
    _rule("prp-eqp2", "?x ?p ?y", "?p owl:equivalentProperty ?q . ?x ?q ?y", "FILTER(?p != ?q)"),
    _rule("prp-inv1", "?y ?p ?x", "?q owl:inverseOf ?p . ?x ?q ?y"),
    _rule("prp-inv2", "?y ?p ?x", "?p owl:inverseOf ?q . ?x ?q ?y"),
    _rule("prp-symp", "?y ?p ?x", "?p a owl:SymmetricProperty . ?x ?p ?y"),
    _rule("prp-trp", "?x ?p ?z", "?p a owl:TransitiveProperty . ?x ?p ?y . ?y ?p ?z"),
    *(_chain(length) for length in range(1, LONGEST_CHAIN + 1)),
    _rule("prp-fp", "?y owl:sameAs ?z", "?p a owl:FunctionalProperty . ?x ?p ?y . ?x ?p ?z"),
    _rule(
        "prp-ifp", "?y owl:sameAs ?z", "?p a owl:InverseFunctionalProperty . ?y ?p ?x . ?z ?p ?x"
    ),
    _rule(
        "cls-maxc2",
        "?y owl:sameAs ?z",
        "?c owl:maxCardinality ?n . ?c owl:onProperty ?p . ?x a ?c . ?x ?p ?y . ?x ?p ?z",
        _ONE,
    ),
    _rule(
        "cls-maxqc3",
        "?y owl:sameAs ?z",
        "?c owl:maxQualifiedCardinality ?n . ?c owl:onProperty ?p . ?c owl:onClass ?d"
        " . ?x a ?c . ?x ?p ?y . ?x ?p ?z . ?y a ?d . ?z a ?d",
        _ONE,
    ),
    _rule(
        "cls-maxqc4",
        "?y owl:sameAs ?z",
        "?c owl:maxQualifiedCardinality ?n . ?c owl:onProperty ?p . ?c owl:onClass owl:Thing"
        " . ?x a ?c . ?x ?p ?y . ?x ?p ?z",
        _ONE,
    ),
    _rule(
        "prp-key",
        "?y owl:sameAs ?z",
        "?c owl:hasKey ?l . ?y a ?c . ?z a ?c",
        _MEMBERS,
        each="?y ?d ?v . ?z ?d ?v",
    ),
    _rule("eq-sym", "?x owl:sameAs ?y", "?y owl:sameAs ?x"),
    _rule("eq-trans", "?x owl:sameAs ?z", "?x owl:sameAs ?y . ?y owl:sameAs ?z"),
    _rule("eq-rep-s", "?y ?p ?o", "?x owl:sameAs ?y . ?x ?p ?o"),
    _rule("eq-rep-o", "?s ?p ?y", "?x owl:sameAs ?y . ?s ?p ?x"),
    _rule("eq-rep-p", "?s ?q ?o", "?p owl:sameAs ?q . ?s ?p ?o"),
    _rule("scm-sco", "?c rdfs:subClassOf ?e", "?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?e"),
    _rule("scm-eqc1", "?c rdfs:subClassOf ?d", "?c owl:equivalentClass ?d"),
    _rule("scm-eqc1", "?c rdfs:subClassOf ?d", "?d owl:equivalentClass ?c"),
    _rule("scm-eqc2", "?c owl:equivalentClass ?d", "?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?c"),
    _rule("scm-int", "?c rdfs:subClassOf ?d", "?c owl:intersectionOf ?l", _MEMBERS),
    _rule("scm-uni", "?d rdfs:subClassOf ?c", "?c owl:unionOf ?l", _MEMBERS),
    _rule(
        "scm-spo",
        "?p rdfs:subPropertyOf ?r",
        "?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?r",
    ),
    _rule("scm-eqp1", "?p rdfs:subPropertyOf ?q", "?p owl:equivalentProperty ?q"),
    _rule("scm-eqp1", "?p rdfs:subPropertyOf ?q", "?q owl:equivalentProperty ?p"),
    _rule(
        "scm-eqp2",
        "?p owl:equivalentProperty ?q",
        "?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?p",
    ),
    _rule("scm-dom1", "?p rdfs:domain ?d", "?p rdfs:domain ?c . ?c rdfs:subClassOf ?d"),
    _rule("scm-dom2", "?q rdfs:domain ?c", "?p rdfs:domain ?c . ?q rdfs:subPropertyOf ?p"),
    _rule("scm-rng1", "?p rdfs:range ?d", "?p rdfs:range ?c . ?c rdfs:subClassOf ?d"),
    _rule("scm-rng2", "?q rdfs:range ?c", "?p rdfs:range ?c . ?q rdfs:subPropertyOf ?p"),
    _rule(
        "scm-hv",
        "?c rdfs:subClassOf ?d",
        "?c owl:hasValue ?v . ?c owl:onProperty ?p . ?d owl:hasValue ?v . ?d owl:onProperty ?q"
        " . ?p rdfs:subPropertyOf ?q",
    ),
    _rule(
        "scm-svf1",
        "?c rdfs:subClassOf ?d",
        "?c owl:someValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:someValuesFrom ?z"
        " . ?d owl:onProperty ?p . ?y rdfs:subClassOf ?z",
    ),
    _rule(
        "scm-svf2",
        "?c rdfs:subClassOf ?d",
        "?c owl:someValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:someValuesFrom ?y"
        " . ?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q",
    ),
    _rule(
        "scm-avf1",
        "?c rdfs:subClassOf ?d",
        "?c owl:allValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:allValuesFrom ?z"
        " . ?d owl:onProperty ?p . ?y rdfs:subClassOf ?z",
    ),
    _rule(
        "scm-avf2",
        "?d rdfs:subClassOf ?c",
        "?c owl:allValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:allValuesFrom ?y"
        " . ?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q",
    ),
)
