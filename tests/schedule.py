"""Which files start first: those that take longest, so that no core waits for one at the end."""

from pathlib import Path

import pytest

_HERE = Path(__file__).parent

#: From the longest on: what takes half a minute of a core or more. The rest starts as collected.
LONGEST = (
    "ontology/test_consistency.py",
    "stores/test_publish.py",
    "knowledge/test_compiled.py",
    "browser/test_stories.py",
    "clients/test_schemathesis.py",
    "browser/test_query_page.py",
    "stores/test_released_counts.py",
    "server/test_fuzzing.py",
    "knowledge/test_materialization.py",
    "stores/test_released_queries.py",
    "ontology/test_profiles.py",
    "browser/test_guide_pages.py",
    "browser/test_scripts.py",
    "knowledge/test_build_command.py",
    "w3c/test_w3c_sparql.py",
    "engine/test_pool_leaks.py",
    "readme/test_readme.py",
    "shapes/test_shapes.py",
)
PATHS = [_HERE / name for name in LONGEST]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files first; xdist hands out files in this order."""
    ranks = {path: rank for rank, path in enumerate(PATHS)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))
