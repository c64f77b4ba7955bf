"""What the address of a document may end in, to say its format: ``/ontology.ttl``.

One rule for every route of the table, looked at before any view runs. What a thing of the graph may
end in, the resources tell for themselves: a name with a point in it may be a thing's own.
"""

from typing import Any

from flask import Flask, current_app, g, request
from werkzeug.exceptions import HTTPException

from mlroles.web import formats, operation

#: The routes whose documents have several formats.
ROUTES = frozenset(
    {
        "dataset.description",
        "explain.explain",
        "graph_store.graph",
        "graph_store.store",
        "ontology.alignment",
        "ontology.ontology",
        "ontology.shapes",
        "protocol.service",
        "resources.about",
        "saved.every",
        "saved.one",
        "saved.results",
        "search.search",
    }
)
SUFFIXES = frozenset({*formats.suffixes(), formats.QUERY.extension})


def init_app(app: Flask) -> None:
    """Let every request for a document be looked at."""
    app.url_value_preprocessor(_strip)


def wanted() -> tuple[str, ...]:
    """Return the formats that this request names, in its address before its parameters."""
    suffix = given()
    return (suffix,) if suffix else operation.formats(operation.parameters(request))


def given() -> str:
    """Return the suffix of this request's address; empty if it has none."""
    suffix: str = g.get("suffix", "")
    return suffix


def _strip(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001 - Flask's
    """Read the address without its suffix, where a document of the table is at the rest of it."""
    path, _, suffix = request.path.rpartition(".")
    if suffix not in SUFFIXES or path.endswith("/"):
        return
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return
    try:
        rule, found = adapter.match(path, return_rule=True)
    except HTTPException:
        return
    if rule.endpoint in ROUTES:
        request.url_rule, request.view_args = rule, dict(found)
        g.suffix = suffix
