"""What a parameter may be: the instances of its class, from the graph."""

import difflib
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from mlroles import vocab
from mlroles.engine.interface import Engine
from mlroles.saved import labels
from mlroles.terms import Iri


@dataclass(frozen=True)
class Choice:
    """One allowed value: its IRI, its label, and the last part of the IRI."""

    iri: str
    label: str
    local: str


class Choices:
    """The allowed values by class, asked of the engine once: the data does not change."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[str, tuple[Choice, ...]] = {}
        self._lock = threading.Lock()

    def of(self, class_iri: str) -> tuple[Choice, ...]:
        """Return the instances of a class by label. Raises what the engine raises."""
        with self._lock:
            if class_iri not in self._known:
                self._known[class_iri] = self._ask(class_iri)
            return self._known[class_iri]

    def _ask(self, class_iri: str) -> tuple[Choice, ...]:
        rows = labels.pairs(
            self._engine,
            f"{labels.PROLOGUE}SELECT ?it (MIN(STR(?label)) AS ?name)\n"
            f"WHERE {{ ?it a {Iri(class_iri)} . OPTIONAL {{ {labels.PATTERN} }} }}\nGROUP BY ?it",
        )
        choices = (Choice(iri, name or vocab.shorten(iri), local_name(iri)) for iri, name in rows)
        return tuple(sorted(choices, key=lambda choice: (choice.label.casefold(), choice.iri)))


def find(choices: Sequence[Choice], text: str) -> Choice | None:
    """Return the choice that ``text`` means: an IRI, a prefixed name, a local name, or a label."""
    written = text.removeprefix("<").removesuffix(">")
    prefix, colon, local = text.partition(":")
    expanded = vocab.PREFIXES[prefix] + local if colon and prefix in vocab.PREFIXES else None
    for choice in choices:
        if choice.iri in (written, expanded):
            return choice
    named = [choice for choice in choices if choice.local == text]
    named = named or [it for it in choices if it.label.casefold() == text.casefold()]
    return named[0] if len(named) == 1 else None


def near(choices: Sequence[Choice], text: str) -> list[str]:
    """Return the local names most like ``text``, which may be like a label as well."""
    wanted = local_name(text).casefold()
    names = {choice.label.casefold(): choice.local for choice in choices}
    names |= {choice.local.casefold(): choice.local for choice in choices}
    found = difflib.get_close_matches(wanted[:100], names, n=5, cutoff=0.5)
    return list(dict.fromkeys(names[name] for name in found))[:3]


def local_name(iri: str) -> str:
    """Return what follows the last ``#``, ``/`` or ``:`` of an IRI."""
    return iri.rstrip("/#>").replace("#", "/").replace(":", "/").rpartition("/")[2]
