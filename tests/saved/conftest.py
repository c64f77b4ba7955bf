"""Saved queries to test with."""

from pathlib import Path

import pytest

from mlroles.saved import SavedQuery
from mlroles.saved.query import read
from saving import HEADER, Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a saved query and reads it."""

    def written(header: str = HEADER, body: str = "ASK {}\n", name: str = "it") -> SavedQuery:
        path = tmp_path / f"{name}.rq"
        path.write_text("".join(f"#+ {line}\n" for line in header.splitlines()) + body)
        return read(path)

    return written
