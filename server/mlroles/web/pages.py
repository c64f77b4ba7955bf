"""``/``: what this is and what it holds; ``/logo.svg``."""

from flask import Blueprint, Response, current_app, render_template, url_for

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


@blueprint.get("/logo.svg")
def logo() -> Response:
    """Return the logo, at the address that the ontology's header gives."""
    return current_app.send_static_file("icon.svg")
