"""What a person sees in a browser, without JavaScript."""

import re
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inprocess import MLR, ROLE, SKILL, Get, LocalEngine
from mlroles.web import create_app

EVERYTHING = "SELECT * WHERE { ?s ?p ?o }"
_VOID = {"input", "meta", "link", "br", "img", "hr"}


class _Page(HTMLParser):
    """Collects elements, and what is wrong with their nesting."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


PAGES: tuple[tuple[str, dict[str, object]], ...] = (
    ("/", {}),
    ("/sparql", {}),
    ("/sparql", {"query": EVERYTHING}),
    ("/sparql", {"query": "ASK {}"}),
    ("/sparql", {"query": f"DESCRIBE <{ROLE}ml-engineer>"}),
    ("/sparql", {"query": "CONSTRUCT WHERE { ?s ?p ?o }"}),
    ("/sparql", {"saved": "closest-roles"}),
    ("/explain", {}),
    ("/explain", {"s": "role:ml-engineer", "p": "mlr:requiresSkill", "o": "skill:statistics"}),
    ("/about", {}),
    ("/compare", {}),
    ("/compare", {"role": ["ml-engineer", "data-analyst"]}),
    ("/fit", {}),
    ("/fit", {"skill": "statistics"}),
    ("/ontology", {}),
    ("/role/hostile", {}),
    ("/role/ml-engineer", {}),
    ("/team", {}),
    ("/search", {}),
    ("/search", {"q": "engineer"}),
    ("/queries", {}),
    ("/queries/skills-missing-for-a-role", {}),
    ("/queries/skills-missing-for-a-role/results", {}),
)


@pytest.mark.parametrize(("path", "parameters"), PAGES)
def test_a_page_is_sound(browse: Get, path: str, parameters: dict[str, object]) -> None:
    page = _Page(browse(path, **parameters))
    assert not page.faults
    assert not page.open
    assert page.of("html") == [{"lang": "en"}]
    assert len(page.of("h1")) == 1
    # A script is a module of ours, which only adds to what is there: tests/browser.
    assert all(str(a["src"]).startswith("/static/built/") for a in page.of("script"))
    assert not [name for _, a in page.elements for name in a if name.startswith(("on", "style"))]
    assert all("scope" in cell for cell in page.of("th"))
    ids = [str(a["id"]) for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    assert "main" in ids  # where the skip link goes


@pytest.mark.parametrize(("path", "parameters"), PAGES)
def test_every_field_has_a_label(browse: Get, path: str, parameters: dict[str, object]) -> None:
    page = _Page(browse(path, **parameters))
    labelled = {attributes.get("for") for attributes in page.of("label")}
    for tag in ("select", "textarea"):
        assert all(attributes.get("id") in labelled for attributes in page.of(tag))


@pytest.mark.parametrize(("path", "parameters"), PAGES)
def test_every_link_of_ours_leads_somewhere(
    browse: Get, client: FlaskClient, path: str, parameters: dict[str, object]
) -> None:
    page = _Page(browse(path, **parameters))
    links = {str(attributes["href"]) for attributes in page.of("a") + page.of("link")}
    ours = {link for link in links if link.startswith("/")}
    assert ours
    for link in ours:
        response = client.get(link, headers={"Accept": "text/html,*/*;q=0.8"})
        assert response.status_code == 200, link


def test_the_first_page_counts(browse: Get) -> None:
    text = browse("/")
    assert "<dt>roles</dt><dd>4</dd>" in text
    assert "<dt>skills</dt><dd>4</dd>" in text
    assert "21 triples asserted, 1 inferred, 22 in all" in text
    assert "http://localhost/sparql" in text
    assert "36 questions" in text


def test_the_form_has_a_query_that_runs(browse: Get) -> None:
    box = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", browse("/sparql"), re.DOTALL)
    assert box is not None
    query = box[1].replace("&lt;", "<").replace("&gt;", ">")
    assert "PREFIX mlr:" in query
    assert "statistics" in browse("/sparql", query=query)


def test_a_saved_query_is_put_into_the_form(browse: Get) -> None:
    assert "mlr:requiresSkill" in browse("/sparql", saved="skills-missing-for-a-role")
    assert "no saved query" in browse("/sparql", saved="nope", status=404)


def test_things_are_shown_by_their_labels(browse: Get) -> None:
    text = browse(
        "/sparql", query=f"SELECT ?x WHERE {{ <{ROLE}ml-engineer> <{MLR}requiresSkill> ?x }}"
    )
    assert ">software engineering</a>" in text
    assert "skill:software-engineering" in text
    assert 'href="/skill/software-engineering"' in text
    assert "3 rows" in text


def test_literals_show_what_they_are(browse: Get) -> None:
    text = browse("/sparql", query='SELECT ("a"@fr AS ?f) (1.5 AS ?d) (7 AS ?i) (true AS ?b) {}')
    assert '>a <span class="note">fr</span>' in text
    assert '<td class="number">1.5 <span class="note">xsd:decimal</span>' in text
    assert '<td class="number">7</td>' in text
    assert 'true <span class="note">xsd:boolean</span>' in text
    assert '<th scope="col" class="number">i</th>' in text


def test_a_long_result_is_cut_and_says_so(browse: Get) -> None:
    text = browse("/sparql", query=EVERYTHING)
    assert text.count("<tr") == 6
    assert "Rows 1 to 5" in text
    assert "There are more" not in browse("/sparql", query=f"{EVERYTHING} LIMIT 5")
    assert "Triples 1 to 5" in browse("/sparql", query="CONSTRUCT WHERE {?s ?p ?o}")


def test_no_row_is_a_result_too(browse: Get) -> None:
    text = browse("/sparql", query="SELECT * WHERE { <a:b> <a:c> ?x }")
    assert "No rows." in text
    assert "0 rows" in text


@pytest.mark.parametrize(("query", "word"), [("ASK {}", "Yes"), ("ASK { <a:b> ?p ?o }", "No")])
def test_a_yes_no_question_is_answered_in_a_word(browse: Get, query: str, word: str) -> None:
    assert f'<p class="answer">{word}</p>' in browse("/sparql", query=query)


def test_a_graph_is_shown_as_a_table_and_as_turtle(browse: Get) -> None:
    text = browse("/sparql", query=f"DESCRIBE <{SKILL}statistics>")
    assert '<th scope="col">predicate</th>' in text
    assert "@prefix skill:" in text


def test_hostile_values_stay_text(browse: Get) -> None:
    text = browse("/sparql", query="SELECT ?o WHERE { <http://example.org/a> ?p ?o }")
    assert "<img" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    assert "javascript:alert(1)" in text
    assert 'href="javascript:' not in text
    assert 'href="http://example.org/%22" rel="noopener' in text
    labelled = browse("/sparql", query=f"SELECT ?r WHERE {{ ?r a <{MLR}Role> }}")
    assert "<script>" not in labelled
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in labelled


def test_a_hostile_query_stays_text(browse: Get) -> None:
    text = browse("/sparql", query='SELECT ("</textarea><script>" AS ?x) ("\'\\"" AS ?y) {}')
    assert "<script>" not in text
    assert not _Page(text).faults


def test_an_error_keeps_the_query_and_marks_the_place(browse: Get) -> None:
    text = browse("/sparql", query="SELECT *\nWHERE { ?s ?p , }", status=400)
    assert "SELECT *\nWHERE { ?s ?p , }</textarea>" in text
    assert '<li value="2" class="wrong">' in text
    assert "<mark>" in text


def test_downloads_carry_the_query_whatever_its_length(client: FlaskClient, browse: Get) -> None:
    query = f"ASK {{}} #{'x' * 50_000}"
    page = _Page(browse("/sparql", query=query))
    hidden = [a["value"] for a in page.of("input") if a.get("name") == "query"]
    assert hidden == [query]
    formats = [a["value"] for a in page.of("button") if a.get("name") == "format"]
    assert formats == ["json", "xml", "csv", "tsv"]
    response = client.post("/sparql", data={"query": hidden[0], "format": "csv", "download": "1"})
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]


def test_the_dataset_stays_with_the_query(browse: Get) -> None:
    graph = "https://w3id.org/mlroles/graph/inferred"
    text = browse("/sparql", query=EVERYTHING, **{"default-graph-uri": graph})
    assert "1 row " in text
    assert text.count(f'name="default-graph-uri" value="{graph}"') == 2


def test_pages_work_below_a_prefix(app: Flask) -> None:
    client = app.test_client()
    response = client.get(
        "/sparql",
        headers={"Accept": "text/html"},
        environ_overrides={"SCRIPT_NAME": "/mlroles"},
    )
    assert 'action="/mlroles/sparql"' in response.text
    assert 'href="/mlroles/static/style.css' in response.text


def test_the_graph_is_counted_once() -> None:
    engine = LocalEngine()
    client = create_app({}, engine=engine).test_client()
    client.get("/")
    client.get("/")
    counting = [request for request in engine.requests if "DISTINCT ?it) AS ?n" in request.text]
    assert len(counting) == 1


def test_each_triple_of_a_description_may_be_asked_why(browse: Get) -> None:
    page = _Page(browse("/sparql", query=f"DESCRIBE <{ROLE}ml-engineer>"))
    asked = [link["href"] or "" for link in page.of("a") if link.get("class") == "why"]
    assert asked
    assert all(href.startswith("/explain?s=https://w3id.org/mlroles/role/") for href in asked)
    assert not [
        link
        for link in _Page(browse("/sparql", query=EVERYTHING)).of("a")
        if link.get("class") == "why"
    ]
