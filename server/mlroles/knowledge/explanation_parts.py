"""What is told of a triple: why it holds, where it is stated, or what it would follow from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox


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

    ``axiom`` says in words what the rule rests on; ``file`` and ``line`` say where that is stated,
    and if nobody stated it, the last premises are what it follows from.
    Of what is stated, ``section`` and ``origin`` are known too, as far as somebody says so; the origin of what the editors hold and
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
    """What a rule would need: a triple, in which a variable is a letter, and if it is there."""

    met: bool


@dataclass(frozen=True)
class Way:
    """A rule by which the triple would follow; ``example`` says what its variables may be."""

    rule: str
    axiom: str
    needs: Sequence[Need]
    example: str = ""


@dataclass(frozen=True)
class Explanation(Claim):
    """Whether a triple is ``asserted``, ``inferred`` or ``absent``, and why.

    ``unknown`` are those of its terms that no triple has. ``note`` says what else is to be known:
    that the search was ended, or found nothing.
    """

    status: str
    derivations: Sequence[Step] = field(default=())
    missing: Sequence[Way] = field(default=())
    unknown: Sequence[Part] = field(default=())
    note: str = ""

    @property
    def remarks(self) -> list[str]:
        """What is to be known besides, in sentences."""
        absent = [f"No triple has {part.text}." for part in self.unknown]
        return [*absent, *([self.note] if self.note else [])]
