"""``/fit``: the roles ranked by what they need and what you lack."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from mlroles.engine.interface import Engine
from mlroles.saved.choices import Choice
from mlroles.terms import Iri
from mlroles.vocab import MLR
from mlroles.web import operation, problems
from mlroles.web.guide import needs
from mlroles.web.guide.asking import Row, ask, bound, rows
from mlroles.web.guide.choosing import chosen
from mlroles.web.services import services
from mlroles.web.table import Cell

blueprint = Blueprint("fit", __name__)

_OTHER = "Other skills"


@dataclass(frozen=True)
class Fit:
    """A role, and the skills that it needs and that somebody has or lacks."""

    role: Cell
    have: tuple[Cell, ...]
    lack: tuple[Cell, ...]

    @property
    def share(self) -> float:
        """How much of what it needs is there, from 0 to 1."""
        return len(self.have) / (len(self.have) + len(self.lack))


@blueprint.get("/fit")
def fit() -> str:
    """Show the roles that need any of the parameters ``skill``, the best fit first."""
    shared = services()
    choices = shared.choices.of(f"{MLR}Skill")
    context: dict[str, object] = {
        "groups": groups(shared.engine, choices),
        "picked": (),
        "fits": None,
    }
    problems.on_page("fit.html", **context)
    pairs = operation.only(request, "skill")
    picked = chosen("skill", choices, operation.every(pairs, "skill"))
    if not picked:
        return render_template("fit.html", **context)
    text = bound("fit", {"skill": [Iri(choice.iri) for choice in picked]})
    fits = rank(rows(shared.engine, text))
    context |= {"picked": [choice.iri for choice in picked], "query": text}
    context["fits"] = [fit for fit in fits if fit.have]
    context["parts"] = [fit.role for fit in fits if not fit.have]
    return render_template("fit.html", **context)


def rank(found: Sequence[Row]) -> list[Fit]:
    """Return the fits in the rows: fewest lacking first, then most there."""
    roles: dict[Cell, list[Row]] = {}
    for row in found:
        roles.setdefault(row["role"], []).append(row)
    fits = [Fit(role, _skills(of, "true"), _skills(of, "false")) for role, of in roles.items()]
    return sorted(fits, key=lambda fit: (-fit.share, len(fit.lack), needs.name(fit.role)))


def groups(engine: Engine, choices: Sequence[Choice]) -> dict[str, list[Choice]]:
    """Return the skills by the widest skill that they are a part of; those alone come last."""
    by_iri = {choice.iri: choice for choice in choices}
    found: dict[str, list[Choice]] = {}
    wide = [(row["skill"].address, row["widest"].address) for row in ask(engine, "groups")]
    heads = {widest for _, widest in wide if widest}
    for skill, widest in wide:
        head = widest or (skill if skill in heads else "")
        choice = by_iri.get(skill)
        title = by_iri[head].label if head in by_iri else _OTHER
        if choice is not None and all(choice not in group for group in found.values()):
            found.setdefault(title, []).append(choice)
    order = sorted(found, key=lambda title: (title == _OTHER, title.casefold()))
    return {
        title: sorted(found[title], key=lambda c: (c.label != title, c.label.casefold()))
        for title in order
    }


def _skills(found: Sequence[Row], have: str) -> tuple[Cell, ...]:
    things = (row["needed"] for row in found if row["have"].text == have)
    return tuple(sorted(things, key=needs.name))
