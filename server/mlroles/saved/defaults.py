"""The ``VALUES ?name { … }`` blocks of a query: each holds the default of a parameter."""

import itertools
import re
from collections import deque
from collections.abc import Iterator

from mlroles import sparql
from mlroles.terms import Other, Term, parse

_BARE_QUOTE = re.compile(r'\\.|"', re.DOTALL)
_LOCAL_ESCAPE = re.compile(r"\\")


def read(text: str) -> dict[str, tuple[Term, ...]]:
    """Return the terms of each block of one variable, by its name; the first block counts.

    Blocks that hold UNDEF are left out.
    """
    words = [token.text for token in sparql.tokens(text) if not _is_space(token.text)]
    prefixes = dict(_prefixes(words))
    blocks: dict[str, tuple[Term, ...]] = {}
    for place, word in enumerate(words):
        if word.upper() != "VALUES" or words[place + 2 : place + 3] != ["{"]:
            continue
        variable = words[place + 1]
        if not variable.startswith(("?", "$")):
            continue
        terms = tuple(_terms(words[place + 3 :], prefixes))
        if not any(isinstance(term, Other) for term in terms):
            blocks.setdefault(variable[1:], terms)
    return blocks


def _is_space(text: str) -> bool:
    return not text or text.isspace() or text.startswith("#")


def _prefixes(words: list[str]) -> Iterator[tuple[str, str]]:
    for place, word in enumerate(words[:-2]):
        if word.upper() == "PREFIX" and words[place + 2].startswith("<"):
            yield words[place + 1], words[place + 2][1:-1]


def _terms(words: list[str], prefixes: dict[str, str]) -> Iterator[Term]:
    """Yield the terms up to the closing brace."""
    data = deque(itertools.takewhile(lambda word: word != "}", words))
    while data:
        text = _expand(data.popleft(), prefixes)
        if text.startswith(('"', "'")):
            text = _requote(text)
            if data and data[0].startswith("@"):
                text += data.popleft()
            elif len(data) > 1 and data[0] == "^^":
                data.popleft()
                text += f"^^{_expand(data.popleft(), prefixes)}"
        yield parse(text)


def _expand(word: str, prefixes: dict[str, str]) -> str:
    """Return a prefixed name as an IRI, anything else as it is."""
    if word.startswith(("<", '"', "'")):
        return word
    prefix, colon, local = word.partition(":")
    namespace = prefixes.get(prefix + colon)
    return word if namespace is None else f"<{namespace}{_LOCAL_ESCAPE.sub('', local)}>"


def _requote(word: str) -> str:
    """Return a string in any of SPARQL's four kinds of quotes as one in N-Triples' kind."""
    width = 3 if word[:3] in ('"' * 3, "'" * 3) and len(word) >= 6 else 1  # noqa: PLR2004 - 2 x 3
    return f'"{_BARE_QUOTE.sub(_escaped, word[width:-width])}"'


def _escaped(match: re.Match[str]) -> str:
    return '\\"' if match[0] == '"' else match[0]
