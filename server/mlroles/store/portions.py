"""Many solutions, some at a time: told apart by a hash of their terms.

Pages by OFFSET would not do: a store that works in parallel has no order, and one that is told to
sort may refuse to sort so much.
"""

from collections.abc import Sequence

#: Digits of the hash that are looked at, and how many hashes they tell apart.
_DIGITS = 4
_MOST = 16**_DIGITS


def portions(variables: Sequence[str], size: int, rows: int) -> list[str]:
    """Return conditions in SPARQL of which each solution for the variables meets one.

    Of ``size`` solutions about ``rows`` meet each of them. Nothing is a condition as well.
    """
    number = min(-(-size // rows), _MOST)
    if number < 2:  # noqa: PLR2004 - one portion is all
        return [""]
    bounds = [f"{place * _MOST // number:0{_DIGITS}x}" for place in range(number)]
    told = ", ".join(f"STR({variable})" for variable in variables)
    digits = f"SUBSTR(MD5(CONCAT({told}, '')), 1, {_DIGITS})"
    ends = [*bounds[1:], "g"]  # after every digit
    return [
        f'FILTER({digits} >= "{lower}" && {digits} < "{upper}")'
        for lower, upper in zip(bounds, ends, strict=True)
    ]
