"""Whether the bound rules and owlrl agree on an ontology with data."""

import pyoxigraph as ox

from mlroles.knowledge import ntriples
from mlroles.knowledge.reasoning.clashes import clashes, malformed
from mlroles.knowledge.reasoning.closure import close
from mlroles.knowledge.reasoning.compiled import Undecided, infer
from mlroles.knowledge.reasoning.noise import inferred

#: What the bound rules leave to owlrl though nothing contradicts: where two names mean one thing.
EQUALITY = {"eq-rep-s", "prp-fp", "prp-ifp", "prp-key", "cls-maxc2", "cls-maxqc3", "cls-maxqc4"}


def triples(turtle: str) -> list[ox.Triple]:
    """Return the triples of a text."""
    return [quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE, base_iri="urn:test")]


def compared(turtle: str) -> tuple[str, bytes]:
    """Return how a case went, or what was doubted in vain, and what follows; raise if they differ."""
    given = triples(turtle)
    if malformed(given):
        return "malformed", b""
    closure = close(given)
    try:
        found = ntriples.dump(infer(given))
    except Undecided as undecided:
        rules = {doubt.rule for doubt in undecided.doubts}
        if clashes(closure):
            return "contradiction", b""
        return "equality" if rules <= EQUALITY else str(undecided), b""
    assert clashes(closure) == []
    assert found == ntriples.dump(inferred(closure))
    return "equal", found
