"""Why a query was rejected: the right place, the offending text, and what to do.

An engine's parser gives up where it looked furthest ahead, which is seldom where the fault is. So
a rejected query is read once more: by a grammar that stops at the first token that cannot stand
where it does, and, if that finds nothing, by rules about what the tokens mean.
"""

import re

from mlroles.errors import QuerySyntaxError
from mlroles.sparql import meaning, syntax
from mlroles.sparql.finding import Finding, Words
from mlroles.sparql.parser import UnexpectedError, parse
from mlroles.sparql.tokens import tokens

_PLACE = re.compile(r"\bat (?P<line>\d+):(?P<column>\d+)")
#: Sentences among the expected characters and keywords of a message.
_SENTENCE = re.compile(r"(?:expected (?:one of )?|, )(?P<words>[A-Z][a-z]+(?: [^,\[\]]+)+)")


def diagnose(text: str, message: str) -> QuerySyntaxError:
    """Return what to tell about ``text``, which an engine rejected with ``message``.

    The message may be empty. ``line``, ``column``, ``offending`` and ``hint`` are always set.
    """
    words = Words(text, tuple(tokens(text)))
    try:
        tree = parse(text)
    except UnexpectedError as error:
        found = syntax.explain(words, error)
    else:
        found = meaning.explain(words, tree, message)
    return words.error(found or _by_engine(words, message))


def _by_engine(words: Words, message: str) -> Finding:
    """Return what the engine said, at the place it gave."""
    place = _PLACE.search(message)
    lines = words.text.splitlines(keepends=True) or [""]
    line = min(int(place["line"]), len(lines)) if place else 1
    column = int(place["column"]) if place else 1
    start = min(sum(map(len, lines[: line - 1])) + column - 1, len(words.text))
    sentence = _SENTENCE.search(message)
    return Finding(
        start,
        next((token.text for token in words.tokens if token.end > start), ""),
        f"The engine rejects the query: {sentence['words'].strip()}."
        if sentence
        else "The engine rejects the query at or before this place.",
        "Look at the last clause before this place.",
    )
