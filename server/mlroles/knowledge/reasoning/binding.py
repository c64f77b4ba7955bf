"""The rules bound to an ontology: what they say of data, with the axioms already looked up.

The ontology's own triples (the schema) are closed by owlrl; they are few. Each rule of ``rules``
is asked of that closure for its axioms. What is left of it speaks of data alone: of
``?x ?p ?y . ?p rdfs:domain ?c`` only ``?x mlr:statedIn ?y`` stays.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.reasoning.causes import ground, text
from mlroles.knowledge.reasoning.rules import RULES, Pattern, Rule
from mlroles.knowledge.reasoning.world import Row, World

#: A part of a bound pattern, and three of them.
Part: TypeAlias = ox.NamedNode | ox.Literal | ox.Variable
Atom: TypeAlias = tuple[Part, Part, Part]

TYPE = ox.NamedNode(f"{vocab.RDF}type")

#: What makes a triple part of the schema: its property, or what it says that something is.
_PROPERTIES = {
    *(f"{vocab.RDFS}{name}" for name in ("subClassOf", "subPropertyOf", "domain", "range")),
    f"{vocab.RDF}first",
    f"{vocab.RDF}rest",
}
#: What OWL says of data.
SAME = ox.NamedNode(f"{vocab.OWL}sameAs")
ABOUT_DATA = {SAME, ox.NamedNode(f"{vocab.OWL}differentFrom")}
_LANGUAGES = (vocab.RDF, vocab.RDFS, vocab.OWL, vocab.XSD)

#: Properties of RDF, RDFS and OWL by which something is said of data, and nothing follows.
INERT = frozenset(
    {
        *(
            f"{vocab.RDFS}{name}"
            for name in ("label", "comment", "seeAlso", "isDefinedBy", "member")
        ),
        *(f"{vocab.RDF}{name}" for name in ("value", "subject", "predicate", "object")),
        *(f"{vocab.OWL}{name}" for name in ("versionInfo", "topObjectProperty", "topDataProperty")),
        *(f"{vocab.OWL}{name}" for name in ("bottomObjectProperty", "bottomDataProperty")),
    }
)

#: Everything is in these classes, so that nobody is told.
TOP = {
    ox.NamedNode(iri)
    for iri in (f"{vocab.OWL}Thing", f"{vocab.RDFS}Resource", f"{vocab.RDFS}Literal")
}


_TEXTS = {f"{vocab.RDF}{name}" for name in ("langString", "PlainLiteral", "XMLLiteral", "HTML")}


@dataclass(frozen=True)
class BoundRule:
    """``head`` follows from ``body`` by the rule ``name``; the axioms have gone into both."""

    name: str
    head: Atom
    body: tuple[Atom, ...]


def is_schema(triple: ox.Triple) -> bool:
    """Return whether a triple is about classes and properties, not about data."""
    property_ = triple.predicate.value
    if property_ in _PROPERTIES:
        return True
    if property_.startswith(vocab.OWL):
        return triple.predicate not in ABOUT_DATA
    said = triple.object
    return triple.predicate == TYPE and _is_of(said, (vocab.OWL, vocab.RDFS))


def bind(world: World) -> list[BoundRule]:
    """Return the rules of data, bound to the axioms of a closed schema."""
    return list(filter(_tells_something, bound(world)))


def bound(world: World) -> list[BoundRule]:
    """Return these, and those that tell nothing which is worth keeping."""
    every = (b for rule in RULES if not is_about_schema(rule.head) for b in _bind(world, rule))
    return list(dict.fromkeys(every))


def _bind(world: World, rule: Rule) -> Iterator[BoundRule]:
    schema = [pattern for pattern in rule.body if is_about_schema(pattern)]
    data = [pattern for pattern in rule.body if pattern not in schema]
    if not schema:
        return  # a rule of equality, which holds of any data: see ``coverage``
    where = " ".join([*(text(pattern) for pattern in schema), rule.where])
    rows = list(world.rows(where))
    if not rule.each:
        for row in rows:
            yield _bound(world, rule, [(pattern, row) for pattern in data], row)
        return
    for members in _by_list(rows):
        body = [(pattern, members[0]) for pattern in data]
        own = _own(rule)
        for number, row in enumerate(members):
            body += [(_numbered(pattern, own - row.keys(), number), row) for pattern in rule.each]
        yield _bound(world, rule, body, members[0])


def _bound(world: World, rule: Rule, body: Iterable[tuple[Pattern, Row]], row: Row) -> BoundRule:
    return BoundRule(
        rule.name,
        put(world, rule.head, row),
        tuple(dict.fromkeys(put(world, pattern, found) for pattern, found in body)),
    )


def _own(rule: Rule) -> set[str]:
    """Return the variables of what must hold for each member that are not those of the rest."""
    shared = {part for pattern in (rule.head, *rule.body) for part in pattern}
    parts = {part for pattern in rule.each for part in pattern}
    return {part[1:] for part in parts - shared if part.startswith("?")}


def _numbered(pattern: Pattern, names: Iterable[str], number: int) -> Pattern:
    new = {f"?{name}": f"?{name}{number}" for name in names}
    subject, predicate, value = (new.get(part, part) for part in pattern)
    return subject, predicate, value


def _by_list(rows: Iterable[Row]) -> list[list[Row]]:
    """Return the solutions of one class and list together: all members of a list count."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["c"], row["l"]), []).append(row)
    return list(groups.values())


def put(world: World, pattern: Pattern, row: Row) -> Atom:
    """Return a pattern with the terms that ``row`` names; variables that it has not stay."""
    subject, predicate, value = (_part(world, part, row) for part in pattern)
    return subject, predicate, value


def _part(world: World, part: str, row: Row) -> Part:
    if part.startswith("?") and part[1:] not in row:
        return ox.Variable(part[1:])
    name = row[part[1:]] if part.startswith("?") else ground((part, part, part), {})[0]
    term = world.term(name)
    assert not isinstance(term, ox.BlankNode)  # noqa: S101 - all have names: see ``skolem``
    return term


def is_about_schema(pattern: Pattern) -> bool:
    """Return whether a rule's pattern is of the schema: its property is of RDFS or OWL by name."""
    _, property_, value = pattern
    if property_ == "a":
        return value.startswith(("owl:", "rdfs:"))
    return property_.startswith(("owl:", "rdfs:")) and property_ != "owl:sameAs"


def is_datatype(term: object) -> bool:
    """Return whether a term is a datatype of XSD or RDF, in which only literals are."""
    return _is_of(term, (vocab.XSD,)) or (isinstance(term, ox.NamedNode) and term.value in _TEXTS)


def _tells_something(rule: BoundRule) -> bool:
    """Return whether a rule derives what is worth keeping, and not what it starts from."""
    subject, predicate, value = rule.head
    if rule.head in rule.body or isinstance(subject, ox.Literal):
        return False
    if rule.name == "cls-svf1" and any(part in TOP for part in rule.body[-1]):
        return False  # cls-svf2 says so without asking what the value is
    if predicate == TYPE:
        return not is_datatype(value) and value not in TOP
    return not _is_of(predicate, _LANGUAGES) or predicate == SAME or _is_inert(predicate)


def _is_inert(predicate: Part) -> bool:
    return isinstance(predicate, ox.NamedNode) and predicate.value in INERT


def _is_of(term: object, namespaces: tuple[str, ...]) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(namespaces)
