"""Many solutions, some at a time: told apart by a hash of their terms.

Pages by OFFSET would not do: a store that works in parallel has no order, and one that is told to
sort may refuse to sort so much.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from hashlib import md5

#: Digits of the hash that are looked at, and how many hashes they tell apart.
_DIGITS = 4
_MOST = 16**_DIGITS


class Portions:
    """The solutions for some variables, of which there are ``size``, about ``rows`` at a time.

    Each solution meets one of the ``conditions``, which are SPARQL's.
    """

    def __init__(self, variables: Sequence[str], size: int, rows: int) -> None:
        number = max(1, min(-(-size // rows), _MOST))
        self._bounds = [f"{place * _MOST // number:0{_DIGITS}x}" for place in range(number)]
        told = ", ".join(f"STR({variable})" for variable in variables)
        self._hash = f"SUBSTR(MD5(CONCAT({told}, '')), 1, {_DIGITS})"

    @property
    def conditions(self) -> list[str]:
        """What the solutions of each portion meet: nothing where there is one."""
        if len(self._bounds) == 1:
            return [""]
        ends = [*self._bounds[1:], "g"]  # after every digit
        return [
            f'FILTER({self._hash} >= "{lower}" && {self._hash} < "{upper}")'
            for lower, upper in zip(self._bounds, ends, strict=True)
        ]

    def place(self, values: Iterable[str]) -> int:
        """Return in which portion a solution is whose variables have these values, as STR has them."""
        told = md5("".join(values).encode(), usedforsecurity=False).hexdigest()
        return bisect_right(self._bounds, told[:_DIGITS]) - 1
