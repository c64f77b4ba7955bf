"""``/``: what this is and what it holds."""

from flask import Blueprint, render_template, url_for

from mlroles.web.services import services

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> str:
    """Show what the graph holds, and the saved queries by audience."""
    shared = services()
    return render_template(
        "home.html",
        facts=shared.facts,
        catalogue=shared.catalogue,
        endpoint=url_for("protocol.endpoint", _external=True),
    )
