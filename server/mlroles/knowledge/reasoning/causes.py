"""The statements behind a fact of owlrl's closure: for contradictions, told in ``clashes``."""

from collections.abc import Iterator, Mapping

from mlroles import vocab
from mlroles.knowledge.reasoning.rules import RULES, Pattern, Rule
from mlroles.knowledge.reasoning.world import Cause, Named, Row, World

_SPACES = {"rdf": vocab.RDF, "rdfs": vocab.RDFS, "owl": vocab.OWL, "xsd": vocab.XSD}


def causes(world: World, triple: Named) -> dict[Named, None]:
    """Return asserted triples that ``triple`` follows from, in order; itself if it is asserted.

    A triple that is true of any graph has no causes.
    """
    found: dict[Named, None] = {}
    waiting, seen = [triple], {triple}
    while waiting:
        current = waiting.pop()
        if current in world.asserted:
            found[current] = None
            continue
        for premise in reversed(premises(world, current)[1]):
            if premise not in seen:
                seen.add(premise)
                waiting.append(premise)
    return found


def ground(pattern: Pattern, row: Mapping[str, str]) -> Named:
    """Return the pattern with its variables replaced and its prefixed names written out."""
    subject, predicate, value = (_ground(part, row) for part in pattern)
    return subject, predicate, value


def text(pattern: Pattern) -> str:
    """Return the pattern as SPARQL."""
    return f"{' '.join(pattern)} ."


def _ground(part: str, row: Mapping[str, str]) -> str:
    if part.startswith("?"):
        return row[part[1:]]
    if part == "a":
        return f"{vocab.RDF}type"
    prefix, _, local = part.partition(":")
    return _SPACES[prefix] + local


def premises(world: World, conclusion: Named) -> Cause:
    """Return the rule and premises of one way to the conclusion, the earliest found.

    There is no rule, and no premise, if there is no way. What was found once is remembered.
    """
    if conclusion not in world.causes:
        world.causes[conclusion] = _premises(world, conclusion)
    return world.causes[conclusion]


def _premises(world: World, conclusion: Named) -> Cause:
    limit = world.level(conclusion) or 0
    ways = ((rule, way) for rule in RULES for way in _ways(world, rule, conclusion))
    rule, best = min(ways, key=lambda way: _latest(world, way[1]), default=(None, []))
    return (rule, best) if _latest(world, best) < limit else (None, [])


def _ways(world: World, rule: Rule, conclusion: Named) -> Iterator[list[Named]]:
    known = _unify(rule.head, conclusion)
    if known is None:
        return
    where = " ".join([*(text(pattern) for pattern in rule.body), rule.where])
    rows = list(world.rows(where, known))
    if not rule.each:
        for row in rows:
            yield [ground(pattern, known | row) for pattern in rule.body]
        return
    for lists in _grouped(rows).values():
        body = [ground(pattern, known | lists[0]) for pattern in rule.body]
        members = [_earliest(world, rule, known | row) for row in lists]
        if all(members):
            yield [*body, *(premise for found in members for premise in found)]


def _earliest(world: World, rule: Rule, row: Row) -> list[Named]:
    """Return what must hold for one member of a list as it was found first, none if it does not."""
    where = " ".join(map(text, rule.each))
    ways = ([ground(p, row | found) for p in rule.each] for found in world.rows(where, row))
    return min(ways, key=lambda way: _latest(world, way), default=[])


def _grouped(rows: list[Row]) -> dict[str, list[Row]]:
    """Group the solutions by the list that they come from."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["l"], []).append(row)
    return groups


def _unify(head: Pattern, conclusion: Named) -> Row | None:
    known: Row = {}
    for part, name in zip(head, conclusion, strict=True):
        if not part.startswith("?"):
            if _ground(part, {}) != name:
                return None
        elif known.setdefault(part[1:], name) != name:
            return None
    return known


def _latest(world: World, premises: list[Named]) -> int:
    levels = [world.level(premise) for premise in premises]
    return max((99_999 if level is None else level for level in levels), default=0)
