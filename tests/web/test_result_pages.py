"""Results on pages: a part at a time, and which of the rows were inferred."""

import re

import pytest
from flask.testing import FlaskClient

from inprocess import MLR, ROLE, SKILL, Get
from mlroles import vocab
from mlroles.web import notices

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


def test_of_triples_those_that_follow_are_marked_and_may_be_asked_why(browse: Get) -> None:
    text = browse("/sparql", query=f"DESCRIBE <{ROLE}ml-engineer>")
    assert "1 of these 5 triples is inferred." in text
    rows = re.findall(r"<tr(?: class=\"inferred\")?><td>.*?</tr>", text)
    assert len(rows) == 5
    for row in rows:
        follows = "/skill/mathematics" in row
        assert ('class="why"' in row) is follows
        assert ('class="inferred"' in row) is follows
    made = browse("/sparql", query="CONSTRUCT { ?s a <urn:made> } WHERE { ?s a ?o }")
    assert "None of these triples is inferred." in made
    assert 'class="why"' not in made


def test_a_name_that_the_graph_has_not_is_told_with_names_like_it(
    browse: Get, client: FlaskClient
) -> None:
    mistyped = f"PREFIX mlr: <{MLR}> SELECT ?x {{ ?x a mlr:Rol }}"
    text = browse("/sparql", query=mistyped)
    assert "<code>mlr:Rol</code> is not in the graph." in text
    right = f"PREFIX role: <{ROLE}> SELECT ?p {{ role:ml-enginer ?p ?o ; ?q ?r }}"
    text = browse("/sparql", query=right)
    assert "<code>role:ml-enginer</code> is not in the graph." in text
    assert '<a href="/role/ml-engineer"><code>role:ml-engineer</code></a>?' in text
    for known in (
        f"PREFIX mlr: <{MLR}> PREFIX skill: <{SKILL}> ASK {{ ?x a mlr:Role ; ?p skill:statistics }}",
        f"ASK {{ GRAPH <{vocab.INFERRED}> {{ ?s ?p ?o }} }}",
        "ASK { ?s <https://example.org/none> ?o }",
    ):
        assert "not in the graph" not in browse("/sparql", query=known)
    answer = client.get("/sparql", query_string={"query": mistyped})
    assert answer.get_json() == {"head": {"vars": ["x"]}, "results": {"bindings": []}}


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("role/ml-enginer", ["role/ml-engineer"]),
        ("skill/ml-engineer", ["role/ml-engineer"]),
        ("role/foo", []),
        ("ontology#Rol", ["ontology#Role"]),
    ],
)
def test_like_a_name_are_those_of_its_kind_and_others_that_are_very_like(
    name: str, like: list[str]
) -> None:
    names = ("ontology#Role", "ontology#focusOf", "role/ml-engineer", "skill/statistics")
    found = notices.near(f"{vocab.BASE}{name}", names)
    assert list(found) == [f"{vocab.BASE}{one}" for one in like]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (f"SELECT ?s {{ ?s ?p <{SKILL}mathematics> }}", "all that holds gives 1 row."),
        (f"ASK {{ ?s ?p <{SKILL}mathematics> }}", "yes, of all that holds."),
        (f"SELECT ?s {{ ?s <urn:none> <{SKILL}mathematics> }}", ""),
        (f"ASK {{ ?s <urn:none> <{SKILL}mathematics> }}", ""),
    ],
)
def test_where_what_is_stated_alone_gives_nothing_the_page_says_what_follows(
    browse: Get, query: str, told: str
) -> None:
    text = browse("/sparql", query=query, **{"default-graph-uri": vocab.ASSERTED})
    assert told in text
    assert ("What makes the difference is inferred." in text) is bool(told)
    assert "What makes the difference" not in browse("/sparql", query=query)
