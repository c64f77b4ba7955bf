"""What the bound rules leave out, and questions that find a contradiction if there is one.

A question is asked of the closed data; it may have an answer where nothing contradicts, never
none where something does. Whoever gets an answer looks closely: ``clashes`` has the words.
"""

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.literals import permits
from mlroles.knowledge.reasoning import covered
from mlroles.knowledge.reasoning.binding import (
    SAME,
    TOP,
    TYPE,
    Atom,
    BoundRule,
    Part,
    bound,
    is_about_schema,
    is_datatype,
    put,
)
from mlroles.knowledge.reasoning.causes import text
from mlroles.knowledge.reasoning.checks import MEMBERS, Check
from mlroles.knowledge.reasoning.clashes import name
from mlroles.knowledge.reasoning.contradictions import CONTRADICTIONS
from mlroles.knowledge.reasoning.equality import EQUALITY
from mlroles.knowledge.reasoning.facts import Facts
from mlroles.knowledge.reasoning.joining import Join, ends
from mlroles.knowledge.reasoning.rules import LONGEST_CHAIN
from mlroles.knowledge.reasoning.world import Row, World

#: Checks of the table that are asked in another way here, see below.
_OTHERWISE = {"owl:ObjectProperty", "owl:DatatypeProperty", "dt-not-type"}


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
    for rule_name, told in dict.fromkeys(covered.changing(bound(world))):
        yield Doubt(rule_name, told)
    for rule_ in rules:
        if any(atom[1] == TYPE and atom[2] in TOP for atom in rule_.body):
            yield Doubt(rule_.name, "something is said of everything there is")


#: Whether the terms that some variables stand for raise a doubt.
Condition: TypeAlias = Callable[..., bool]


@dataclass(frozen=True)
class Question:
    """What raises a doubt wherever ``atoms`` hold, and ``condition`` of what ``about`` stands for."""

    doubt: Doubt
    atoms: tuple[Atom, ...]
    about: tuple[ox.Variable, ...]
    condition: Condition = lambda *_: True

    def answer(self, facts: Facts, told: Iterable[tuple[int, ...]]) -> Doubt | None:
        """Return the doubt, with what raises it of all that ``about`` stands for; None if none does."""
        for numbers in told:
            terms = [facts.term(number) for number in numbers]
            if self.condition(*terms):
                named = ", ".join(map(_shown, terms))
                return replace(self.doubt, sentence=f"{self.doubt.sentence}: {named}")
        return None


def after(questions: Iterable[Question], facts: Facts) -> Iterator[Doubt]:
    """Yield what in the closed facts may contradict, or takes two things for one."""
    for question in questions:
        join = Join(facts, [ends(facts, atom) for atom in question.atoms])
        if doubt := question.answer(facts, join.distinct(question.about)):
            yield doubt


def questions(world: World, rules: Iterable[BoundRule]) -> list[Question]:
    """Return what is to be asked of data that is closed by ``rules``."""
    return [
        *_always(),
        *_turned(world, rules),
        *_checked(world),
        *_kinds(world),
        *_datatypes(world),
    ]


_DATATYPE = (
    "STRSTARTS(STR(?d), STR(xsd:)) || STRSTARTS(STR(?d), STR(rdf:)) || ?d = rdfs:Literal"
    " || EXISTS { ?d a rdfs:Datatype } || EXISTS {"
    " ?d rdfs:subClassOf|^rdfs:subClassOf ?t FILTER(STRSTARTS(STR(?t), STR(xsd:))) }"
)
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
)


_X, _Y, _Z = map(ox.Variable, "xyz")


def _always() -> Iterator[Question]:
    names = Doubt("eq-rep-s", "two names are said to be of one thing")
    yield Question(names, ((_X, SAME, _Y),), (_X, _Y), operator.ne)
    nothing = Doubt("cls-nothing2", "something is a member of owl:Nothing")
    yield Question(nothing, ((_X, TYPE, ox.NamedNode(f"{vocab.OWL}Nothing")),), (_X,))


def _turned(world: World, rules: Iterable[BoundRule]) -> Iterator[Question]:
    """Yield the properties of whose values something is said, which a text cannot be told of."""
    turned = {atom: r.name for r in rules for atom in r.body if atom[2] == r.head[0]}
    things = {row["p"] for row in world.rows("?p a owl:ObjectProperty")}
    for (_, property_, _), rule in turned.items():
        if str(property_).strip("<>") not in things:  # else: see `_kinds`
            doubt = Doubt(rule, f"{_shown(property_)} has a text or number for a value")
            yield Question(doubt, ((_X, property_, _Y),), (_Y,), _is_literal)


def _checked(world: World) -> Iterator[Question]:
    """Yield the checks of the tables, bound to the schema's axioms."""
    for check in (*EQUALITY, *CONTRADICTIONS):
        schema = [p for p in check.body if is_about_schema(p)]
        facts = [p for p in check.body if p not in schema]
        if check.rule in _OTHERWISE or not schema or not facts:
            continue
        for row in _rows(world, check, " ".join(map(text, schema))):
            atoms = tuple(put(world, p, row) for p in facts)
            words = " . ".join(" ".join(map(_shown, atom)) for atom in atoms)
            doubt = Doubt(check.rule, f"the rule {check.rule} may be broken by {words}")
            if check.merges:
                yield Question(doubt, atoms, (_Y, _Z), _are_two)
            else:
                parts = dict.fromkeys(part for atom in atoms for part in atom)
                yield Question(doubt, atoms, tuple(p for p in parts if isinstance(p, ox.Variable)))


def _rows(world: World, check: Check, axioms: str) -> list[Row]:
    """Return the axioms that a check is bound to."""
    of_schema = MEMBERS in check.where or _variables(check.where) <= _variables(axioms)
    rows = list(world.rows(f"{axioms} {check.where}" if of_schema else axioms))
    given = {name for row in rows for name in row}
    if check.then and _variables(check.then) <= given:
        return [row for row in rows if any(True for _ in world.rows(check.then, row))]
    return rows


def _variables(where: str) -> set[str]:
    return set(re.findall(r"\?(\w+)", where))


def _kinds(world: World) -> Iterator[Question]:
    """Yield the properties of things, for a text, and those of texts, for a thing."""
    for kind, is_wrong in (("ObjectProperty", _is_literal), ("DatatypeProperty", _is_thing)):
        for row in world.rows(f"?p a owl:{kind}"):
            doubt = Doubt(f"owl:{kind}", f"{vocab.shorten(row['p'])} has a value of another kind")
            yield Question(doubt, ((_X, ox.NamedNode(row["p"]), _Y),), (_Y,), is_wrong)


def _datatypes(world: World) -> Iterator[Question]:
    """Yield the properties whose range is a datatype, for a value outside of it."""
    for row in world.rows("?p rdfs:range ?t"):
        if not is_datatype(world.term(row["t"])):
            continue
        doubt = Doubt("dt-not-type", f"a value of {vocab.shorten(row['p'])} is outside its range")
        atom = (_X, ox.NamedNode(row["p"]), _Y)
        yield Question(doubt, (atom,), (_Y,), partial(_is_outside, row["t"]))


def _shown(part: Part) -> str:
    if isinstance(part, ox.Variable):
        return str(part)
    return "a" if part == TYPE else name(part)


def _is_literal(term: Part) -> bool:
    return isinstance(term, ox.Literal)


def _is_thing(term: Part) -> bool:
    return not isinstance(term, ox.Literal)


def _is_outside(datatype: str, term: Part) -> bool:
    return isinstance(term, ox.Literal) and not permits(datatype, term)


def _are_two(one: Part, other: Part) -> bool:
    """Return whether two terms may be of two things; of many datatypes SPARQL knows no values."""
    if one == other:
        return False
    return not ox.Store().query(f"ASK {{ FILTER({one} = {other}) }}")
