"""What things are called: English labels from the graph."""

from collections.abc import Iterable
from contextlib import closing

from mlroles.engine.interface import Engine
from mlroles.rows import read_solutions
from mlroles.store import QueryRequest
from mlroles.terms import Iri, Literal

#: A pattern that binds ``?label`` for ``?it``: the language-tagged English, or a plain string.
PATTERN = """?it rdfs:label|skos:prefLabel|dcterms:title ?label .
  FILTER (LANG(?label) = "" || LANGMATCHES(LANG(?label), "en"))"""

PROLOGUE = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

_TSV = "text/tab-separated-values"
_SIZE = 16 << 20  # bytes of labels at most


def labels(engine: Engine, iris: Iterable[Iri]) -> dict[str, str]:
    """Return the label of each IRI that has one. Raises what the engine raises."""
    values = " ".join(sorted({str(iri) for iri in iris}))
    if not values:
        return {}
    return dict(
        pairs(
            engine,
            f"{PROLOGUE}SELECT ?it (MIN(STR(?label)) AS ?name)\n"
            f"WHERE {{ VALUES ?it {{ {values} }}\n  {PATTERN} }}\nGROUP BY ?it",
        )
    )


def pairs(engine: Engine, text: str) -> list[tuple[str, str]]:
    """Return the rows of a query of ours with two columns: an IRI, and a label or nothing."""
    with closing(engine.run(QueryRequest(text, _TSV))) as answer:
        rows = read_solutions(answer.chunks, _SIZE, _SIZE).rows
    return [
        (it.value, name.value if isinstance(name, Literal) else "")
        for it, name in rows
        if isinstance(it, Iri)
    ]
