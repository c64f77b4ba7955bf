"""A saved query's parameters: what they are called, what they take, what they are by default."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mlroles import vocab
from mlroles.errors import SavedQueryError
from mlroles.saved import defaults
from mlroles.saved.header import Header
from mlroles.saved.literals import TYPES, LiteralType
from mlroles.terms import Iri, Term

_FIELDS = {"label", "help", "class", "type", "multiple", "minimum", "maximum", "values"}


@dataclass(frozen=True)
class Parameter:
    """One parameter. It has either ``class_iri`` or ``type``.

    ``class_iri`` is the class whose instances are allowed. ``type`` is a literal's, within
    ``minimum`` and ``maximum`` and one of ``values``, where these are stated.
    """

    name: str
    label: str
    help: str
    default: tuple[Term, ...]
    class_iri: str | None = None
    type: LiteralType | None = None
    multiple: bool = False
    minimum: Any = None
    maximum: Any = None
    values: tuple[Any, ...] = ()


def read_all(head: Header, text: str) -> tuple[Parameter, ...]:
    """Return the parameters of a header. Raises SavedQueryError, with file and line."""
    stated = head.fields.get("parameters", {})
    if not isinstance(stated, dict):
        raise head.error("The header's “parameters” must map names to fields.", "parameters")
    blocks = defaults.read(text)
    return tuple(_read(head, str(name), fields, blocks) for name, fields in stated.items())


def _read(
    head: Header, name: str, fields: object, blocks: Mapping[str, tuple[Term, ...]]
) -> Parameter:
    place = _Place(head, name)
    if not isinstance(fields, dict):
        raise place.error("must have fields")
    for unknown in fields.keys() - _FIELDS:
        raise place.error(
            f"has a field “{unknown}”, which means nothing here",
            str(unknown),
            hint=f"The fields are {', '.join(sorted(_FIELDS))}.",
        )
    if not blocks.get(name):
        raise place.error(
            "has no default", hint=f"Put “VALUES ?{name} {{ … }}” with constant terms in the query."
        )
    literal = _type(place, fields)
    multiple = fields.get("multiple", False)
    if not isinstance(multiple, bool):
        raise place.error("must have true or false as its “multiple”", "multiple")
    return Parameter(
        name=name,
        label=place.text(fields, "label"),
        help=place.text(fields, "help"),
        default=blocks[name],
        class_iri=None if literal else _class(place, fields),
        type=literal,
        multiple=multiple,
        minimum=place.value(literal, fields, "minimum"),
        maximum=place.value(literal, fields, "maximum"),
        values=place.values(literal, fields),
    )


def _type(place: "_Place", fields: Mapping[str, object]) -> LiteralType | None:
    if ("class" in fields) == ("type" in fields):
        raise place.error("must have either a “class” or a “type”")
    if "class" in fields:
        return None
    literal = TYPES.get(str(fields["type"]))
    if literal is None:
        raise place.error(
            f"has the unknown type “{fields['type']}”",
            "type",
            hint=f"The types are {', '.join(TYPES)}.",
        )
    return literal


def _class(place: "_Place", fields: Mapping[str, object]) -> str:
    written = str(fields["class"])
    prefix, _, local = written.partition(":")
    try:
        iri = Iri(vocab.PREFIXES[prefix] + local if prefix in vocab.PREFIXES else written)
    except ValueError as error:
        raise place.error(f"has a class, “{written}”, that is no IRI", "class") from error
    return iri.value


@dataclass(frozen=True)
class _Place:
    """Where a parameter is stated, for errors and for reading its fields."""

    head: Header
    name: str

    def error(self, what: str, *keys: str, hint: str | None = None) -> SavedQueryError:
        detail = f"The parameter “{self.name}” {what}."
        return self.head.error(detail, "parameters", self.name, *keys, hint=hint)

    def text(self, fields: Mapping[str, object], key: str) -> str:
        value = fields.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"must have a text as its “{key}”", key)
        return " ".join(value.split())

    def value(self, literal: LiteralType | None, fields: Mapping[str, object], key: str) -> Any:
        if key not in fields:
            return None
        return self.literal(literal, fields[key], key)

    def values(self, literal: LiteralType | None, fields: Mapping[str, object]) -> tuple[Any, ...]:
        stated = fields.get("values", [])
        if not isinstance(stated, list):
            raise self.error("must have a list as its “values”", "values")
        return tuple(self.literal(literal, item, "values") for item in stated)

    def literal(self, literal: LiteralType | None, item: object, key: str) -> Any:
        if literal is None:
            raise self.error(f"has a “{key}”, which only a literal's type can have", key)
        text = str(item).lower() if isinstance(item, bool) else str(item)
        try:
            return literal.parse(text)
        except ValueError as error:
            raise self.error(f"has a “{key}” that is not {literal.words}: {item}", key) from error
