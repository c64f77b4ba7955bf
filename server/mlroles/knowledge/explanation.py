"""Explanations for people: why a triple holds, where it is stated, or what it would take."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from mlroles import paths, vocab
from mlroles.errors import BadRequestError, KnowledgeError
from mlroles.knowledge.places import Places, Spot
from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import Atom, BoundRule, is_schema
from mlroles.knowledge.reasoning.binding import Part as Term
from mlroles.knowledge.reasoning.compiled import Schema, Undecided
from mlroles.knowledge.reasoning.known import Known
from mlroles.knowledge.reasoning.proofs import Gap, Proof, Prover
from mlroles.knowledge.reference.expressions import expression
from mlroles.knowledge.reference.index import LABEL, TYPE, Index

_STATED_IN = f"{vocab.MLR}statedIn"
_JUDGEMENT = ox.NamedNode(f"{vocab.MLR}Judgement")
_STATED_AS = f"{vocab.MLR}statedAs"
_UNNAMED = "what has no name cannot be asked for"
_DECLARATIONS = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in vocab.PREFIXES.items())


@dataclass(frozen=True)
class Part:
    """A term: its text for people, and itself; None for a class expression or “something”."""

    text: str
    term: ox.NamedNode | ox.Literal | None = None

    @property
    def iri(self) -> str:
        """The term's IRI, or nothing."""
        return self.term.value if isinstance(self.term, ox.NamedNode) else ""


@dataclass(frozen=True)
class Claim:
    """A triple, to be told."""

    triple: tuple[Part, Part, Part]

    @property
    def sentence(self) -> str:
        """The triple in words."""
        return " ".join(part.text for part in self.triple)


@dataclass(frozen=True)
class Step(Claim):
    """A triple and why it holds: stated somewhere, or by a rule of OWL 2 RL and premises.

    ``axiom`` says in words what the rule rests on. ``file``, ``line``, ``section`` and ``origin``
    are known of what is stated, as far as somebody says so; the origin of what the editors hold and
    no article says is “judgement”.
    """

    rule: str = ""
    axiom: str = ""
    premises: Sequence["Step"] = ()
    file: str = ""
    line: int | None = None
    section: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Need(Claim):
    """What a rule would need: a triple, in which a variable is “something”, and if one is there."""

    met: bool


@dataclass(frozen=True)
class Way:
    """A rule by which the triple would follow."""

    rule: str
    axiom: str
    needs: Sequence[Need]


@dataclass(frozen=True)
class Explanation(Claim):
    """Whether a triple is ``asserted``, ``inferred`` or ``absent``, and why.

    What only holds because two names are of one thing is inferred, and has no derivation.
    """

    status: str
    derivations: Sequence[Step] = field(default=())
    missing: Sequence[Way] = field(default=())


class Explainer:
    """Explains the triples of a closed dataset.

    ``ontology`` has what is asserted of classes and properties; more does no harm. ``places`` is
    asked when a file is to be named first; it gives the files that were read.
    """

    def __init__(
        self,
        ontology: Collection[ox.Triple],
        known: Known,
        places: Callable[[], Places] | None = None,
    ) -> None:
        self._index = Index(ontology)
        self._schema = _schema(skolem.named(ontology))
        self._known = known
        self._asked_places = places

    def explain(self, triple: ox.Triple, most: int = 5) -> Explanation:
        """Return why ``triple`` holds, in at most ``most`` ways, or by what it would follow."""
        prover = Prover(self._schema, self._known)
        fact: Atom = (triple.subject, triple.predicate, triple.object)  # type: ignore[assignment] # RDF 1.1
        proofs = prover.proofs(fact, most)
        if not prover.holds(fact):
            ways = [self._way(gap) for gap in prover.missing(fact, most)]
            return Explanation(self._parts(fact), "absent", missing=ways)
        status = "asserted" if prover.is_asserted(fact) else "inferred"
        return Explanation(self._parts(fact), status, [self._step(proof) for proof in proofs])

    @cached_property
    def _places(self) -> Places | None:
        return None if self._asked_places is None else self._asked_places()

    def _step(self, proof: Proof) -> Step:
        parts = self._parts(proof.fact)
        if proof.rule:
            axiom = self._axiom(proof.bound) if proof.bound else ""
            return Step(
                parts, proof.rule, axiom, [self._step(premise) for premise in proof.premises]
            )
        spot = self._spot(proof.fact)
        subject = proof.fact[0]
        return Step(
            parts,
            file=_shown(spot.file) if spot else "",
            line=spot.line if spot else None,
            section=self._said(subject, _STATED_IN),
            origin=self._said(subject, _STATED_AS) or self._judged(subject),
        )

    def _spot(self, fact: Atom) -> Spot | None:
        if self._places is None or any(skolem.is_named(part) for part in fact):
            return None
        return self._places.statement(ox.Triple(*fact))  # type: ignore[arg-type] # no variables

    def _said(self, subject: object, property_: str) -> str:
        values = self._values(subject, property_)
        return self._part(values[0]).text if values else ""

    def _judged(self, subject: object) -> str:
        """Return “judgement” of what the editors hold and the article does not say."""
        return "judgement" if _JUDGEMENT in self._values(subject, TYPE) else ""

    def _values(self, subject: object, property_: str) -> list[Term]:
        """Return the values that are stated of a named thing, sorted."""
        if not isinstance(subject, ox.NamedNode) or skolem.is_named(subject):
            return []
        asked = (subject, ox.NamedNode(property_), ox.Variable("value"))
        return sorted((fact[2] for fact, stated in self._known.found(asked) if stated), key=str)

    def _way(self, gap: Gap) -> Way:
        needs = [Need(self._parts(atom), met) for atom, met in gap.needs]
        return Way(gap.rule.name, self._axiom(gap.rule), needs)

    def _axiom(self, rule: BoundRule) -> str:
        """Return a bound rule in words: what is there, and what follows."""
        names = _variables((*rule.body, rule.head))
        body = " and ".join(self._words(atom, names) for atom in rule.body)
        return f"if {body}, then {self._words(rule.head, names)}"

    def _words(self, atom: Atom, names: dict[object, str]) -> str:
        return " ".join(names.get(part) or self._part(part).text for part in atom)

    def _parts(self, atom: Atom) -> tuple[Part, Part, Part]:
        subject, predicate, value = (self._part(part) for part in atom)
        return subject, predicate, value

    def _part(self, term: object) -> Part:
        if isinstance(term, ox.Variable):
            return Part("something")
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
        return Part(labels[0] if labels else short, term)


def _schema(asserted: Iterable[ox.Triple]) -> Schema:
    try:
        return Schema(triple for triple in asserted if is_schema(triple))
    except Undecided as undecided:
        raise KnowledgeError(
            f"The ontology has what explanations leave out: {undecided}.",
            hint="Take it out of your own files, or ask without them.",
        ) from undecided


def _shown(path: Path) -> str:
    """Return the path from our root; of a file elsewhere the name alone, which tells no secret."""
    return path.relative_to(paths.ROOT).as_posix() if path.is_relative_to(paths.ROOT) else path.name


def parse(subject: str, predicate: str, value: str) -> ox.Triple:
    """Return the triple of three terms: prefixed names, IRIs, ``a``, or a literal of Turtle.

    Raises BadRequestError.
    """
    text = " ".join(_term(part) for part in (subject, predicate, value))
    try:
        return _triple(text)
    except (SyntaxError, ValueError) as error:
        raise BadRequestError(
            f"“{subject} {predicate} {value}” is no triple.",
            hint="Write prefixed names such as role:ml-engineer, or whole IRIs.",
            offending=text[:200],
        ) from error


def _triple(text: str) -> ox.Triple:
    (quad,) = ox.parse(f"{_DECLARATIONS}{text} .", ox.RdfFormat.TURTLE)
    if any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object)):
        raise ValueError(_UNNAMED)
    return ox.Triple(quad.subject, quad.predicate, quad.object)


def _term(part: str) -> str:
    part = part.strip()
    return f"<{part}>" if part.startswith(("http://", "https://", "urn:")) else part


def _variables(atoms: Sequence[Atom]) -> dict[object, str]:
    """Return short names for the variables: x, y, z, by their first use."""
    found = dict.fromkeys(p for atom in atoms for p in atom if isinstance(p, ox.Variable))
    return {variable: "xyzuvw"[place % 6] for place, variable in enumerate(found)}
