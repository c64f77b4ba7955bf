"""What to say of a token that cannot stand where it does."""

import difflib
import re
from collections.abc import Sequence

from mlroles.sparql.expected import described
from mlroles.sparql.finding import Finding, Words, shown
from mlroles.sparql.mistake import Mistake
from mlroles.sparql.mistakes import LAST_MISTAKES, MISTAKES
from mlroles.sparql.parser import UnexpectedError
from mlroles.sparql.tokens import Kind, Token
from mlroles.sparql.words import AGGREGATES, FUNCTIONS, NEWER_MARKS, NEWER_WORDS

_PAIRS = {"(": ")", "[": "]", "{": "}"}


def explain(words: Words, error: UnexpectedError) -> Finding | None:
    """Return what is wrong at the unexpected token; None where the grammar is too old to say."""
    if error.place >= len(words.tokens):
        return _unfinished(words, error)
    token = words.tokens[error.place]
    if token.text in NEWER_MARKS or token.text.upper() in NEWER_WORDS:
        return None
    return (
        _mismatch(words, error.place)
        or _mistake(words, error, MISTAKES)
        or _misspelt(words, token, error.accepts)
        or _mistake(words, error, LAST_MISTAKES)
        or words.at(
            token,
            f"“{shown(token.text)}” cannot stand here.",
            f"Expected here: {described(error.accepts)}.",
        )
    )


def _mistake(words: Words, error: UnexpectedError, mistakes: Sequence[Mistake]) -> Finding | None:
    """Return the first of the mistakes that this is."""
    token = words.tokens[error.place]
    before = words.tokens[error.place - 1] if error.place else None
    after = words.tokens[error.place + 1] if error.place + 1 < len(words.tokens) else None
    for mistake in mistakes:
        if mistake.fits(token, before, after, error.accepts):
            blamed = before if mistake.blames_before and before else token
            names = {"at": shown(token.text), "before": shown(before.text) if before else ""}
            detail, hint = mistake.detail.format(**names), mistake.hint.format(**names)
            return words.at(blamed, detail, hint)
    return None


def _unfinished(words: Words, error: UnexpectedError) -> Finding:
    """Return the bracket that is never closed, else that the query ends too early."""
    opened = _open(words.tokens)
    if opened:
        bracket = opened[-1]
        return words.at(
            bracket,
            f"The “{bracket.text}” that opens here is never closed.",
            f"Write its “{_PAIRS[bracket.text]}”.",
        )
    end = len(words.text.rstrip())
    expected = described(error.accepts)
    if not words.tokens:
        return Finding(end, "", "The query is empty.", f"It begins with {expected}.")
    return Finding(end, "", "The query ends too early.", f"Still missing is {expected}.")


def _mismatch(words: Words, place: int) -> Finding | None:
    token = words.tokens[place]
    if token.text not in _PAIRS.values():
        return None
    opened = _open(words.tokens[:place])
    if token.text not in {_PAIRS[bracket.text] for bracket in opened}:
        return words.at(token, f"“{token.text}” closes nothing.", "Take it away.")
    closing = _PAIRS[opened[-1].text]
    if closing == token.text:
        return None
    return words.at(
        token,
        f"“{token.text}” cannot stand here: the “{opened[-1].text}” of "
        f"{words.place(opened[-1].start)} is still open.",
        f"Close it first, with “{closing}”.",
    )


def _open(tokens: Sequence[Token]) -> list[Token]:
    """Return the brackets that are open after ``tokens``."""
    opened: list[Token] = []
    for token in tokens:
        if token.text in _PAIRS:
            opened.append(token)
        elif opened and token.text == _PAIRS[opened[-1].text]:
            opened.pop()
    return opened


def _misspelt(words: Words, token: Token, accepts: frozenset[str]) -> Finding | None:
    """Return a word that is no keyword, with the nearest that could stand there."""
    if token.kind is not Kind.WORD:
        return None
    known = {word for word in accepts if re.fullmatch("[A-Z_]{2,}|true|false", word)} - {
        *(kind.name for kind in Kind),
        "PREFIX_NAME",
        "SIGNED",
    }
    if "FUNCTION" in known:
        known = known - {"FUNCTION", "AGGREGATE"} | FUNCTIONS.keys() | AGGREGATES
    near = difflib.get_close_matches(token.text.upper(), sorted(known), n=2, cutoff=0.6)
    if near and token.text.upper() not in near:
        return words.at(
            token,
            f"“{shown(token.text)}” is not a word of SPARQL.",
            f"Did you mean {' or '.join(near)}?",
        )
    return None
