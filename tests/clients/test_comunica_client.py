"""Comunica's command line against the endpoint."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import node
from questions import DUAL, HOLDS, ROLES, WHAT

pytestmark = pytest.mark.slow

Ask = Callable[..., str]


@pytest.fixture(scope="module")
def program() -> Path:
    return node.installed() / "node_modules" / ".bin" / "comunica-sparql"


@pytest.fixture
def ask(program: Path, endpoint: str, note: Callable[..., None]) -> Ask:
    """Return what runs Comunica over sources, our endpoint first."""

    def run(query: str, media_type: str, *sources: str) -> str:
        arguments = [f"sparql@{endpoint}", *sources, "-q", query, "-t", media_type]
        ended = subprocess.run(
            [node.NODE, program, *arguments], capture_output=True, check=False, text=True
        )
        assert ended.returncode == 0, ended.stderr
        note(f"comunica-sparql {' '.join(arguments[:-4])} -q '{query}'", ended.stdout)
        return ended.stdout

    return run


def test_comunica_reads_rows(ask: Ask) -> None:
    found = json.loads(ask(DUAL, "application/sparql-results+json"))["results"]["bindings"]
    assert [row["role"]["value"] for row in found] == ROLES


def test_comunica_reads_a_graph(ask: Ask) -> None:
    assert "requiresSkill" in ask(WHAT, "text/turtle")


def test_comunica_reads_yes(ask: Ask) -> None:
    assert "true" in ask(HOLDS, "simple")


def test_comunica_reads_a_role_as_linked_data(
    program: Path, server: str, note: Callable[..., None]
) -> None:
    query = (
        "SELECT ?skill WHERE { <https://w3id.org/mlroles/role/ml-engineer>"
        " <https://w3id.org/mlroles/ontology#requiresSkill> ?skill } ORDER BY ?skill"
    )
    source = f"file@{server}/role/ml-engineer"
    ended = subprocess.run(
        [node.NODE, program, source, "-q", query, "-t", "text/csv"],
        capture_output=True,
        check=False,
        text=True,
    )
    note(f"comunica-sparql {source} -q '{query}'", ended.stdout or ended.stderr)
    assert "https://w3id.org/mlroles/skill/machine-learning" in ended.stdout
