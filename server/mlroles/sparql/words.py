"""The words of SPARQL 1.1: its built-in functions and how many arguments each takes (19.8, 121)."""

_MANY = 10_000

#: Fewest and most arguments.
FUNCTIONS = {
    **dict.fromkeys("RAND NOW UUID STRUUID".split(), (0, 0)),
    **dict.fromkeys(
        "STR LANG DATATYPE IRI URI ABS CEIL FLOOR ROUND STRLEN UCASE LCASE ENCODE_FOR_URI YEAR "
        "MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ MD5 SHA1 SHA256 SHA384 SHA512 ISIRI ISURI "
        "ISBLANK ISLITERAL ISNUMERIC".split(),
        (1, 1),
    ),
    **dict.fromkeys(
        "LANGMATCHES CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLANG STRDT SAMETERM".split(),
        (2, 2),
    ),
    "BNODE": (0, 1),
    "IF": (3, 3),
    "REGEX": (2, 3),
    "SUBSTR": (2, 3),
    "REPLACE": (3, 4),
    "CONCAT": (0, _MANY),
    "COALESCE": (0, _MANY),
}

#: Aggregates of one argument; COUNT and GROUP_CONCAT have productions of their own.
AGGREGATES = frozenset("SUM MIN MAX AVG SAMPLE".split())

#: What only SPARQL 1.2 knows. The grammar here is of 1.1 and cannot judge them.
NEWER_MARKS = frozenset({"<<", ">>", "{|", "|}", "~"})
NEWER_WORDS = frozenset(
    "VERSION TRIPLE SUBJECT PREDICATE OBJECT ISTRIPLE HASLANG HASLANGDIR LANGDIR STRLANGDIR".split()
)
