"""``/dataset`` and ``/.well-known/void``: the dataset described in VoID, DCAT and PROV-O."""

from flask import Blueprint, Response

from mlroles.knowledge.description import DATASET
from mlroles.knowledge.formats import Graphs
from mlroles.web import access, dataset_page, documents
from mlroles.web.services import services

blueprint = Blueprint("dataset", __name__)


@blueprint.get("/.well-known/void")
@blueprint.get("/dataset")
def description() -> Response:
    """Describe the dataset, and say where it is to be asked and had (VoID, 7.2)."""
    return documents.respond(_graphs, lambda: dataset_page.render(_graphs(), services()))


def _graphs() -> Graphs:
    return {DATASET: [*services().description, *access.triples()]}
