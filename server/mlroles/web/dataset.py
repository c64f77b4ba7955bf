"""``/dataset`` and ``/.well-known/void``: the dataset described in VoID, DCAT and PROV-O."""

from flask import Blueprint, Response, url_for

from mlroles.knowledge.description import DATASET, answered_at
from mlroles.web import documents
from mlroles.web.services import services

blueprint = Blueprint("dataset", __name__)


@blueprint.get("/.well-known/void")
@blueprint.get("/dataset")
def description() -> Response:
    """Describe the dataset, and say where it is to be asked (VoID, 6.1 and 7.2)."""
    here = answered_at(url_for("protocol.endpoint", _external=True))
    return documents.respond(lambda: {DATASET: [*services().description, here]})
