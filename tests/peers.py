"""Programs of Debian's that tests ask for a second opinion."""

import shutil
from pathlib import Path

import pytest


def need(name: str, *, package: str) -> str:
    """Return the path of a program on PATH, or of a file, that Debian's ``package`` installs.

    Without it the test is skipped and told what to install; where the environment variable CI is
    set, ``conftest.py`` lets a skipped test fail, so that no check is left out unseen.
    """
    found = shutil.which(name) or (name if Path(name).is_file() else None)
    if found is None:
        pytest.skip(f"{name} is missing: apt-get install {package}")
    return found
