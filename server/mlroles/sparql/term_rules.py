"""Rules about single tokens: prefixes that are declared, IRIs, escapes, language tags, numbers."""

import difflib
import re

from mlroles import vocab
from mlroles.sparql.finding import Finding, Words
from mlroles.sparql.parser import Tree, leaves
from mlroles.sparql.tokens import Kind

_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")
_BAD_IRI = re.compile(r"%(?![0-9A-Fa-f]{2})|[\[\]](?!.*//)|//\[[^\]]*\Z")
_BAD_ESCAPE = re.compile(r"\\(?![tbnrf\"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}).?", re.DOTALL)
_ESCAPED_BACKSLASH = re.compile(r"\\\\")
_MOST = 2**64 - 1
_SUBTAG = 8  # characters of a part of a language tag (BCP 47)


def undeclared_prefix(words: Words, tree: Tree, _message: str) -> Finding | None:
    """Return the first name whose prefix is not declared (4.1.1)."""
    declared = {str(decl.children[0]) for decl in tree.find_data("prefix_decl")}
    for token in words.tokens:
        prefix = token.text.partition(":")[0]
        if token.kind is Kind.NAME and f"{prefix}:" not in declared:
            hint = _prefix_hint(prefix, declared)
            return words.at(token, f"The prefix “{prefix}:” is not declared.", hint)
    return None


def _prefix_hint(prefix: str, declared: set[str]) -> str:
    if prefix in vocab.PREFIXES:
        return f"Add PREFIX {prefix}: <{vocab.PREFIXES[prefix]}> before the query."
    near = difflib.get_close_matches(f"{prefix}:", [*declared, *(f"{p}:" for p in vocab.PREFIXES)])
    meant = f"Did you mean {near[0]}? If not, declare it: " if near else "Declare it: "
    return f"{meant}PREFIX {prefix}: <…> before the query."


def iri(words: Words, tree: Tree, message: str) -> Finding | None:
    """Return an IRI that is relative to nothing, or malformed (4.1.1)."""
    bases = [str(decl.children[0]) for decl in tree.find_data("base_decl")]
    has_base = any(_ABSOLUTE.match(base) for base in bases)
    for token in words.tokens:
        if token.kind is not Kind.IRI:
            continue
        if not has_base and not _ABSOLUTE.match(token.text):
            return words.at(
                token,
                f"The IRI {token.text} is relative, and the query has no absolute base.",
                "Write the whole IRI, or declare BASE <…> before the query.",
            )
        if "IRI parsing failed" in message and _BAD_IRI.search(token.text):
            return words.at(
                token, f"{token.text} is not an IRI.", "Write other characters as %20 and the like."
            )
    return None


def escape(words: Words, _tree: Tree, _message: str) -> Finding | None:
    """Return a backslash in a string that begins no escape (19.7)."""
    for token in words.tokens:
        text = _ESCAPED_BACKSLASH.sub("..", token.text) if token.kind is Kind.STRING else ""
        if bad := _BAD_ESCAPE.search(text):
            return Finding(
                token.start + bad.start(),
                bad[0],
                f"“{bad[0]}” is not an escape sequence.",
                r"Write \\ for a backslash; known are \t \b \n \r \f \" \' \\ \uXXXX \UXXXXXXXX.",
            )
    return None


def language(words: Words, _tree: Tree, _message: str) -> Finding | None:
    """Return a language tag that BCP 47 does not allow."""
    for token in words.tokens:
        if token.kind is Kind.LANGUAGE and _has_long_part(token.text):
            return words.at(
                token,
                f"“{token.text}” is not a language tag.",
                "Each part of one has at most eight characters: @en, @de-CH.",
            )
    return None


def _has_long_part(tag: str) -> bool:
    return any(len(part) > _SUBTAG for part in tag[1:].split("-"))


def number(words: Words, tree: Tree, _message: str) -> Finding | None:
    """Return a LIMIT or OFFSET that is larger than an engine can count."""
    for clause in (*tree.find_data("limit_clause"), *tree.find_data("offset_clause")):
        for leaf in leaves(clause):
            if int(leaf) > _MOST:
                return words.at_leaf(
                    leaf, f"{leaf} is too large.", f"At most {_MOST} can be given."
                )
    return None


def custom_function(words: Words, _tree: Tree, message: str) -> Finding | None:
    """Return the call of a function that the engine's message says it has not."""
    named = re.search(r"custom function <(?P<iri>[^>]*)>", message)
    if named is None:
        return None
    token = next(
        (
            token
            for token, after in zip(words.tokens, words.tokens[1:], strict=False)
            if after.text == "("
            and (
                token.text == f"<{named['iri']}>"
                or (token.kind is Kind.NAME and named["iri"].endswith(token.text.partition(":")[2]))
            )
        ),
        words.tokens[0],
    )
    return words.at(
        token,
        f"There is no function <{named['iri']}> here.",
        "Use SPARQL's own functions, and the casts of XML Schema such as xsd:integer(…).",
    )
