"""The types that a literal parameter can have, and what text each takes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mlroles.terms import Literal
from mlroles.vocab import XSD

_INTEGER = re.compile(r"[+-]?[0-9]{1,100}\Z")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,100}(?:\.[0-9]{0,100})?|\.[0-9]{1,100})\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def _integer(text: str) -> int:
    return int(_matching(_INTEGER, text))


def _decimal(text: str) -> Decimal:
    return Decimal(_matching(_DECIMAL, text))


def _date(text: str) -> date:
    return date.fromisoformat(_matching(_DATE, text))


def _boolean(text: str) -> bool:
    if text not in _BOOLEANS:
        raise ValueError(text)
    return _BOOLEANS[text]


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if pattern.match(text) is None:
        raise ValueError(text)
    return text


@dataclass(frozen=True)
class LiteralType:
    """How text becomes a value, how the value is written, and what to call it in a sentence.

    ``parse`` raises ValueError. ``field`` is the HTML input's type.
    """

    name: str
    parse: Callable[[str], Any]
    write: Callable[[Any], str]
    words: str
    field: str

    def literal(self, value: Any) -> Literal:
        """Return the term for a value that ``parse`` gave."""
        return Literal(self.write(value), f"{XSD}{self.name}")


TYPES = {
    literal.name: literal
    for literal in (
        LiteralType("string", str, str, "a text", "text"),
        LiteralType("integer", _integer, str, "an integer", "number"),
        LiteralType("decimal", _decimal, "{:f}".format, "a decimal number", "number"),
        LiteralType("boolean", _boolean, lambda value: str(value).lower(), "true or false", "text"),
        LiteralType("date", _date, date.isoformat, "a date such as 2026-11-23", "date"),
    )
}
