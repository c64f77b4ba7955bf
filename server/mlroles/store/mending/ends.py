"""Whether a path of no steps may have a term at an end, told from a query's text alone.

Reading a query's tree takes milliseconds. Most queries that hold ``*`` need none of that: it
multiplies, or the path has variables at both ends.
"""

import re

#: In a text whose IRIs are ``<>`` and whose strings are ``""``.
_NAME = r"(?:<>|(?<![?$\w:.-])[\w.-]*+:(?:[\w.:%-]|\\.)*+)"
_TERM = rf'(?:{_NAME}|""|[+-]?\.?\d|\b(?:true|false)\b)'
#: A step of a path, with the ends of groups and the modifiers after it; ``?x`` is none of them.
_STEP = rf"(?:{_NAME}|(?<![?$\w:.-])a\b)(?:[\s)*]|[?+](?!\w))*+"
_PATH = re.compile(rf"{_STEP}(?:[/|]\s*+(?:[\^!(]\s*+)*+{_STEP})*+", re.IGNORECASE)
_VALUES = re.compile(r"\bVALUES\b\s*+(?:\([^)]*+\)|[?$]\w++)\s*+\{[^}]*+\}", re.IGNORECASE)
_SUBJECT = re.compile(rf"[{{}}.)]\s*+{_TERM}", re.IGNORECASE)
#: A term behind variables; lists of other things are not looked into.
_OBJECT = re.compile(rf"(?:[?$]\w++\s*+,\s*+)*+(?:{_TERM}|[\[(])", re.IGNORECASE)


def may_have_term(syntax: str) -> bool:
    """Return whether a path that may have no steps may begin or end with a term.

    ``syntax`` is a query without comments, with ``<>`` for each IRI and ``""`` for each string.
    It may say so of a query that has none, and not the other way round.
    """
    body = _VALUES.sub(" ", syntax[syntax.find("{") :])
    found = [path for path in _PATH.finditer(body) if "*" in path[0] or "?" in path[0]]
    return bool(found) and (
        _SUBJECT.search(body) is not None
        or any(_OBJECT.match(body, path.end()) is not None for path in found)
    )
