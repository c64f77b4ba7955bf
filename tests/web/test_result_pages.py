"""Results on pages: a part at a time, and which of the rows were inferred."""

import re

import pytest

from inprocess import MLR, ROLE, Get

NUMBERS = f"SELECT ?n {{ VALUES ?n {{ {' '.join(map(str, range(1, 13)))} }} }}"
NEEDS = f"SELECT ?skill {{ <{ROLE}ml-engineer> <{MLR}requiresSkill> ?skill }} ORDER BY ?skill"


def numbers(page: str) -> list[int]:
    return [int(n) for n in re.findall(r'<td class="number">(\d+)</td>', page)]


@pytest.mark.parametrize(("page", "rows"), [(1, (1, 5)), (2, (6, 10)), (3, (11, 12))])
def test_a_page_has_its_part_of_the_rows(browse: Get, page: int, rows: tuple[int, int]) -> None:
    first, last = rows
    text = browse("/sparql", query=NUMBERS, page=page)
    assert numbers(text) == list(range(first, last + 1))
    assert f"Rows {first} to {last}" in text
    assert ("Earlier rows" in text) == (page > 1)
    assert ("Later rows" in text) == (page < 3)
    assert ("There are more rows." in text) == (page < 3)


def test_a_result_that_fits_is_whole(browse: Get) -> None:
    text = browse("/sparql", query=f"{NUMBERS} LIMIT 5")
    assert "5 rows" in text
    assert "Later rows" not in text


def test_triples_come_in_pages_too(browse: Get) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert "Triples 6 to 10" in browse("/sparql", query=query, page=2)


@pytest.mark.parametrize("page", ["0", "-1", "two", "1.5", "1000000", "٣"])
def test_a_page_that_is_none_is_told(browse: Get, page: str) -> None:
    assert "is no number from 1" in browse("/sparql", 400, query=NUMBERS, page=page)


def test_the_rows_of_a_saved_query_come_in_pages(browse: Get) -> None:
    text = browse("/queries/roles-fitting-my-skills/results", page=2)
    assert "No rows." in text


def test_rows_that_what_is_stated_does_not_give_are_marked(browse: Get) -> None:
    text = browse("/sparql", query=NEEDS)
    assert "1 of these 3 rows is inferred" in text
    rows = re.findall(r"<tr(?: class=\"(\w+)\")?><td><a href=\"/skill/([\w-]+)\"", text)
    assert rows == [("inferred", "mathematics"), ("", "software-engineering"), ("", "statistics")]


def test_a_limit_of_the_query_marks_no_row_that_is_stated(browse: Get) -> None:
    text = browse("/sparql", query=f"{NEEDS} OFFSET 1 LIMIT 2")
    assert "What is stated alone gives all of these rows." in text


def test_rows_that_are_all_inferred_are_told_in_a_sentence(browse: Get) -> None:
    text = browse("/sparql", query=f"{NEEDS} LIMIT 1")
    assert "Inferred: what is stated alone gives another answer." in text
    assert 'class="inferred"' not in text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { GRAPH ?g { ?s ?p ?o } } LIMIT 3",
        "SELECT ?s FROM <https://w3id.org/mlroles/graph/inferred> { ?s ?p ?o }",
        "SELECT (NOW() AS ?now) { }",
    ],
)
def test_where_nobody_knows_nothing_is_said(browse: Get, query: str) -> None:
    text = browse("/sparql", query=query)
    assert "stated alone gives" not in text
    assert 'class="inferred"' not in text
