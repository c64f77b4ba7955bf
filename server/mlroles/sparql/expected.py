"""What could stand at a place, in words, from the terminals that the grammar would take there."""

_NAMES = {"IRI", "NAME", "PREFIX_NAME"}
_LITERALS = {"STRING", "INTEGER", "DECIMAL", "DOUBLE", "SIGNED", "true", "false"}
_TERM = _NAMES | _LITERALS | {"BLANK", "(", "["}
_CALLS = {"FUNCTION", "AGGREGATE", "BOUND", "COUNT", "GROUP_CONCAT", "EXISTS", "NOT"}
_SIGNS = {"+", "-", "!", "("}
_CLAUSES = {"FILTER", "OPTIONAL", "BIND", "GRAPH", "MINUS", "VALUES", "{"}
_OPERATORS = set("|| && = != < > <= >= + - * / IN NOT".split())
_MODIFIERS = {"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET"}
_MOST = 8

#: All of the first must be possible; then the words stand for the second too.
_PHRASES: tuple[tuple[set[str], set[str], str], ...] = (
    (_NAMES | _CALLS | {"STRING"}, _TERM | _SIGNS | {"VARIABLE"}, "an expression"),
    (_NAMES | _CALLS | {"VARIABLE"}, {"("}, "a variable or an expression"),
    (_NAMES | _CALLS, {"("}, "an expression in parentheses"),
    (_TERM | {"VARIABLE"}, set(), "a variable or a term"),
    (_LITERALS | _NAMES, set(), "a term"),
    (_NAMES | {"a", "!", "^", "VARIABLE"}, {"("}, "a property"),
    (_NAMES | {"a", "!", "^"}, {"("}, "a property path"),
    (_NAMES | {"a", "VARIABLE"}, set(), "a property"),
    (_NAMES | {"VARIABLE"}, set(), "a variable or an IRI"),
    (_NAMES, set(), "an IRI"),
    (_CLAUSES, set(), "a clause such as FILTER or OPTIONAL"),
    (_MODIFIERS, set(), "a clause such as ORDER BY or LIMIT"),
)
_KINDS = {
    "VARIABLE": "a variable",
    "IRI": "an IRI in angle brackets",
    "PREFIX_NAME": "a prefix such as ex:",
    "STRING": "a string",
    "INTEGER": "a whole number",
    "FUNCTION": "a function",
    "AGGREGATE": "an aggregate",
    "LANGUAGE": "a language tag",
    "BLANK": "a blank node",
    "$END": "the end of the query",
}


def described(accepts: frozenset[str]) -> str:
    """Return “a variable, . or }”, for the names of terminals."""
    rest = set(accepts)
    parts = []
    for needed, covered, phrase in _PHRASES:
        if needed <= rest:
            rest -= needed | covered
            parts.append(phrase)
    if len(rest & _OPERATORS) > 5:  # noqa: PLR2004 - more than a sentence bears
        rest -= _OPERATORS | {"SIGNED"}
        parts.append("an operator")
    parts += sorted(map(_word, rest))
    if len(parts) > _MOST:
        return f"{', '.join(parts[:_MOST])} and others"
    return " or ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _word(terminal: str) -> str:
    quoted = terminal if terminal.isalpha() else f"“{terminal}”"
    return _KINDS.get(terminal, quoted)
