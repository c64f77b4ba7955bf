"""``/terms``: the names of our classes, properties and things, for editors that complete them."""

from contextlib import closing

from flask import Blueprint, Response, json

from mlroles import vocab
from mlroles.engine.interface import Engine
from mlroles.rows import read_solutions
from mlroles.store import QueryRequest
from mlroles.terms import Iri, Literal, Term
from mlroles.web.services import services

blueprint = Blueprint("terms", __name__)

_MOST = 5_000
_SIZE = 4 << 20
_TEXT = f"""SELECT ?it (SAMPLE(?label) AS ?called) (GROUP_CONCAT(?other; separator="\\n") AS ?also)
WHERE {{
  ?it <{vocab.RDFS}label> ?label FILTER (ISIRI(?it) && STRSTARTS(STR(?it), "{vocab.BASE}"))
  FILTER NOT EXISTS {{ ?it a <{vocab.MLR}Statement> }}
  OPTIONAL {{ ?it <{vocab.SKOS}altLabel> ?other }}
}} GROUP BY ?it ORDER BY ?it LIMIT {_MOST}"""


@blueprint.get("/terms")
def terms() -> Response:
    """Give prefixes, and each term with its prefixed name, its label and its other names."""
    found = {
        "base": vocab.BASE,
        "prefixes": dict(vocab.PREFIXES),
        "terms": list(_terms(services().engine)),
    }
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return Response(f"{text}\n", content_type="application/json")


def _terms(engine: Engine) -> list[dict[str, object]]:
    with closing(engine.run(QueryRequest(_TEXT, "text/tab-separated-values"))) as answer:
        rows = read_solutions(answer.chunks, _MOST, _SIZE).rows
    return [
        {
            "name": vocab.shorten(it.value),
            "label": _words(called),
            "also": [name for name in _words(also).split("\n") if name],
        }
        for it, called, also in rows
        if isinstance(it, Iri) and not vocab.shorten(it.value).startswith("<")
    ]


def _words(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""
