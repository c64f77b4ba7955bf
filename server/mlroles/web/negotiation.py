"""Which of the media types on offer a client likes best: RFC 9110, section 12.5.1."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"({_WORD})/({_WORD})\Z")
_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\Z")

#: Parameters of a range that change nothing here: all our text is UTF-8, and a JSON-LD profile
#: is a wish that a server may leave unmet (JSON-LD 1.1, section C). A version of RDF is one too.
_IGNORED = frozenset({"charset", "profile", "version"})
#: What CSV of ours has (RFC 4180, section 3).
_GIVEN = ("header", "present")


@dataclass(frozen=True)
class Range:
    """One member of an Accept header. ``plain`` is false if it asks for parameters."""

    type: str
    subtype: str
    quality: float
    plain: bool = True

    @property
    def specificity(self) -> int:
        """How narrow the range is: a narrower one overrides a wider one."""
        return (self.type != "*") + (self.subtype != "*")

    def covers(self, media_type: str) -> bool:
        """Return whether a media type without parameters is in the range."""
        type_, _, subtype = media_type.partition("/")
        return self.plain and self.type in ("*", type_) and self.subtype in ("*", subtype)


def choose(header: str | None, offers: Sequence[str]) -> str | None:
    """Return the offer that ``header`` likes best, None if it takes none.

    The earlier of two offers that are liked equally wins. Without a header, or with one that
    holds nothing readable, the first offer is taken.
    """
    ranges = tuple(parse(header or ""))
    if not ranges:
        return offers[0]
    best = max(offers, key=lambda offer: quality(ranges, offer))
    return best if quality(ranges, best) > 0 else None


def quality(ranges: Iterable[Range], offer: str) -> float:
    """Return how much an offer is liked, 0 to 1: the narrowest range that covers it decides."""
    covering = [range_ for range_ in ranges if range_.covers(offer)]
    return max(covering, key=lambda r: (r.specificity, r.quality)).quality if covering else 0.0


def parse(header: str) -> Iterator[Range]:
    """Yield the ranges of an Accept header. Members that are malformed are passed over."""
    for member in _split(header, ","):
        name, *parameters = (part.strip() for part in _split(member, ";"))
        match = _RANGE.match(name.lower())
        if match is None or (match[1] == "*" != match[2]):
            continue
        weight = _weight(parameters)
        if weight is not None:
            yield Range(match[1], match[2], *weight)


def _weight(parameters: Iterable[str]) -> tuple[float, bool] | None:
    """Return the q-value, and whether no parameter before it narrows the range."""
    plain = True
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        name = name.strip().lower()
        if name == "q":
            value = value.strip()
            return (float(value), plain) if _QUALITY.match(value) else None
        plain = plain and (not name or name in _IGNORED or (name, value.strip()) == _GIVEN)
    return 1.0, plain


def _split(text: str, separator: str) -> list[str]:
    """Split at each separator that is in no quoted string."""
    parts, begun, quoted, escaped = [], 0, False, False
    for place, char in enumerate(text):
        if escaped:
            escaped = False
        elif quoted and char == "\\":
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif char == separator and not quoted:
            parts.append(text[begun:place])
            begun = place + 1
    return [*parts, text[begun:]]
