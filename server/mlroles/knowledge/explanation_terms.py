"""Triples as people write them."""

import difflib
import re

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import BadRequestError

_UNNAMED = "what has no name cannot be asked for"
_WHOLE = ("http://", "https://", "urn:")
_PREFIXED = re.compile(r"(?P<prefix>[^\W\d_][\w.-]*|):[^\s\"'<>]*")
_DECLARATIONS = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in vocab.PREFIXES.items())


def parse(subject: str, predicate: str, value: str) -> ox.Triple:
    """Return the triple of three terms: prefixed names, IRIs, ``a``, or a literal of Turtle.

    Raises BadRequestError.
    """
    for part in (subject, predicate, value):
        _require_prefix(part.strip())
    text = " ".join(_term(part) for part in (subject, predicate, value))
    try:
        return _triple(text)
    except (SyntaxError, ValueError) as error:
        raise BadRequestError(
            f"“{subject} {predicate} {value}” is no triple.",
            hint="Write prefixed names such as role:ml-engineer, or whole IRIs.",
            offending=text[:200],
        ) from error


def _require_prefix(part: str) -> None:
    """Raise BadRequestError if a term is a prefixed name whose prefix is none of ours."""
    found = _PREFIXED.fullmatch(part)
    if found is None or part.startswith(_WHOLE) or found["prefix"] in (*vocab.PREFIXES, "_"):
        return
    near = difflib.get_close_matches(found["prefix"], vocab.PREFIXES, 1)
    meant = f"Did you mean {near[0]}:? " if near else ""
    raise BadRequestError(
        f"The prefix “{found['prefix']}:” is not known here.",
        hint=f"{meant}Known are {', '.join(f'{name}:' for name in vocab.PREFIXES)}; or write the IRI.",
        offending=part[:200],
    )


def _triple(text: str) -> ox.Triple:
    (quad,) = ox.parse(f"{_DECLARATIONS}{text} .", ox.RdfFormat.TURTLE)
    if any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object)):
        raise ValueError(_UNNAMED)
    return ox.Triple(quad.subject, quad.predicate, quad.object)


def _term(part: str) -> str:
    part = part.strip()
    return f"<{part}>" if part.startswith(_WHOLE) else part
