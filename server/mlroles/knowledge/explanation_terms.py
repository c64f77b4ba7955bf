"""Triples as people write them."""

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import BadRequestError

_UNNAMED = "what has no name cannot be asked for"
_DECLARATIONS = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in vocab.PREFIXES.items())


def parse(subject: str, predicate: str, value: str) -> ox.Triple:
    """Return the triple of three terms: prefixed names, IRIs, ``a``, or a literal of Turtle.

    Raises BadRequestError.
    """
    text = " ".join(_term(part) for part in (subject, predicate, value))
    try:
        return _triple(text)
    except (SyntaxError, ValueError) as error:
        raise BadRequestError(
            f"“{subject} {predicate} {value}” is no triple.",
            hint="Write prefixed names such as role:ml-engineer, or whole IRIs.",
            offending=text[:200],
        ) from error


def _triple(text: str) -> ox.Triple:
    (quad,) = ox.parse(f"{_DECLARATIONS}{text} .", ox.RdfFormat.TURTLE)
    if any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object)):
        raise ValueError(_UNNAMED)
    return ox.Triple(quad.subject, quad.predicate, quad.object)


def _term(part: str) -> str:
    part = part.strip()
    return f"<{part}>" if part.startswith(("http://", "https://", "urn:")) else part
