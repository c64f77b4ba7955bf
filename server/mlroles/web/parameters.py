"""A saved query's parameters as the fields of a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mlroles.saved import Choices, Parameter, SavedQuery
from mlroles.terms import Term, plain


@dataclass(frozen=True)
class Option:
    """One value to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """One parameter: ``options`` to choose from, or ``values`` to type."""

    parameter: Parameter
    options: tuple[Option, ...]
    values: tuple[str, ...]

    @property
    def nothing_to_choose(self) -> bool:
        """Whether the graph has no instance of the parameter's class, such as no team."""
        return self.parameter.class_iri is not None and not self.options

    @property
    def attributes(self) -> dict[str, str]:
        """The bounds of a typed value, as an HTML input states them."""
        kind = self.parameter.type
        if kind is None:
            return {}
        bounds = {"min": self.parameter.minimum, "max": self.parameter.maximum}
        stated = {name: kind.write(value) for name, value in bounds.items() if value is not None}
        return {**stated, "step": "any"} if kind.name == "decimal" else stated


def fields(
    query: SavedQuery, values: Mapping[str, tuple[Term, ...]], choices: Choices
) -> tuple[Field, ...]:
    """Return the fields of a query's form with ``values`` filled in, else the defaults."""
    return tuple(
        _field(parameter, values.get(parameter.name, parameter.default), choices)
        for parameter in query.parameters
    )


def describe(parameter: Parameter, choices: Choices) -> dict[str, Any]:
    """Return what a program is told of a parameter."""
    stated: dict[str, Any] = {
        "name": parameter.name,
        "label": parameter.label,
        "help": parameter.help,
        "multiple": parameter.multiple,
        "default": [plain(term) for term in parameter.default],
    }
    if parameter.class_iri is not None:
        allowed = choices.of(parameter.class_iri)
        stated["class"] = parameter.class_iri
        stated["allowed"] = [
            {"value": choice.local, "iri": choice.iri, "label": choice.label} for choice in allowed
        ]
        return stated
    return stated | _describe_literal(parameter)


def _describe_literal(parameter: Parameter) -> dict[str, Any]:
    kind = parameter.type
    assert kind is not None  # noqa: S101 - tells mypy what a parameter without a class has
    bounds = {"minimum": parameter.minimum, "maximum": parameter.maximum}
    stated = {name: kind.write(value) for name, value in bounds.items() if value is not None}
    values = [kind.write(value) for value in parameter.values]
    return {"type": kind.name, **stated, **({"allowed": values} if values else {})}


def _field(parameter: Parameter, terms: tuple[Term, ...], choices: Choices) -> Field:
    values = tuple(plain(term) for term in terms)
    if parameter.class_iri is not None:
        allowed = [(choice.iri, choice.label) for choice in choices.of(parameter.class_iri)]
    else:
        written = parameter.type.write if parameter.type else str
        allowed = [(written(value), written(value)) for value in parameter.values]
    options = tuple(Option(value, label, value in values) for value, label in allowed)
    return Field(parameter, options, values)
