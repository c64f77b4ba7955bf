"""How far a long work has come."""

from collections.abc import Callable
from typing import TypeAlias

#: Is given a line from time to time.
Progress: TypeAlias = Callable[[str], None]


def silent(_message: str) -> None:
    """Tell nobody."""
