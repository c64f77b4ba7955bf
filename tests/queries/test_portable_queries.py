"""The queries are portable: another parser takes them, another engine gives the same rows."""

import pytest
import rdflib
from rdflib.plugins.sparql.parser import parseQuery

from asking import NAMES, ask_rdflib, expected, text_of


@pytest.mark.parametrize("name", NAMES)
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
