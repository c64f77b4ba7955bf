"""``/explain``: why a triple holds, or what it would follow from; a form where none is given."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, json, make_response, render_template, request

from mlroles.errors import BadRequestError
from mlroles.vocab import BASE
from mlroles.web import documents, notices, operation, problems
from mlroles.web.services import services

if TYPE_CHECKING:
    from mlroles.knowledge.explanation import Explanation

blueprint = Blueprint("explain", __name__)

_JSON = "application/json"
_IS = ("is", "are")
_EXAMPLES = (
    ("role:mlops-engineer", "a", "mlr:DualSkillRole"),
    ("role:ml-hardware-engineer", "mlr:requiresSkill", "skill:machine-learning"),
    ("role:product-owner", "a", "mlr:DualSkillRole"),
)


@blueprint.get("/explain")
def explain() -> Response:
    """Explain the triple of the parameters ``s``, ``p`` and ``o``."""
    pairs = operation.parameters(request)
    terms = {name: operation.single(pairs, name) or "" for name in "spo"}
    if not any(terms.values()):
        return make_response(_page(terms))
    problems.on_page("explain.html", terms=terms, examples=_EXAMPLES, found=None)
    if missing := [name for name, term in terms.items() if not term]:
        raise BadRequestError(
            f"A triple has three terms; {' and '.join(missing)} {_IS[len(missing) > 1]} missing.",
            hint="Give s, p and o: subject, predicate and object.",
        )
    from mlroles.knowledge import explanation, explanation_formats  # noqa: PLC0415 - bring rdflib, late

    found = services().explainer.explain(explanation.parse(**_named(terms)))
    return documents.respond(
        lambda: explanation_formats.provenance(found),
        lambda: _page(terms, found),
        {
            _JSON: lambda: (
                f"{json.dumps(explanation_formats.plain(found), ensure_ascii=False, indent=2)}\n"
            )
        },
    )


def _named(terms: dict[str, str]) -> dict[str, str]:
    return {"subject": terms["s"], "predicate": terms["p"], "value": terms["o"]}


def _page(terms: dict[str, str], found: "Explanation | None" = None) -> str:
    return render_template("explain.html", terms=terms, examples=_EXAMPLES, found=found, near=_near)


def _near(iri: str) -> list[str]:
    """Return IRIs of ours whose names are like that of one."""
    return list(notices.near(iri, services().names)) if iri.startswith(BASE) else []
