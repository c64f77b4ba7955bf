"""The two graphs as the engine has them, to describe them and to take them apart."""

from contextlib import closing

from mlroles import vocab
from mlroles.engine.interface import Engine
from mlroles.knowledge import ntriples
from mlroles.knowledge.formats import Graphs
from mlroles.store import QueryRequest


def gather(engine: Engine) -> Graphs:
    """Return the triples of the asserted and of the inferred graph. Raises what the engine does."""
    return {name: ntriples.parse(_ask(engine, name)) for name in (vocab.ASSERTED, vocab.INFERRED)}


def _ask(engine: Engine, graph: str) -> bytes:
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    with closing(engine.run(QueryRequest(text, "application/n-triples"))) as answer:
        return b"".join(answer.chunks)
