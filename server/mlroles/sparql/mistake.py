"""A known mistake, told by the tokens around the one that cannot stand where it does."""

import re
from dataclasses import dataclass

from mlroles.sparql.tokens import Kind, Token


@dataclass(frozen=True)
class Mistake:
    """A row. All that is stated must hold; patterns match whole tokens and ignore case.

    ``at`` is the token that cannot stand there, ``before`` and ``after`` its neighbours (an empty
    pattern: there is none), ``awaits`` what could stand there, ``bars`` what could not. The texts
    may name ``{at}`` and ``{before}``.
    """

    detail: str
    hint: str
    at: str | None = None
    kinds: frozenset[Kind] | None = None
    before: str | None = None
    after: str | None = None
    awaits: frozenset[str] = frozenset()
    bars: frozenset[str] = frozenset()
    touches: bool = False  # the token before, without white space between
    blames_before: bool = False

    def fits(
        self, at: Token, before: Token | None, after: Token | None, accepts: frozenset[str]
    ) -> bool:
        """Return whether this is the mistake."""
        return (
            (self.kinds is None or at.kind in self.kinds)
            and self.awaits <= accepts
            and not self.bars & accepts
            and not (self.touches and before and before.end != at.start)
            and _matches(self.at, at)
            and _matches(self.before, before)
            and _matches(self.after, after)
        )


def _matches(pattern: str | None, token: Token | None) -> bool:
    text = token.text if token else ""
    return pattern is None or re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL) is not None
