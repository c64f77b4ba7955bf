"""A store of two graphs, and what it answers of them."""

import io
import json
from dataclasses import replace
from typing import Any

from mlroles.store import QueryRequest
from mlroles.store.oxigraph import OxigraphStore

G1, G2 = "http://e/g1", "http://e/g2"
_JSON = "application/sparql-results+json"


def made() -> OxigraphStore:
    """Return the store; its default graph is the union of both."""
    store = OxigraphStore(union=True)
    store.replace_graph(
        G1, [b'<http://e/a> <http://e/p> <http://e/b> .\n<http://e/a> <http://e/q> "x"@en .']
    )
    store.replace_graph(
        G2, [b'<http://e/b> <http://e/p> <http://e/c> .\n<http://e/a> <http://e/q> "y"@en .']
    )
    return store


def ask(store: OxigraphStore, text: str, **dataset: tuple[str, ...]) -> Any:
    """Return an answer in JSON to a query whose IRIs are relative."""
    out = io.BytesIO()
    text = f"BASE <http://e/>\n{text}"
    store.query(replace(QueryRequest(text, _JSON), **dataset), out)  # type: ignore[arg-type] # its two
    return json.loads(out.getvalue())


def rows(store: OxigraphStore, text: str, **dataset: tuple[str, ...]) -> list[list[str | None]]:
    """Return the sorted rows, their IRIs relative again."""
    found = ask(store, text, **dataset)
    return sorted(
        [
            row[name]["value"].removeprefix("http://e/") if name in row else None
            for name in found["head"]["vars"]
        ]
        for row in found["results"]["bindings"]
    )
