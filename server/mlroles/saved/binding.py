"""From the words of a request to a query with its parameters bound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mlroles import sparql
from mlroles.errors import BadRequestError
from mlroles.saved import choices as choosing
from mlroles.saved import header
from mlroles.saved.choices import Choice, Choices
from mlroles.saved.parameter import Parameter
from mlroles.saved.query import SavedQuery
from mlroles.terms import Iri, Term

_SHOWN = 12  # allowed values in a sentence
_MOST = 1000  # values of one parameter


@dataclass(frozen=True)
class Bound:
    """A saved query with its parameters' terms in place; ``text`` can be run."""

    query: SavedQuery
    text: str
    values: Mapping[str, tuple[Term, ...]]

    @property
    def body(self) -> str:
        """The text without the header."""
        return header.strip(self.text)


def bind(query: SavedQuery, given: Mapping[str, Sequence[str]], choices: Choices) -> Bound:
    """Return the query with the given values, and defaults for what is not given.

    Raises BadRequestError for a name or a value that is not allowed, and what the engine raises.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    unknown = [name for name in given if name not in known]
    if unknown:
        raise _unknown(query, unknown[0], list(known))
    values: dict[str, tuple[Term, ...]] = {}
    for name, parameter in known.items():
        words = [word for word in given.get(name, ()) if word.strip() or _takes_blank(parameter)]
        values[name] = _terms(parameter, words, choices) if words else _default(parameter, choices)
    changed = {name: terms for name, terms in values.items() if terms != known[name].default}
    texts = {name: [str(term) for term in terms] for name, terms in changed.items()}
    text = sparql.replace_values(query.text, texts) if texts else query.text
    return Bound(query, text, values)


def _default(parameter: Parameter, choices: Choices) -> tuple[Term, ...]:
    """Return the default, or where the graph has others only, the one that there is.

    Raises BadRequestError where it has several others, such as teams of one's own.
    """
    if parameter.class_iri is None:
        return parameter.default
    allowed = choices.of(parameter.class_iri)
    if not allowed or {Iri(choice.iri) for choice in allowed}.issuperset(parameter.default):
        return parameter.default
    if len(allowed) == 1:
        return (Iri(allowed[0].iri),)
    raise BadRequestError(
        f"The parameter “{parameter.name}” must be given: the graph does not have its default.",
        hint=_hint([choice.local for choice in allowed], []),
        extra=_told(parameter, allowed),
    )


def _takes_blank(parameter: Parameter) -> bool:
    return parameter.type is not None and parameter.type.name == "string"


def _terms(parameter: Parameter, words: Sequence[str], choices: Choices) -> tuple[Term, ...]:
    most = _MOST if parameter.multiple else 1
    if len(words) > most:
        raise BadRequestError(
            f"The parameter “{parameter.name}” is given {len(words):,} times.",
            hint=f"Give it at most {most:,} times." if parameter.multiple else "Give it once.",
        )
    if parameter.class_iri is not None:
        allowed = choices.of(parameter.class_iri)
        terms: list[Term] = [_choice(parameter, allowed, word) for word in words]
    else:
        terms = [_literal(parameter, word) for word in words]
    return tuple(dict.fromkeys(terms))


def _choice(parameter: Parameter, allowed: Sequence[Choice], word: str) -> Iri:
    chosen = choosing.find(allowed, word.strip())
    if chosen is not None:
        return Iri(chosen.iri)
    near = choosing.near(allowed, word)
    names = sorted(choice.local for choice in allowed)
    raise BadRequestError(
        f"The parameter “{parameter.name}” cannot be “{_short(word)}”.",
        hint=_hint(names, near),
        offending=word,
        extra={**_told(parameter, allowed), "near": near},
    )


def _told(parameter: Parameter, allowed: Sequence[Choice]) -> dict[str, Any]:
    """Return what a program is told of the values that a parameter may have."""
    values = [
        {"value": choice.local, "iri": choice.iri, "label": choice.label} for choice in allowed
    ]
    return {"parameter": parameter.name, "allowed": values}


def _hint(names: Sequence[str], near: Sequence[str]) -> str:
    if not names:
        return "The graph has none to choose from: load your own file with --data to ask this."
    return (
        f"Did you mean {' or '.join(near)}? " if near else ""
    ) + f"Allowed are {_listed(names)}."


def _literal(parameter: Parameter, word: str) -> Term:
    kind = parameter.type
    assert kind is not None  # noqa: S101 - tells mypy what parameter.read_all assures
    try:
        value = kind.parse(word if _takes_blank(parameter) else word.strip())
    except ValueError as error:
        raise _wrong(parameter, word, f"It must be {kind.words}.") from error
    if parameter.minimum is not None and value < parameter.minimum:
        raise _wrong(parameter, word, f"It must be at least {kind.write(parameter.minimum)}.")
    if parameter.maximum is not None and value > parameter.maximum:
        raise _wrong(parameter, word, f"It must be at most {kind.write(parameter.maximum)}.")
    if parameter.values and value not in parameter.values:
        names = [kind.write(item) for item in parameter.values]
        raise _wrong(parameter, word, f"Allowed are {_listed(names)}.", allowed=names)
    return kind.literal(value)


def _wrong(parameter: Parameter, word: str, hint: str, **extra: Any) -> BadRequestError:
    return BadRequestError(
        f"The parameter “{parameter.name}” cannot be “{_short(word)}”.",
        hint=hint,
        offending=word,
        extra={"parameter": parameter.name, **extra},
    )


def _unknown(query: SavedQuery, name: str, known: list[str]) -> BadRequestError:
    return BadRequestError(
        f"The saved query “{query.name}” has no parameter “{_short(name)}”.",
        hint=f"Its parameters are {', '.join(known)}." if known else "It takes no parameters.",
        offending=name,
        extra={"parameters": known},
    )


def _listed(names: Sequence[str]) -> str:
    """Return names for a sentence, cut if there are many."""
    if len(names) <= _SHOWN:
        return ", ".join(names) or "none"
    return f"{', '.join(names[:_SHOWN])} and {len(names) - _SHOWN} more"


def _short(word: str) -> str:
    return word if len(word) <= 100 else f"{word[:100]}…"  # noqa: PLR2004 - fits a sentence
