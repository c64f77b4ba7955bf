"""Whether two answers are the same: rows as a bag, blank nodes by any one-to-one naming."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal

from mlroles.terms import Blank, Literal, Term
from mlroles.vocab import XSD
from written import Answer, Row

_VALUES: dict[str, Callable[[str], Hashable]] = {
    f"{XSD}{name}": value
    for names, value in (
        ("integer int long short byte nonNegativeInteger negativeInteger", int),
        ("decimal", Decimal),
        ("float double", lambda text: repr(float(text))),
        ("boolean", lambda text: text in ("true", "1")),
    )
    for name in names.split()
}

_Naming = dict[Blank, Blank]


def same(one: Answer, other: Answer) -> bool:
    """Return whether both have the same columns and, but for blank nodes' labels, the same rows.

    Numbers are the same if their datatype and value are: an engine may write 1.0 as 1.
    """
    if (one.names, one.boolean, one.graph) != (other.names, other.boolean, other.graph):
        return False
    left, right = [_row(row) for row in one.rows], [_row(row) for row in other.rows]
    if Counter(map(_shape, left)) != Counter(map(_shape, right)):
        return False
    loose = [row for row in left if _labels(row)]
    return _match(loose, [row for row in right if _labels(row)], {}, {})


def _row(row: Row) -> tuple[Hashable, ...]:
    return tuple(map(_key, row))


def _key(term: Term | None) -> Hashable:
    if not isinstance(term, Literal):
        return term
    language = term.language.lower() if term.language else None
    try:
        value = _VALUES.get(term.datatype, str)(term.value)
    except (ValueError, ArithmeticError):  # such as "abc"^^xsd:integer
        value = term.value
    return (value, term.datatype, language)


def _shape(row: tuple[Hashable, ...]) -> tuple[Hashable, ...]:
    """Return the row with its blank nodes by the place in the row where they are first met."""
    return tuple(row.index(cell) if isinstance(cell, Blank) else (cell,) for cell in row)


def _labels(row: tuple[Hashable, ...]) -> list[Blank]:
    return [cell for cell in row if isinstance(cell, Blank)]


def _match(
    left: Sequence[tuple[Hashable, ...]],
    right: Sequence[tuple[Hashable, ...]],
    there: _Naming,
    back: _Naming,
) -> bool:
    """Return whether the rows of ``left`` can be paired with those of ``right``, by backtracking.

    ``there`` and ``back`` are the names that blank nodes have been given so far.
    """
    if not left:
        return not right
    first, rest = left[0], left[1:]
    for place, candidate in enumerate(right):
        if _shape(first) != _shape(candidate):
            continue
        pairs = dict(zip(_labels(first), _labels(candidate), strict=True))
        new_there, new_back = {**there, **pairs}, {**back, **{b: a for a, b in pairs.items()}}
        consistent = all(there.get(a, b) == b and back.get(b, a) == a for a, b in pairs.items())
        if consistent and _match(rest, [*right[:place], *right[place + 1 :]], new_there, new_back):
            return True
    return False
