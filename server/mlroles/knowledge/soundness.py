"""Every problem of a set of Turtle files, and the two graphs if there is none."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from mlroles.errors import KnowledgeError
from mlroles.knowledge import literals, ntriples, terms, turtle
from mlroles.knowledge.places import Places, Spot
from mlroles.knowledge.reasoning.clashes import Clash, clashes, malformed, statement
from mlroles.knowledge.reasoning.closure import Fact, close
from mlroles.knowledge.reasoning.compiled import Undecided, infer
from mlroles.knowledge.reasoning.coverage import Doubt
from mlroles.knowledge.reasoning.covered import without_rule
from mlroles.knowledge.reasoning.noise import inferred
from mlroles.knowledge.reasoning.progress import Progress, silent
from mlroles.knowledge.sources import Source
from mlroles.knowledge.turtle import Document

_LOG = logging.getLogger(__name__)

#: Triples that the slow way takes, which decides what the quick one leaves open: a minute or two.
LIMIT = 100_000
_TOLD = 10


@dataclass(frozen=True)
class Derivation:
    """The two graphs as N-Triples, or the problems that kept them from being made."""

    asserted: bytes = b""
    inferred: bytes = b""
    problems: tuple[KnowledgeError, ...] = ()


def derive(found: Sequence[Source], progress: Progress | None = None) -> Derivation:
    """Parse, check, reason, and look for contradictions, as far as it makes sense to go on.

    Problems of one kind are told all together; those of the next kind only once they are mended.
    """
    documents, errors = _parse(found)
    if errors:
        return Derivation(problems=tuple(errors))
    places = Places(documents)
    errors = [*terms.problems(documents, places), *literals.problems(documents, places)]
    triples = [triple for document in documents for triple in document.triples]
    errors += [_error(clash, places, documents) for clash in malformed(triples)]
    if errors:
        return Derivation(problems=_ordered(errors))
    for sentence in without_rule(triples):
        _LOG.warning("%s", sentence)
    try:
        outcome = _inferred(triples, progress or silent)
    except KnowledgeError as error:
        return Derivation(problems=(error,))
    if isinstance(outcome, list):
        return Derivation(problems=tuple(_error(clash, places, documents) for clash in outcome))
    return Derivation(ntriples.dump(triples), outcome)


def _inferred(triples: Sequence[ox.Triple], progress: Progress) -> bytes | list[Clash]:
    """Return what follows as N-Triples, or the contradictions. Raises KnowledgeError."""
    try:
        return ntriples.dump(infer(triples, progress))
    except Undecided as undecided:
        if len(triples) > LIMIT:
            raise _too_large(undecided.doubts) from undecided
    closure = close(triples, progress)
    return clashes(closure) or ntriples.dump(inferred(closure))


def _too_large(doubts: Sequence[Doubt]) -> KnowledgeError:
    told = "".join(f"\n    {doubt.sentence} ({doubt.rule})" for doubt in doubts[:_TOLD])
    return KnowledgeError(
        f"There are too many triples to decide what is not decided by rule:{told}",
        hint=f"Take it out, or try it with less data: up to {LIMIT:,} triples are reasoned over one"
        " by one.",
        extra={"rule": doubts[0].rule},
    )


def _parse(found: Sequence[Source]) -> tuple[list[Document], list[KnowledgeError]]:
    documents, errors = [], []
    for source in found:
        try:
            documents.append(turtle.parse(source))
        except KnowledgeError as error:
            errors.append(error)
    contents = {document.source.digest: document for document in reversed(documents)}
    by_content = [contents[digest] for digest in sorted(contents)]
    labelled = {document.source.path: document for document in turtle.apart(by_content)}
    return [labelled[d.source.path] for d in documents if d.source.path in labelled], errors


def _ordered(errors: Iterable[KnowledgeError]) -> tuple[KnowledgeError, ...]:
    return tuple(sorted(errors, key=lambda e: (str(e.file), e.line or 0, e.column or 0)))


def _error(clash: Clash, places: Places, documents: Sequence[Document]) -> KnowledgeError:
    spots = [(fact, _spot(fact, places)) for fact in clash.statements]
    order = {document.source.path: index for index, document in enumerate(documents)}
    known = [spot for _, spot in spots if spot is not None]
    # The file that came last is the likeliest to be at fault: ours come before a user's.
    told = max(known, key=lambda spot: order[spot.file], default=None)
    because = "".join(f"\n    {_place(spot)}{statement(fact)}" for fact, spot in spots)
    return KnowledgeError(
        f"{clash.sentence} ({clash.rule}){':' if because else '.'}{because}",
        hint=clash.hint,
        file=told.file if told else None,
        line=told.line if told else None,
        column=told.column if told else None,
        extra={
            "rule": clash.rule,
            "statements": [
                {
                    "statement": statement(fact),
                    "file": str(spot.file) if spot else None,
                    "line": spot.line if spot else None,
                }
                for fact, spot in spots
            ],
        },
    )


def _spot(fact: Fact, places: Places) -> Spot | None:
    subject, predicate, value = fact
    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
        return None
    return places.statement(ox.Triple(subject, predicate, value))


def _place(spot: Spot | None) -> str:
    if spot is None:
        return ""
    here = Path.cwd()
    file = spot.file.relative_to(here) if spot.file.is_relative_to(here) else spot.file
    return f"{file}:{spot.line}: " if spot.line else f"{file}: "
