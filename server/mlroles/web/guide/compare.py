"""``/compare``: roles side by side, what they share and what only one has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from mlroles.errors import BadRequestError
from mlroles.terms import Iri
from mlroles.vocab import MLR
from mlroles.web import operation, problems, table
from mlroles.web.guide import needs
from mlroles.web.guide.asking import Row, ask
from mlroles.web.guide.choosing import chosen
from mlroles.web.guide.needs import Matter
from mlroles.web.services import services
from mlroles.web.table import Cell

blueprint = Blueprint("compare", __name__)

_MOST = 5  # roles that a page can show side by side
_LEAST = 2


@dataclass(frozen=True)
class Line:
    """A skill or a responsibility, and what of it each role has, in the roles' order."""

    thing: Cell
    matters: tuple[Matter | None, ...]

    @property
    def shared(self) -> bool:
        """Whether every role has it."""
        return all(self.matters)

    @property
    def follows(self) -> bool:
        """Whether it is stated of no role, and follows of those that have it."""
        return not any(matter and matter.sayings for matter in self.matters)


@dataclass(frozen=True)
class Stand:
    """Where roles stand in an aspect of a comparison, in the roles' order."""

    aspect: Cell
    origin: Cell
    section: Cell
    rows: tuple[Row | None, ...]


@blueprint.get("/compare")
def compare() -> str:
    """Show the roles of the parameters ``role`` side by side; a form where there are fewer."""
    shared = services()
    choices = shared.choices.of(f"{MLR}Role")
    context: dict[str, object] = {"choices": choices, "roles": (), "most": _MOST}
    problems.on_page("compare.html", **context)
    wanted = operation.every(operation.only(request, "role"), "role")
    picked = chosen("role", choices, wanted)
    if len(picked) > _MOST:
        raise BadRequestError(
            f"{len(picked)} roles are too many to be shown side by side.",
            hint=f"Choose at most {_MOST}.",
        )
    roles = [table.cell(Iri(choice.iri), {choice.iri: choice.label}) for choice in picked]
    context["roles"] = tuple(roles)
    if len(roles) < _LEAST:
        return render_template("compare.html", **context)
    values = {"role": [Iri(choice.iri) for choice in picked]}
    skills = needs.of(ask(shared.engine, "skills", values))
    work = needs.of(ask(shared.engine, "responsibilities", values))
    return render_template(
        "compare.html",
        **context,
        parts=(("Skills", _lines(roles, skills)), ("Responsibilities", _lines(roles, work))),
        stands=_stands(roles, ask(shared.engine, "aspects", values)),
    )


def _lines(roles: Sequence[Cell], matters: Sequence[Matter]) -> tuple[Line, ...]:
    """Return a line for each thing: what is shared by most comes first."""
    known: Mapping[Cell, Mapping[Cell, Matter]] = needs.by_role(matters)
    lines = [
        Line(thing, tuple(known.get(role, {}).get(thing) for role in roles))
        for thing in dict.fromkeys(matter.thing for matter in matters)
    ]

    def order(line: Line) -> tuple[int, list[bool], str]:
        absent = [matter is None for matter in line.matters]
        return sum(absent), absent, needs.name(line.thing)

    return tuple(sorted(lines, key=order))


def _stands(roles: Sequence[Cell], rows: Sequence[Row]) -> tuple[Stand, ...]:
    """Return the aspects in which the text sets at least two of the roles beside each other."""
    found: dict[tuple[Cell, Cell, Cell], dict[Cell, Row]] = {}
    for row in rows:
        key = row["aspect"], row["origin"], row["section"]
        found.setdefault(key, {})[row["role"]] = row
    return tuple(
        Stand(*key, tuple(by_role.get(role) for role in roles))
        for key, by_role in found.items()
        if len(by_role) >= _LEAST
    )
