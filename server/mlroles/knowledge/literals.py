"""Lexical forms: which text a datatype allows (XML Schema 1.1 part 2; OWL 2 RL, dt-not-type)."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import KnowledgeError
from mlroles.knowledge.places import Places
from mlroles.knowledge.turtle import Document

_Check = Callable[[str], bool]

_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
_ZONE = r"(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])"
_DATE = r"-?([1-9][0-9]{3,}|0[0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
_FLOAT = r"([+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN)"
_NAME_START = r"[A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\ufffd]"
_NAME_REST = r"[\w.\-\u00b7\u0300-\u036f\u203f\u2040]"
_LONG_MONTHS, _SHORT_MONTHS = (1, 3, 5, 7, 8, 10, 12), (4, 6, 9, 11)

_LIMITS = {
    "integer": (None, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
}

_PATTERNS = {
    "boolean": r"true|false|0|1",
    "decimal": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    "float": _FLOAT,
    "double": _FLOAT,
    "date": f"{_DATE}{_ZONE}?",
    "time": f"{_TIME}{_ZONE}?",
    "dateTime": f"{_DATE}T{_TIME}{_ZONE}?",
    "dateTimeStamp": f"{_DATE}T{_TIME}{_ZONE}",
    "hexBinary": r"([0-9a-fA-F]{2})*",
    "base64Binary": r"(([A-Za-z0-9+/] ?){4})*"
    r"(([A-Za-z0-9+/] ?){2}= ?=|([A-Za-z0-9+/] ?){3}=)?",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"([^\s]+( [^\s]+)*)?",
    "language": r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "Name": f"({_NAME_START}|:)({_NAME_REST}|:)*",
    "NCName": f"{_NAME_START}{_NAME_REST}*",
    "NMTOKEN": f"({_NAME_REST}|:)+",
}


def _matches(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.fullmatch(text) is not None


def _within(low: int | None, high: int | None, text: str) -> bool:
    if not _INTEGER.match(text):
        return False
    digits = text.lstrip("+-").lstrip("0") or "0"
    number = (-1 if text[0] == "-" else 1) * int(digits[:40])  # no bound has forty digits
    return (low is None or number >= low) and (high is None or number <= high)


@cache
def _checks() -> dict[str, _Check]:
    patterns = {name: partial(_matches, re.compile(text)) for name, text in _PATTERNS.items()}
    limits = {name: partial(_within, *bounds) for name, bounds in _LIMITS.items()}
    return {f"{vocab.XSD}{name}": check for name, check in (patterns | limits).items()}


_TEXTS = ("normalizedString", "token", "language", "Name", "NCName", "NMTOKEN")
#: Datatype to the primitive one whose values its own are among; two primitives share no value.
_PRIMITIVES = {
    **{f"{vocab.XSD}{name}": f"{vocab.XSD}decimal" for name in _LIMITS},
    **{f"{vocab.XSD}{name}": f"{vocab.XSD}string" for name in _TEXTS},
    f"{vocab.XSD}dateTimeStamp": f"{vocab.XSD}dateTime",
}
_PRIMITIVE_NAMES = (
    *("anyURI", "base64Binary", "boolean", "date", "dateTime", "decimal", "double", "float"),
    *("hexBinary", "string", "time"),
)
_PRIMITIVES |= {f"{vocab.XSD}{name}": f"{vocab.XSD}{name}" for name in _PRIMITIVE_NAMES}
_PRIMITIVES[f"{vocab.RDF}langString"] = f"{vocab.RDF}langString"


def permits(datatype: str, literal: ox.Literal) -> bool:
    """Return whether the literal's value may be one of ``datatype``; True for unknown ones."""
    wanted = _PRIMITIVES.get(datatype)
    given = _PRIMITIVES.get(literal.datatype.value)
    if wanted is None or given is None:
        return True
    if wanted != given:
        return False
    check = _checks().get(datatype)
    text = literal.value
    if datatype.removeprefix(vocab.XSD) in _LIMITS and "." in text:
        text = text.rstrip("0").rstrip(".") or "0"  # 1.0 is a whole number
    return check is None or check(text)


def problems(documents: Sequence[Document], places: Places) -> Iterator[KnowledgeError]:
    """Yield an error for each literal that its datatype does not allow."""
    checks = _checks()
    for document in documents:
        for triple in document.triples:
            term = triple.object
            if not isinstance(term, ox.Literal):
                continue
            check = checks.get(term.datatype.value)
            if check is None or (check(term.value) and _is_day(term)):
                continue
            spot = places.statement(triple)
            yield KnowledgeError(
                f"{term.value!r} is no {vocab.shorten(term.datatype.value)} (dt-not-type).",
                hint=f"It is the value of {vocab.shorten(triple.predicate.value)}.",
                file=document.source.path,
                line=spot.line if spot else None,
                column=spot.column if spot else None,
                offending=term.value,
            )


def _is_day(term: ox.Literal) -> bool:
    """Return False for the 30th of February."""
    match = re.match(r"(-?\d{4,})-(\d\d)-(\d\d)", term.value)
    if match is None or "date" not in term.datatype.value:
        return True
    year, month, day = (int(part) for part in match.groups())
    if month in _LONG_MONTHS:
        return True
    if month in _SHORT_MONTHS:
        return day <= 30  # noqa: PLR2004 - thirty days hath September
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day <= (29 if leap else 28)
