"""``/``: what this is and what it holds; ``/logo.svg``, ``/favicon.ico``."""

from dataclasses import dataclass

from flask import Blueprint, Response, current_app, render_template, url_for

from mlroles.web.guide import network, skill_map
from mlroles.web.guide.asking import Row, ask
from mlroles.web.services import Services, services
from mlroles.web.table import Cell

blueprint = Blueprint("pages", __name__)

_NOWHERE = Cell(label="No environment stated")


@dataclass(frozen=True)
class Card:
    """A role as the first page shows it."""

    role: Cell
    definition: str


@blueprint.get("/")
def home() -> str:
    """Show what the graph holds: its roles, how far they need skills, and the questions."""
    shared = services()
    roles = ask(shared.engine, "roles")
    every = list(dict.fromkeys(row["role"] for row in roles))
    return render_template(
        "home.html",
        facts=shared.facts,
        catalogue=shared.catalogue,
        environments=_by_environment(roles),
        skill_map=skill_map.gather(shared.engine, every[: skill_map.ROLES]),
        network=network.gather(shared.engine),
        names=names(shared),
        endpoint=url_for("protocol.endpoint", _external=True),
    )


@blueprint.get("/logo.svg")
def logo() -> Response:
    """Return the logo, at the address that the ontology's header gives."""
    return current_app.send_static_file("icon.svg")


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """Return the logo where browsers look for it on what is no page of ours, such as JSON."""
    return current_app.send_static_file("icon.svg")


def names(shared: Services) -> list[str]:
    """Return what a search box offers while somebody types."""
    return list(dict.fromkeys(row["name"].text for row in ask(shared.engine, "names")))


def _by_environment(roles: tuple[Row, ...]) -> dict[Cell, list[Card]]:
    """Return the cards by environment."""
    found: dict[Cell, list[Card]] = {}
    for row in roles:
        place = row["environment"] if row["environment"].kind == "iri" else _NOWHERE
        found.setdefault(place, []).append(Card(row["role"], row["definition"].text))
    return dict(sorted(found.items(), key=lambda pair: (pair[0] == _NOWHERE, len(pair[1]))))
