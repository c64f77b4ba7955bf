"""Every problem of a set of Turtle files, and the two graphs if there is none."""

from collections.abc import Callable, Sequence

import pyoxigraph as ox

from mlroles.errors import KnowledgeError
from mlroles.knowledge import blanks, ntriples, turtle
from mlroles.knowledge.reasoning.closure import close
from mlroles.knowledge.reasoning.noise import inferred
from mlroles.knowledge.sources import Source
from mlroles.knowledge.turtle import Document


def derive(
    found: Sequence[Source], progress: Callable[[str], None] | None = None
) -> tuple[bytes, bytes]:
    documents = [turtle.parse(source) for source in found]
    triples = [triple for document in documents for triple in document.triples]
    closure = close(triples, progress)
    return ntriples.dump(triples), ntriples.dump(inferred(closure))
