"""Saved queries with other values for their parameters."""

from collections.abc import Sequence
from typing import NamedTuple

from asking import Table, ask, text_of
from mlroles import vocab
from mlroles.sparql import replace_values
from mlroles.store.interface import Store


class Case(NamedTuple):
    """A query, the values of its parameters, and the rows below the header."""

    query: str
    values: dict[str, Sequence[str]]
    rows: Table

    def ask(self, store: Store) -> Table:
        """Return the rows that the store gives, the values being put into the query's text."""
        terms = {
            parameter: [f"<{_expanded(value)}>" for value in given]
            for parameter, given in self.values.items()
        }
        _, *rows = ask(store, replace_values(text_of(self.query), terms))
        return rows


def _expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return vocab.PREFIXES[prefix] + local
