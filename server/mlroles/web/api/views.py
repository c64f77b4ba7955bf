"""``/openapi.json``: the interface for programs; ``/api``: the same for people."""

from flask import Blueprint, Response, current_app, json, render_template, request

from mlroles.web.api import document, reading
from mlroles.web.api.schemas import Json
from mlroles.web.services import services

blueprint = Blueprint("api", __name__)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe every operation in OpenAPI 3.1."""
    text = json.dumps(_document(), ensure_ascii=False, indent=1, sort_keys=False)
    return Response(f"{text}\n", content_type="application/json")


@blueprint.get("/api")
def api() -> str:
    """Show every operation, its parameters and how to ask with curl."""
    return render_template(
        "api.html", groups=reading.groups(_document()), address=request.url_root.rstrip("/")
    )


def _document() -> Json:
    return document.document(current_app, services(), request.root_path or "/")
