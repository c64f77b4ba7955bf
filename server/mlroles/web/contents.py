"""What the engine has, to be described, told and explained: all of it, or what is wanted of it."""

from collections.abc import Iterator, Mapping
from contextlib import closing

import pyoxigraph as ox

from mlroles import vocab
from mlroles.engine.interface import Engine
from mlroles.knowledge import ntriples
from mlroles.knowledge.formats import Graphs
from mlroles.store import QueryRequest

_GRAPHS = (vocab.ASSERTED, vocab.INFERRED)
_OURS = f'isBlank(?s) || STRSTARTS(STR(?s), "{vocab.BASE}")'
_ABOUT_CLASSES = " || ".join(
    (
        "isBlank(?s)",
        f'STRSTARTS(STR(?p), "{vocab.OWL}")',
        "?p IN (rdfs:subClassOf, rdfs:subPropertyOf, rdfs:domain, rdfs:range, rdf:first, rdf:rest)",
        f'?p = rdf:type && STRSTARTS(STR(?o), "{vocab.OWL}")',
        f'?p = rdf:type && STRSTARTS(STR(?o), "{vocab.RDFS}")',
        f'?p = rdfs:label && STRSTARTS(STR(?s), "{vocab.BASE}")',
    )
)
_JSON = "application/sparql-results+json"


def everything(engine: Engine) -> Graphs:
    """Return the triples of the asserted and of the inferred graph. Raises what the engine does."""
    return {name: _construct(engine, name) for name in _GRAPHS}


def ours(engine: Engine) -> Graphs:
    """Return what both graphs say of our own things and of nameless ones."""
    return {name: _construct(engine, name, _OURS) for name in _GRAPHS}


def ontology(engine: Engine) -> list[ox.Triple]:
    """Return what is asserted of classes and properties, and how our things are called."""
    return _construct(engine, vocab.ASSERTED, _ABOUT_CLASSES)


def select(engine: Engine, text: str) -> Iterator[Mapping[str, object]]:
    """Yield the solutions of a SELECT, terms by variable. Raises what the engine does."""
    with closing(engine.run(QueryRequest(text, _JSON))) as answer:
        content = b"".join(answer.chunks)
    found = ox.parse_query_results(content, ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - a SELECT gives these
    names = [variable.value for variable in found.variables]
    for row in found:
        yield {name: row[name] for name in names if row[name] is not None}


def _construct(engine: Engine, graph: str, condition: str = "true") -> list[ox.Triple]:
    text = (
        f"PREFIX rdf: <{vocab.RDF}> PREFIX rdfs: <{vocab.RDFS}> CONSTRUCT {{ ?s ?p ?o }}"
        f" WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} FILTER({condition}) }}"
    )
    with closing(engine.run(QueryRequest(text, "application/n-triples"))) as answer:
        return ntriples.parse(b"".join(answer.chunks))
