"""Ask a store or rdflib, and read the rows as the expected files write them."""

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import rdflib

from mlroles.paths import QUERIES
from mlroles.store.interface import QueryRequest, Store
from mlroles.vocab import shorten

#: A header line with the columns, then a line for each solution.
Table = list[list[str]]

EXPECTED = Path(__file__).parent / "expected"
_TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(QUERIES.glob("*.rq"))}

#: The queries of a team of one's own, by their default, and the others, which ask our data alone.
TEAM_NAMES = [name for name, text in _TEXTS.items() if "PREFIX team:" in text]
NAMES = [name for name in _TEXTS if name not in TEAM_NAMES]

_TAGS = re.compile(r"^#\+ tags: \[(.*)\]$", re.MULTILINE)


def text_of(name: str) -> str:
    """Return the saved query as the file has it."""
    return _TEXTS[name]


def needs_reasoning(name: str) -> bool:
    """Return whether the query's header says that it rests on inferred triples."""
    found = _TAGS.search(text_of(name))
    assert found is not None
    return "reasoning" in found[1].split(", ")


def expected(name: str) -> Table:
    """Return the rows that were read off the article, or off the article and the example team."""
    place = EXPECTED / "team" if name in TEAM_NAMES else EXPECTED
    with (place / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def ask(store: Store, text: str) -> Table:
    """Return the store's answer."""
    out = io.BytesIO()
    store.query(QueryRequest(text, "application/sparql-results+json"), out)
    answer = json.loads(out.getvalue())
    columns: list[str] = answer["head"]["vars"]
    rows = answer["results"]["bindings"]
    return [columns, *([_cell(row.get(column)) for column in columns] for row in rows)]


def ask_rdflib(graph: rdflib.Graph, text: str) -> Table:
    """Return the answer of rdflib's own engine."""
    result = graph.query(text)
    assert result.vars is not None
    rows = [[row.get(column) for column in result.vars] for row in result.bindings]
    return [
        [str(column) for column in result.vars],
        *([_plain(term) for term in row] for row in rows),
    ]


def _cell(term: Mapping[str, str] | None) -> str:
    if term is None:
        return ""
    return shorten(term["value"]) if term["type"] == "uri" else term["value"]


def _plain(term: rdflib.term.Node | None) -> str:
    if term is None:
        return ""
    return shorten(str(term)) if isinstance(term, rdflib.URIRef) else str(term)
