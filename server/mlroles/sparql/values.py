"""Put other data into the VALUES blocks of a query (SPARQL 1.1 Query, 10)."""

from collections.abc import Mapping, Sequence

from mlroles.errors import SavedQueryError
from mlroles.sparql.tokens import Kind, Token, tokens


def replace_values(text: str, values: Mapping[str, Sequence[str]]) -> str:
    """Return ``text`` with the data of each variable's block replaced by the given terms.

    A block is ``VALUES ?name { … }`` or ``VALUES (?name) { (…) }``; each of that variable is
    replaced. Terms are as N-Triples writes them, which is how SPARQL writes them too. Raises
    SavedQueryError where a variable has no block.
    """
    blocks = list(_blocks(list(tokens(text))))
    missing = values.keys() - {name for name, *_ in blocks}
    if missing:
        name = min(missing)
        raise SavedQueryError(
            f"The query has no block VALUES ?{name} {{ … }}.",
            hint="Each parameter needs such a block; it holds the default.",
        )
    for name, bracketed, start, end in reversed(blocks):
        if name in values:
            terms = [f"({term})" if bracketed else term for term in values[name]]
            text = f"{text[:start]} {' '.join(terms)} {text[end:]}"
    return text


def _blocks(words: Sequence[Token]) -> list[tuple[str, bool, int, int]]:
    """Return the variable of each block, whether in parentheses, and the span of its data."""
    found = []
    for place, word in enumerate(words):
        if word.kind is not Kind.WORD or word.text.upper() != "VALUES":
            continue
        head = words[place + 1 : place + 5]
        bracketed = bool(head) and head[0].text == "("
        shape = ["(", "?", ")", "{"] if bracketed else ["?", "{"]
        if _shape(head)[: len(shape)] != shape:
            continue
        start = head[len(shape) - 1].end
        closing = (w for w in words[place + 1 + len(shape) :] if w.text == "}")
        end = next(closing, None)
        if end is not None:
            found.append((head[bracketed].text[1:], bracketed, start, end.start))
    return found


def _shape(head: Sequence[Token]) -> list[str]:
    return ["?" if token.kind is Kind.VARIABLE else token.text for token in head]
