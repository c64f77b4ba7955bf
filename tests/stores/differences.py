"""What an engine does not do as the others, each with its reason: one table for all of them."""

import csv
from pathlib import Path


def known() -> dict[tuple[str, str], str]:
    """Return the reason by the engine and a saved query, or a format's file extension."""
    path = Path(__file__).with_name("differences.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["engine"], row["what"]): row["reason"] for row in csv.DictReader(file)}


def suffixes(engine: str, all_suffixes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the file extensions of which an engine has no known difference."""
    return tuple(suffix for suffix in all_suffixes if (engine, suffix) not in known())
