"""What the bound rules leave out, and questions that find a contradiction if there is one.

A question is asked of the closed data; it may have an answer where nothing contradicts, never
none where something does. Whoever gets an answer looks closely: ``clashes`` has the words.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from mlroles import vocab
from mlroles.knowledge.literals import permits
from mlroles.knowledge.reasoning.binding import (
    SAME,
    TOP,
    TYPE,
    Atom,
    BoundRule,
    is_about_schema,
    put,
)
from mlroles.knowledge.reasoning.causes import text
from mlroles.knowledge.reasoning.checks import MEMBERS, Check
from mlroles.knowledge.reasoning.contradictions import CONTRADICTIONS
from mlroles.knowledge.reasoning.equality import EQUALITY
from mlroles.knowledge.reasoning.evaluation import Dataset, pattern
from mlroles.knowledge.reasoning.rules import LONGEST_CHAIN
from mlroles.knowledge.reasoning.world import World

#: Checks of the table that are asked in another way here, see below.
_OTHERWISE = {"owl:ObjectProperty", "owl:DatatypeProperty", "dt-not-type"}
_TURNING = {"prp-inv1", "prp-inv2", "prp-symp"}


@dataclass(frozen=True)
class Doubt:
    """Something that the bound rules do not decide: the rule's name, and a sentence."""

    rule: str
    sentence: str


def before(world: World, rules: Iterable[BoundRule]) -> Iterator[Doubt]:
    """Yield what in the schema is beyond the bound rules."""
    for where, rule, sentence in _BEYOND:
        for row in world.rows(where):
            terms = {name: vocab.shorten(world.term(iri).value) for name, iri in row.items()}
            yield Doubt(rule, sentence.format_map(terms))
    for rule_ in rules:
        if any(atom[1] == TYPE and atom[2] in TOP for atom in rule_.body):
            yield Doubt(rule_.name, "something is said of everything there is")


def after(world: World, rules: Iterable[BoundRule], data: Dataset) -> Iterator[Doubt]:
    """Yield what in the closed data may contradict, or takes two things for one."""
    if data.ask(f"?x {SAME} ?y FILTER(?x != ?y)"):
        yield Doubt("eq-rep-s", "two names are said to be of one thing")
    if data.ask(f"?x a <{vocab.OWL}Nothing>"):
        yield Doubt("cls-nothing2", "something is a member of owl:Nothing")
    turned = {atom[1]: rule.name for rule in rules if rule.name in _TURNING for atom in rule.body}
    things = {row["p"] for row in world.rows("?p a owl:ObjectProperty")}
    for property_, name in turned.items():
        asked = f"?x {property_} ?y FILTER(isLiteral(?y))"
        if str(property_).strip("<>") not in things and data.ask(asked):  # else: see _kinds
            yield Doubt(name, f"{property_} has a text or number for a value")
    size = cache(lambda atom: data.count(pattern((atom,))))
    for check in (*EQUALITY, *CONTRADICTIONS):
        if check.rule not in _OTHERWISE:
            yield from _asked(world, check, data, size)
    yield from _kinds(world, data)
    yield from _datatypes(world, data)


_DATATYPE = "STRSTARTS(STR(?d), STR(xsd:)) || ?d = rdfs:Literal || EXISTS { ?d a rdfs:Datatype }"
_TOO_LONG = f"?p owl:propertyChainAxiom/{'/'.join(['rdf:rest'] * LONGEST_CHAIN)} ?l"

#: What a schema may hold that the bound rules do not take into account.
_BEYOND = (
    ("?c owl:hasKey ?l", "prp-key", "{c} has a key"),
    (
        f"{_TOO_LONG} FILTER(?l != rdf:nil)",
        "prp-spo2",
        f"{{p}} has a chain of more than {LONGEST_CHAIN} properties",
    ),
    (
        f"?c owl:someValuesFrom ?d FILTER({_DATATYPE})",
        "cls-svf1",
        "some value is asked for in the datatype {d}",
    ),
    (
        f"?c owl:allValuesFrom ?d FILTER({_DATATYPE})",
        "cls-avf",
        "all values are asked to be in the datatype {d}",
    ),
    (
        "VALUES ?q { rdf:type owl:sameAs } ?p rdfs:subPropertyOf ?q FILTER(?p != ?q)",
        "prp-spo1",
        "{p} is a subproperty of {q}",
    ),
)


def _asked(
    world: World, check: Check, data: Dataset, size: Callable[[Atom], int]
) -> Iterator[Doubt]:
    schema = [p for p in check.body if is_about_schema(p)]
    facts = [p for p in check.body if p not in schema]
    if not schema or not facts:
        return
    axioms = " ".join(map(text, schema))
    of_schema = MEMBERS in check.where or _variables(check.where) <= _variables(axioms)
    rows = list(world.rows(f"{axioms} {check.where}" if of_schema else axioms))
    bound = {name for row in rows for name in row}
    if check.then and _variables(check.then) <= bound:
        rows = [row for row in rows if any(True for _ in world.rows(check.then, row))]
    apart = " FILTER(?y != ?z)" if check.merges else ""
    for row in rows:
        atoms = [put(world, p, row) for p in facts]
        if all(atom[1] == TYPE for atom in atoms):
            atoms.sort(key=size)  # a store may go through the first, and look the others up
        asked = pattern(atoms)
        if data.ask(asked + apart):
            yield Doubt(check.rule, f"the rule {check.rule} may be broken: {asked}")


def _variables(where: str) -> set[str]:
    return set(re.findall(r"\?(\w+)", where))


def _kinds(world: World, data: Dataset) -> Iterator[Doubt]:
    """Yield the properties of things that have a text, and those of texts that have a thing."""
    for kind, is_wrong in (("ObjectProperty", "isLiteral"), ("DatatypeProperty", "!isLiteral")):
        for row in world.rows(f"?p a owl:{kind}"):
            if data.ask(f"?x <{row['p']}> ?y FILTER({is_wrong}(?y))"):
                yield Doubt(f"owl:{kind}", f"{vocab.shorten(row['p'])} has a value of another kind")


def _datatypes(world: World, data: Dataset) -> Iterator[Doubt]:
    """Yield the properties with a value outside the datatype that is their range."""
    for row in world.rows("?p rdfs:range ?t FILTER(STRSTARTS(STR(?t), STR(xsd:)))"):
        wrong = f"?x <{row['p']}> ?y FILTER(DATATYPE(?y) != <{row['t']}>)"
        if data.ask(wrong) and not all(permits(row["t"], v) for v in data.literals(wrong)):
            yield Doubt("dt-not-type", f"a value of {vocab.shorten(row['p'])} is outside its range")
