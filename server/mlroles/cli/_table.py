"""A result as a table on a terminal."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mlroles import vocab
from mlroles.rows import Rows
from mlroles.terms import Iri, Literal, Term
from mlroles.vocab import XSD

_NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float")}

#: A result is no place for what a terminal would take as a command.
_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


class ReadConsole(Console):
    """A console whose reader may leave: the command ends as :mod:`mlroles.cli` has it."""

    def on_broken_pipe(self) -> None:
        """Let the error be seen, where rich would end the program with 1."""
        raise BrokenPipeError


def show(console: Console, rows: Rows, labels: Mapping[str, str]) -> None:
    """Print a table: things by their labels and short names, numbers to the right."""
    table = Table(header_style="bold")
    for place, name in enumerate(rows.names):
        numbers = all(_is_number(row[place]) for row in rows.rows)
        table.add_column(Text(name), justify="right" if numbers and rows.rows else "left")
    for row in rows.rows:
        table.add_row(*(_text(term, labels) for term in row))
    console.print(table)
    count = len(rows.rows)
    more = "the first of more; " if rows.more else ""
    console.print(f"{more}{count:,} row{'' if count == 1 else 's'}", style="dim", highlight=False)


def _is_number(term: Term | None) -> bool:
    return term is None or (isinstance(term, Literal) and term.datatype in _NUMBERS)


def _text(term: Term | None, labels: Mapping[str, str]) -> Text:
    if term is None:
        return Text()
    if isinstance(term, Literal):
        return Text(term.value.translate(_CONTROLS))
    if not isinstance(term, Iri):
        return Text(str(term).translate(_CONTROLS), style="dim")
    label = labels.get(term.value)
    short = vocab.shorten(term.value)
    if label is None:
        return Text(short)
    return Text.assemble(label.translate(_CONTROLS), " ", (short, "dim"))
