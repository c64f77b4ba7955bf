"""The rules that lead to a triple: those bound to the ontology, and those of equality."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import pyoxigraph as ox

from mlroles.knowledge.reasoning import axioms, skolem
from mlroles.knowledge.reasoning.binding import SAME, TYPE, Atom, BoundRule, Part
from mlroles.knowledge.reasoning.compiled import Schema, Undecided
from mlroles.knowledge.reasoning.strata import Key, key, match, put

#: How many class expressions within each other a question unfolds.
_UNFOLDED = 4

_S, _P, _O, _X, _Y, _Z = (ox.Variable(f"eq{name}") for name in "spoxyz")

#: The rules of equality (OWL 2 Profiles, table 4), which hold of any data.
_EQUALITY = (
    BoundRule("eq-rep-s", (_Y, _P, _O), ((_X, SAME, _Y), (_X, _P, _O))),
    BoundRule("eq-rep-o", (_S, _P, _Y), ((_X, SAME, _Y), (_S, _P, _X))),
    BoundRule("eq-rep-p", (_S, _Y, _O), ((_X, SAME, _Y), (_S, _X, _O))),
)
_SAMENESS = (
    BoundRule("eq-sym", (_X, SAME, _Y), ((_Y, SAME, _X),)),
    BoundRule("eq-trans", (_X, SAME, _Z), ((_X, SAME, _Y), (_Y, SAME, _Z))),
)


class Rules:
    """The rules of a schema by what they lead to; equality counts if ``has_names`` says so."""

    def __init__(self, schema: Schema, *, has_names: bool = False) -> None:
        self.schema = schema
        self._by_key: dict[Key, list[BoundRule]] = defaultdict(list)
        for rule in schema.rules:
            if rule.name != "prp-key":
                self._by_key[key(rule.head)].append(rule)
        if has_names:
            self._by_key[key(_SAMENESS[0].head)] += [*_keys(schema), *_SAMENESS]
        self._always = _EQUALITY if has_names else ()
        self._ordered: dict[Key, list[BoundRule]] = {}

    def leading_to(self, atom: Atom) -> Sequence[BoundRule]:
        """Return the rules that may have ``atom`` for a conclusion."""
        found = self.bound(atom)
        is_plain = atom[1] != SAME and not is_virtual(atom)
        return [*found, *self._always] if self._always and is_plain else found

    def bound(self, atom: Atom) -> Sequence[BoundRule]:
        """Return those of them that speak of the ontology, or of sameness.

        Those of axioms that somebody stated are before those of axioms that follow.
        """
        about = key(atom)
        if about not in self._ordered:
            rules = self._by_key.get(about, ())
            self._ordered[about] = sorted(rules, key=lambda r: not axioms.is_stated(self.schema, r))
        return self._ordered[about]

    def condition(self, atom: Atom) -> str:
        """Return what SPARQL is to match where something is in a class expression.

        What cannot be told in SPARQL is left out: then a solution may be none.
        """
        alternatives = list(self._unfolded(atom, frozenset()))
        if not all(alternatives):
            return ""
        return f"FILTER EXISTS {{ {' UNION '.join(alternatives) or 'FILTER(false)'} }}"

    def _unfolded(self, atom: Atom, above: frozenset[Part]) -> Iterator[str]:
        """Yield the groups of patterns one of which is to match; an empty one for who knows."""
        if len(above) == _UNFOLDED:
            yield ""
            return
        for number, rule in enumerate(self._by_key.get(key(atom), ())):
            renamed = _renamed(rule, f"u{len(above)}n{number}")
            bound = match(renamed.head, atom)
            body = [] if bound is None else [put(part, bound) for part in renamed.body]
            virtual = [part for part in body if is_virtual(part)]
            again = [part for part in virtual if part[2] in above | {atom[2]}]
            if any(part[0] != atom[0] for part in again):
                yield ""
            elif body and not again:  # what leads to itself leads nowhere
                yield self._group(body, above | {atom[2]})

    def _group(self, body: Iterable[Atom], above: frozenset[Part]) -> str:
        texts = []
        for part in body:
            if not is_virtual(part):
                texts.append(f"{' '.join(map(str, part))} .")
                continue
            inner = list(self._unfolded(part, above))
            if not all(inner):
                return ""
            texts.append(f"{{ {' UNION '.join(inner)} }}" if inner else "FILTER(false)")
        return f"{{ {' '.join(texts)} }}"


class Lenient(Schema):
    """A schema of which explanations tell what they can; ``beyond`` says what they cannot."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        """Close the triples of the schema. Raises KnowledgeError if they cannot be read."""
        self.beyond = ""
        try:
            super().__init__(triples)
        except Undecided as undecided:  # raised once all is there
            self.beyond = str(undecided)


def is_virtual(atom: Atom) -> bool:
    """Return whether an atom is of a class expression, which no store knows the members of."""
    return atom[1] == TYPE and skolem.is_named(atom[2])


def is_free(atom: Atom) -> bool:
    """Return whether an atom has a variable."""
    return any(isinstance(part, ox.Variable) for part in atom)


def _keys(schema: Schema) -> Iterator[BoundRule]:
    """Yield prp-key for each key of a class, with all its properties."""
    rows = schema.world.rows("?c owl:hasKey ?l . ?l rdf:rest*/rdf:first ?d")
    ordered = sorted(rows, key=lambda row: (row["c"], row["l"], row["d"]))
    for (class_, _), members in groupby(ordered, key=lambda row: (row["c"], row["l"])):
        kind = schema.world.term(class_)
        body: list[Atom] = [(_Y, TYPE, kind), (_Z, TYPE, kind)]  # type: ignore[list-item] # all have names
        for number, row in enumerate(members):
            value = ox.Variable(f"eqv{number}")
            body += [(one, ox.NamedNode(row["d"]), value) for one in (_Y, _Z)]
        yield BoundRule("prp-key", (_Y, SAME, _Z), tuple(body))


def _renamed(rule: BoundRule, prefix: str) -> BoundRule:
    """Return a rule with variables that nobody else has."""
    parts = (part for atom in (rule.head, *rule.body) for part in atom)
    names: dict[Part, Part] = {
        part: ox.Variable(f"{prefix}{part.value}")
        for part in parts
        if isinstance(part, ox.Variable)
    }
    return BoundRule(rule.name, put(rule.head, names), tuple(put(a, names) for a in rule.body))
