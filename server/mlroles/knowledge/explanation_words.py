"""The words of explanations: labels, axioms, and where something is stated."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from mlroles import paths, vocab
from mlroles.knowledge.explanation_parts import Need, Part, Step, Way
from mlroles.knowledge.places import Places, Spot
from mlroles.knowledge.reasoning import axioms, skolem
from mlroles.knowledge.reasoning.binding import Atom, BoundRule
from mlroles.knowledge.reasoning.binding import Part as Term
from mlroles.knowledge.reasoning.compiled import Schema
from mlroles.knowledge.reasoning.gaps import Gap
from mlroles.knowledge.reasoning.known import Known, OutOfTimeError
from mlroles.knowledge.reasoning.proofs import Proof
from mlroles.knowledge.reference.expressions import expression
from mlroles.knowledge.reference.index import LABEL, TYPE, Index

_STATED_IN = f"{vocab.MLR}statedIn"
_JUDGEMENT = ox.NamedNode(f"{vocab.MLR}Judgement")
_IS_A = ox.NamedNode(TYPE)
_VOWEL = re.compile(r"\(?([aeio]|u(?!ni|s))", re.IGNORECASE)
_SAYING = frozenset({_JUDGEMENT, ox.NamedNode(f"{vocab.MLR}Statement")})
_SUBCLASS = ox.NamedNode(f"{vocab.RDFS}subClassOf")
_STATED_AS = f"{vocab.MLR}statedAs"
_LETTERS = "xyzuvwabcdefghijklmnopqrst"


class Words:
    """Tells proofs and gaps in words; what ``known`` has no time for is told by its name."""

    def __init__(self, index: Index, schema: Schema, known: Known, places: Places | None) -> None:
        self._index = index
        self._schema = schema
        self._known = known
        self._places = places

    def step(self, proof: Proof) -> Step:
        """Return a proof as steps."""
        parts = self.parts(proof.fact)
        if not proof.rule:
            return self._stated(parts, proof.fact)
        premises = [self.step(premise) for premise in (*proof.premises, *proof.axioms)]
        if proof.bound is None:
            return Step(parts, proof.rule, premises=premises)
        spot = None if proof.axioms else self._spot_of_axiom(proof.bound)
        return Step(
            parts,
            proof.rule,
            self._axiom(proof.bound, _letters((*proof.bound.body, proof.bound.head))),
            premises,
            file=_shown(spot.file) if spot else "",
            line=spot.line if spot else None,
        )

    def way(self, gap: Gap) -> Way:
        """Return what a rule needs; variables have the letters that they have in its axiom."""
        rule = gap.rule
        bound = {part for atom, _ in gap.needs for part in atom}
        named = _letters((*rule.body, rule.head, *(atom for atom, _ in gap.needs)))
        needs = [Need(self.parts(atom, named), met) for atom, met in gap.needs]
        examples = [
            f"{named[variable]} may be {self._part(term, {}).text}"
            for variable, term in gap.example.items()
            if variable in bound
        ]
        return Way(rule.name, self._axiom(rule, named), needs, ", ".join(examples))

    def part(self, term: object) -> Part:
        """Return a term in words."""
        return self._part(term, {})

    def parts(
        self, atom: Atom, letters: Mapping[Term, str] | None = None
    ) -> tuple[Part, Part, Part]:
        """Return the three terms in words."""
        subject, predicate, value = (self._part(part, letters or {}) for part in atom)
        if atom[1] == _IS_A and _VOWEL.match(value.text):
            predicate = Part("is an", predicate.term)
        return subject, predicate, value

    def _stated(self, parts: tuple[Part, Part, Part], fact: Atom) -> Step:
        spot = self._spot(fact)
        return Step(
            parts,
            file=_shown(spot.file) if spot else "",
            line=spot.line if spot else None,
            section=self._said(fact[0], _STATED_IN),
            origin=self._said(fact[0], _STATED_AS) or self._judged(fact[0]),
        )

    def _spot(self, fact: Atom) -> Spot | None:
        if self._places is None:
            return None
        (triple,) = skolem.renamed([ox.Triple(*fact)])  # type: ignore[arg-type] # no variables
        return self._places.statement(triple)

    def _spot_of_axiom(self, rule: BoundRule) -> Spot | None:
        """Return where the first is stated of what a rule rests on, that somebody knows of."""
        if self._places is None:
            return None
        spots = (self._spot(fact) for fact in axioms.stated(self._schema, rule))
        return next((spot for spot in spots if spot is not None), None)

    def _said(self, subject: object, property_: str) -> str:
        values = self._values(subject, property_)
        return self._part(values[0], {}).text if values else ""

    def _judged(self, subject: object) -> str:
        """Return “judgement” of what the editors hold and the article does not say."""
        return "judgement" if _JUDGEMENT in self._values(subject, TYPE) else ""

    def _values(self, subject: object, property_: str) -> list[Term]:
        """Return the values that are stated of a named thing, sorted."""
        if not isinstance(subject, ox.NamedNode) or skolem.is_named(subject):
            return []
        asked = (subject, ox.NamedNode(property_), ox.Variable("value"))
        try:
            return sorted((fact[2] for fact, stated in self._known.found(asked) if stated), key=str)
        except OutOfTimeError:
            return []

    def _axiom(self, rule: BoundRule, letters: Mapping[Term, str]) -> str:
        """Return a bound rule in words: what is there, and what follows."""
        body = " and ".join(self._words(atom, letters) for atom in rule.body)
        return f"if {body}, then {self._words(rule.head, letters)}"

    def _words(self, atom: Atom, letters: Mapping[Term, str]) -> str:
        return " ".join(part.text for part in self.parts(atom, letters))

    def _part(self, term: object, letters: Mapping[Term, str]) -> Part:
        if isinstance(term, ox.Variable):
            return Part(letters.get(term, "something"))
        if isinstance(term, ox.Literal):
            return Part(f"“{term.value}”", term)
        assert isinstance(term, ox.NamedNode)  # noqa: S101 - blank nodes have names
        if skolem.is_named(term):
            pieces = expression(self._index, skolem.unnamed(term))
            told = " ".join(getattr(piece, "text", str(piece)) for piece in pieces)
            return Part(f"({told})")
        short = vocab.shorten(term.value)
        if short == "rdf:type":
            return Part("is a", term)
        labels = [v.value for v in self._values(term, LABEL) if isinstance(v, ox.Literal)]
        if labels and self._is_statement(term):
            return Part(f"“{labels[0]}”", term)
        return Part(labels[0] if labels else short, term)

    def _is_statement(self, term: ox.NamedNode) -> bool:
        """Return whether a term is a statement or a judgement, whose label is a sentence."""
        kinds = self._values(term, TYPE)
        return not _SAYING.isdisjoint(kinds) or any(
            self._schema.level((kind, _SUBCLASS, saying)) is not None
            for kind in kinds
            for saying in _SAYING
        )


def _shown(path: Path) -> str:
    """Return the path from our root; of a file elsewhere the name alone, which tells no secret."""
    return path.relative_to(paths.ROOT).as_posix() if path.is_relative_to(paths.ROOT) else path.name


def _letters(atoms: Sequence[Atom]) -> dict[Term, str]:
    """Return short names for the variables: x, y, z, by their first use."""
    found = dict.fromkeys(p for atom in atoms for p in atom if isinstance(p, ox.Variable))
    return {
        variable: _LETTERS[place] if place < len(_LETTERS) else variable.value
        for place, variable in enumerate(found)
    }
