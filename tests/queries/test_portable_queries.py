"""The queries are portable: another parser takes them, another engine gives the same rows."""

import pytest
import rdflib
from rdflib.plugins.sparql.parser import parseQuery

from asking import NAMES, TEAM_NAMES, ask_rdflib, expected, text_of
from mlroles.knowledge import KnowledgeBase


@pytest.mark.parametrize("name", [*NAMES, *TEAM_NAMES])
def test_another_parser_takes_the_text(name: str) -> None:
    assert parseQuery(text_of(name))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own use of it
@pytest.mark.parametrize("name", NAMES)
def test_another_engine_gives_the_same_rows(
    union: rdflib.Graph, dataset: rdflib.Dataset, name: str
) -> None:
    text = text_of(name)
    graph = dataset if "GRAPH graph:" in text else union
    assert ask_rdflib(graph, text) == expected(name)


@pytest.fixture(scope="module")
def team_union(team_base: KnowledgeBase) -> rdflib.Graph:
    """Return all triples of ours and the example team's in one graph of rdflib's."""
    return rdflib.Graph().parse(data=team_base.asserted + team_base.inferred, format="nt")


@pytest.mark.slow
@pytest.mark.parametrize("name", TEAM_NAMES)
def test_another_engine_gives_the_same_rows_for_a_team(team_union: rdflib.Graph, name: str) -> None:
    assert ask_rdflib(team_union, text_of(name)) == expected(name)
