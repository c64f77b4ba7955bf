"""``/context.jsonld``: our prefixes as a JSON-LD context, for documents of one's own."""

from flask import Blueprint, Response, json

from mlroles import jsonld

blueprint = Blueprint("context", __name__)


@blueprint.get("/context.jsonld")
def context() -> Response:
    """Give the context (JSON-LD 1.1, 3.1)."""
    text: str = json.dumps({"@context": jsonld.context()}, indent=2)
    return Response(f"{text}\n", content_type="application/ld+json")
