"""Jena's ``rsparql``, which sends a query to an endpoint."""

from collections.abc import Callable
from pathlib import Path

import pytest

from java import Java
from questions import DUAL, DUAL_ROLE, HOLDS, ROLES, WHAT

pytestmark = pytest.mark.slow

Ask = Callable[[str], str]


@pytest.fixture(scope="module")
def java(tmp_path_factory: pytest.TempPathFactory) -> Java:
    return Java(tmp_path_factory.mktemp("jena"))


@pytest.fixture
def ask(java: Java, endpoint: str, note: Callable[..., None]) -> Ask:
    """Return what runs rsparql on a query."""

    def run(query: str, *options: str) -> str:
        said = java.run("arq.rsparql", f"--service={endpoint}", *options, query)
        note(f"rsparql --service={endpoint} {' '.join(options)} '{query}'", said)
        return said

    return run


@pytest.mark.parametrize("results", ["CSV", "TSV", "JSON", "XML", "text"])
def test_rsparql_reads_rows(ask: Callable[..., str], results: str) -> None:
    said = ask(DUAL, f"--results={results}")
    names = [role.rpartition("/")[2] for role in ROLES]
    assert all(name in said for name in names)


def test_rsparql_reads_a_graph(ask: Ask) -> None:
    assert "requiresSkill" in ask(WHAT)


def test_rsparql_reads_yes(ask: Ask) -> None:
    assert "yes" in ask(HOLDS).lower()


def test_jena_federates_to_the_endpoint(
    java: Java, endpoint: str, note: Callable[..., None], tmp_path: Path
) -> None:
    empty = tmp_path / "empty.ttl"
    empty.touch()
    query = f"SELECT * WHERE {{ SERVICE <{endpoint}> {{ ?role a <{DUAL_ROLE}> }} }}"
    said = java.run("arq.sparql", f"--data={empty}", "--results=CSV", query)
    note(f"sparql --data={empty.name} '{query}'", said)
    assert sorted(said.split()[1:]) == ROLES
