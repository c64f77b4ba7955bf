"""Explanations for people: why a triple holds, where it is stated, or what it would take."""

from collections.abc import Callable, Collection
from functools import cached_property

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import QueryTimeoutError
from mlroles.knowledge.explanation_parts import Claim, Explanation, Need, Part, Step, Way
from mlroles.knowledge.explanation_terms import parse
from mlroles.knowledge.explanation_words import Words
from mlroles.knowledge.places import Places
from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import SAME, Atom, is_schema
from mlroles.knowledge.reasoning.gaps import Gaps
from mlroles.knowledge.reasoning.known import Known, OutOfTimeError
from mlroles.knowledge.reasoning.leading import Lenient, Rules
from mlroles.knowledge.reasoning.proofs import Prover
from mlroles.knowledge.reference.index import Index

__all__ = ["Claim", "Explainer", "Explanation", "Need", "Part", "Step", "Way", "parse"]

#: Seconds that a search may take, and then the words for what was found.
_SEARCH = 10.0
_WORDS = 2.0
_VOCABULARIES = (vocab.RDF, vocab.RDFS, vocab.OWL, vocab.XSD)
_ANY_NAMES = (ox.Variable("x"), SAME, ox.Variable("y"))


class Explainer:
    """Explains the triples of a closed dataset.

    ``ontology`` has what is asserted of classes and properties; more does no harm. ``places`` is
    asked when a file is to be named first; it gives the files that were read. A search ends after
    ``seconds`` with what it has found, and says so.
    """

    def __init__(
        self,
        ontology: Collection[ox.Triple],
        known: Known,
        places: Callable[[], Places] | None = None,
        *,
        seconds: float = _SEARCH,
    ) -> None:
        self._index = Index(ontology)
        self._schema = Lenient(triple for triple in skolem.named(ontology) if is_schema(triple))
        self._known = known
        self._asked_places = places
        self._seconds = seconds
        self._kept: dict[bool, Rules] = {}

    def explain(self, triple: ox.Triple, most: int = 5) -> Explanation:
        """Return why ``triple`` holds, in at most ``most`` ways, or by what it would follow."""
        fact: Atom = (triple.subject, triple.predicate, triple.object)  # type: ignore[assignment] # RDF 1.1
        known = self._known.within(self._seconds)
        try:
            has_names = any(True for _ in known.found(_ANY_NAMES))
            rules = self._rules(has_names=has_names)
            prover = Prover(rules, known)
            status = "inferred" if prover.holds(fact) else "absent"
        except OutOfTimeError as error:
            raise self._late() from error
        if status == "absent":
            gaps = Gaps(rules, known)
            found = gaps.of(fact, most)
            words = self._words()
            note = self._ended if gaps.is_late else ""
            return Explanation(
                words.parts(fact),
                status,
                missing=[*map(words.way, found)],
                unknown=[words.part(term) for term in fact if self._is_unknown(term)],
                note=note,
            )
        if prover.is_asserted(fact):
            status = "asserted"
        proofs = prover.proofs(fact, most)
        words = self._words()
        steps = [words.step(proof) for proof in proofs]
        note = self._ended if prover.is_late else "" if steps else self._unexplained
        return Explanation(words.parts(fact), status, steps, note=note)

    def _rules(self, *, has_names: bool) -> Rules:
        """Return the rules, which are put in order once."""
        if has_names not in self._kept:
            self._kept[has_names] = Rules(self._schema, has_names=has_names)
        return self._kept[has_names]

    def _words(self) -> Words:
        return Words(self._index, self._schema, self._known.within(_WORDS), self._places)

    def _is_unknown(self, term: object) -> bool:
        """Return whether no triple has a term, which is of no vocabulary of the W3C's."""
        if not isinstance(term, ox.NamedNode) or term.value.startswith(_VOCABULARIES):
            return False
        known = self._known.within(_WORDS)
        one, other = ox.Variable("x"), ox.Variable("y")
        asked: tuple[Atom, ...] = ((term, one, other), (one, other, term), (one, term, other))
        try:
            return not any(True for atom in asked for _ in known.found(atom))
        except OutOfTimeError:
            return False

    @cached_property
    def _places(self) -> Places | None:
        return None if self._asked_places is None else self._asked_places()

    @property
    def _ended(self) -> str:
        return f"The search was ended after {self._seconds:g} seconds: there may be more."

    @property
    def _unexplained(self) -> str:
        """What is said of a triple that nothing here leads to."""
        beyond = f" What they leave out: {self._schema.beyond}." if self._schema.beyond else ""
        return f"It is in the dataset, and no rule known here leads to it.{beyond}"

    def _late(self) -> QueryTimeoutError:
        return QueryTimeoutError(
            f"Whether this holds was not found out within {self._seconds:g} seconds.",
            hint="Try again later.",
            extra={"limit": self._seconds},
        )
