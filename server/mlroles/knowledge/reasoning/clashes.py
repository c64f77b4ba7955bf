"""Contradictions, in words: what clashes, by which rule, and which statements lead to it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.reasoning.binding import ABOUT_DATA, is_schema
from mlroles.knowledge.reasoning.causes import causes, ground, text
from mlroles.knowledge.reasoning.checks import Check
from mlroles.knowledge.reasoning.closure import Closure, Fact, Term, facts
from mlroles.knowledge.reasoning.contradictions import CONTRADICTIONS
from mlroles.knowledge.reasoning.equality import EQUALITY
from mlroles.knowledge.reasoning.malformed import MALFORMED
from mlroles.knowledge.reasoning.world import Named, Row, World

#: Clashes that are told of one check; there may be very many.
_TOLD = 20

_IRI = re.compile(r"(?:https?|urn):[^\s,()'\"]+")


@dataclass(frozen=True)
class Clash:
    """One contradiction: the rule's name, a sentence, and the asserted statements behind it."""

    rule: str
    sentence: str
    statements: tuple[Fact, ...]
    hint: str | None = None


def malformed(triples: Iterable[ox.Triple]) -> list[Clash]:
    """Return what makes the axioms unreadable; nothing is derived from such triples."""
    given = frozenset(facts(t for t in triples if is_schema(t) or t.predicate in ABOUT_DATA))
    world = World(Closure(given, dict.fromkeys(given, 0), ()))
    return _clashes(world, MALFORMED)


def clashes(closure: Closure) -> list[Clash]:
    """Return the contradictions in what holds, the causes before the consequences.

    Where two things were taken for one, nothing but that is told: the rest follows from it.
    What owlrl reports, and no check of ours finds, is told in owlrl's words.
    """
    world = World(closure)
    found = _clashes(world, EQUALITY) or _clashes(world, CONTRADICTIONS)
    if found:
        return found
    return [Clash("owlrl", _shortened(error), ()) for error in closure.errors]


def name(term: Term) -> str:
    """Return the term as a reader knows it: a prefixed name, or a literal."""
    if isinstance(term, ox.NamedNode):
        return vocab.shorten(term.value)
    return "something unnamed" if isinstance(term, ox.BlankNode) else str(term)


def statement(fact: Fact) -> str:
    """Return the fact in the manner of Turtle."""
    parts = ("[]" if isinstance(term, ox.BlankNode) else name(term) for term in fact)
    subject, predicate, value = parts
    return f"{subject} {'a' if predicate == 'rdf:type' else predicate} {value}"


def _clashes(world: World, checks: Iterable[Check]) -> list[Clash]:
    told: set[frozenset[str]] = set()
    found = []
    for check in checks:
        for row in _solutions(world, check):
            key = frozenset(row.get(name, "") for name in check.key)
            if key in told and key:
                continue
            told.add(key)
            found.append(_clash(world, check, row))
    return found


def _solutions(world: World, check: Check) -> Iterator[Row]:
    """Yield solutions, earliest found first, one for each key."""
    where = " ".join([*(text(pattern) for pattern in check.body), check.where])
    rows = [
        row | more
        for row in world.rows(where)
        if _genuine(world, check, row)
        for more in (world.rows(check.then, row) if check.then else ({},))
    ]
    once: dict[tuple[str, ...], Row] = {}
    for row in sorted(rows, key=lambda row: (_latest(world, check, row), sorted(row.items()))):
        once.setdefault(tuple(row[name] for name in check.key if name in row), row)
    yield from list(once.values())[:_TOLD]


def _genuine(world: World, check: Check, row: Row) -> bool:
    if check.merges is None:
        return True
    level = world.level(ground(check.merges, row))
    return level is None or _latest(world, check, row) < level


def _latest(world: World, check: Check, row: Row) -> int:
    return max(world.level(ground(pattern, row)) or 0 for pattern in check.body)


def _clash(world: World, check: Check, row: Row) -> Clash:
    bound = {f"?{variable}" for variable in row}
    also = (p for p in check.also if {part for part in p if part.startswith("?")} <= bound)
    cited = [ground(pattern, row) for pattern in (*check.body, *also)]
    statements: dict[Named, None] = {}
    for triple in cited:
        if world.level(triple) is not None:
            statements |= causes(world, triple)
    terms = {variable: name(world.term(iri)) for variable, iri in row.items()}
    return Clash(
        check.rule,
        check.sentence.format_map(terms),
        tuple(world.fact(triple) for triple in statements),
        check.hint,
    )


def _shortened(message: str) -> str:
    return _IRI.sub(lambda match: vocab.shorten(match[0]), message)
