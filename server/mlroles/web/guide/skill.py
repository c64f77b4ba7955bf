"""The page of a skill: which roles need it, how far, and where that is stated."""

from dataclasses import dataclass

from flask import render_template

from mlroles.terms import Iri
from mlroles.vocab import MLR, SKOS
from mlroles.web import documents
from mlroles.web.guide.asking import Row, ask
from mlroles.web.guide.needs import name
from mlroles.web.profile import Profile, Value
from mlroles.web.services import services
from mlroles.web.table import Cell

_REQUIRES = f"{MLR}requiresSkill"


@dataclass(frozen=True)
class Needed:
    """A role that needs a skill, and all that is stated of it; nothing if it only follows."""

    role: Cell
    sayings: tuple[Row, ...]


def page(found: Profile) -> str:
    """Return the page of a skill."""
    shared = services()
    classes = {cell.address for cell in found.types}
    return render_template(
        "skill.html",
        found=found,
        needed=_needed(found, ask(shared.engine, "needs", {"skill": [Iri(found.iri)]})),
        aliases=found.values(f"{SKOS}altLabel"),
        wider=_of(found, "specialisationOf"),
        narrower=_of(found, "generalisationOf"),
        asked=shared.questions.of(found.iri, classes),
        formats=documents.NAMES,
    )


def _needed(found: Profile, rows: tuple[Row, ...]) -> list[Needed]:
    """Return the roles in order, whether their need is stated of the skill or of a part of it."""
    roles: dict[Cell, list[Row]] = {row["role"]: [] for row in rows}
    for row in rows:
        roles[row["role"]].append(row)
    for group in found.incoming:
        if group.predicate.address == _REQUIRES:
            for value in group.values:
                roles.setdefault(value.cell, [])
    every = (Needed(role, tuple(sayings)) for role, sayings in roles.items())
    return sorted(every, key=lambda needed: name(needed.role))


def _of(found: Profile, local: str) -> tuple[Value, ...]:
    return found.values(f"{MLR}{local}")
