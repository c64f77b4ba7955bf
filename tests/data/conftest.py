"""What the data and the ontology state."""

import pytest

from reading import DATA_FILES, DISTINCT_FILE, ONTOLOGY_FILE, Facts


@pytest.fixture(scope="session")
def facts() -> Facts:
    """Return what the files under ``data`` state, the examples left out."""
    return Facts(DATA_FILES)


@pytest.fixture(scope="session")
def ontology() -> Facts:
    """Return what the ontology states."""
    return Facts([ONTOLOGY_FILE])


@pytest.fixture(scope="session")
def distinct() -> Facts:
    """Return which individuals are stated to be different."""
    return Facts([DISTINCT_FILE])
