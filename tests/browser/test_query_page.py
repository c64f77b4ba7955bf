"""The query page in a browser: the editor, results, and what it does without its script."""

import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import axe

pytestmark = pytest.mark.slow

_BUILD = Path(__file__).parents[2] / "server" / "frontend" / "build_hook.py"
COUNTS = """PREFIX mlr: <https://w3id.org/mlroles/ontology#>
SELECT ?role (COUNT(?skill) AS ?skills) { ?role mlr:requiresSkill ?skill } GROUP BY ?role"""
PAIRS = """PREFIX mlr: <https://w3id.org/mlroles/ontology#>
SELECT ?role ?skill { ?role mlr:requiresSkill ?skill }"""
HOSTILE = """SELECT ?x ?y { VALUES (?x ?y) { ("<script>alert(1)</script>" <javascript:alert(1)>)
  ("\\u202Eabc" <http://example.org/>) ("<img src=x onerror=alert(1)>"@en "\\u2067") } }"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="session", autouse=True)
def bundle() -> None:
    """Make the bundle, as the install does; the server serves it from its own folder."""
    subprocess.run([sys.executable, _BUILD], check=True)


@pytest.fixture
def query_page(page: Page) -> Page:
    page.goto("/sparql")
    expect(page.locator(".CodeMirror")).to_be_visible()
    return page


def write(page: Page, query: str) -> None:
    page.locator(".CodeMirror").evaluate("(it, text) => it.CodeMirror.setValue(text)", query)


def run(page: Page, query: str) -> None:
    write(page, query)
    page.get_by_role("button", name="Run").click()


def test_a_query_is_answered_in_the_page_and_its_address_is_a_link_to_it(query_page: Page) -> None:
    write(query_page, COUNTS)
    query_page.locator(".CodeMirror").click()
    query_page.keyboard.press("Control+Enter")
    expect(query_page.get_by_role("row")).to_have_count(15)
    expect(query_page.get_by_role("status").first).to_contain_text(" s")
    query_page.reload()
    expect(query_page.get_by_role("row")).to_have_count(15)


def test_a_table_is_sorted_and_filtered_and_a_chart_has_its_numbers(query_page: Page) -> None:
    run(query_page, COUNTS)
    skills = query_page.locator("tbody td.number")
    query_page.get_by_role("button", name="skills", exact=True).click()
    found = [int(text) for text in skills.all_inner_texts()]
    assert found == sorted(found)
    query_page.get_by_label("Filter the rows").fill("engineer")
    expect(query_page.get_by_role("row").filter(has_text="Data scientist")).to_have_count(0)
    query_page.get_by_role("radio", name="Chart").check()
    expect(query_page.locator("svg.chart rect")).to_have_count(14)
    expect(query_page.get_by_role("table")).to_be_hidden()


def test_a_network_leads_to_its_things(query_page: Page) -> None:
    run(query_page, PAIRS)
    query_page.get_by_role("radio", name="Network").check()
    query_page.locator("svg.network a", has_text="machine learning").first.click()
    assert query_page.url.endswith("/skill/machine-learning")


def test_a_long_table_is_read_a_page_at_a_time(query_page: Page) -> None:
    run(query_page, "SELECT * { ?s ?p ?o } LIMIT 120")
    expect(query_page.locator(".pager")).to_contain_text("1\N{EN DASH}50 of 120")
    query_page.get_by_role("button", name="Later").click()
    expect(query_page.locator(".pager")).to_contain_text("51\N{EN DASH}100 of 120")


def test_names_are_completed_by_label_with_their_prefix(query_page: Page) -> None:
    write(query_page, "SELECT * { ?who ?does  }")
    query_page.locator(".CodeMirror").evaluate("it => it.CodeMirror.setCursor(0, 22)")
    query_page.locator(".CodeMirror textarea").focus()
    query_page.keyboard.type("MLOp")
    query_page.locator(".CodeMirror-hint", has_text="role:mlops-engineer").first.click()
    text = query_page.locator("textarea[name=query]").input_value()
    assert "role:mlops-engineer" in text
    assert "PREFIX role: <https://w3id.org/mlroles/role/>" in text


def test_what_is_stated_can_be_asked_alone(query_page: Page) -> None:
    query_page.get_by_role("radio", name="what is stated alone").check()
    run(query_page, PAIRS)
    expect(query_page.get_by_text("No rows.")).to_be_visible()


def test_a_query_is_copied_as_code_that_runs(browser: Browser, address: str) -> None:
    context = browser.new_context(
        base_url=address, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.goto("/sparql")
    expect(page.locator(".CodeMirror")).to_be_visible()
    write(page, 'SELECT ("it\'s \\"so\\"" AS ?said) {}')
    codes = {}
    for name in ("curl", "Python, SPARQLWrapper", "Python, rdflib"):
        page.get_by_label("Copy the query as code").select_option(name)
        expect(page.get_by_role("status").first).to_contain_text(f"Copied as {name}")
        codes[name] = page.evaluate("navigator.clipboard.readText()")
    context.close()
    for name, code in codes.items():
        command = ["bash", "-c", code] if name == "curl" else [sys.executable, "-c", code]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "so" in ended.stdout, (name, code, ended.stderr)


def test_a_saved_query_is_found_and_opened(query_page: Page) -> None:
    query_page.get_by_text("Start from one of").click()
    query_page.get_by_label("Search the questions").fill("one person team")
    query_page.locator(".saved-panel li:visible button").first.click()
    expect(query_page.locator("textarea[name=query]")).not_to_have_value("")
    assert "#+" not in query_page.locator("textarea[name=query]").input_value()


def test_what_was_asked_is_kept_in_the_browser_until_it_is_forgotten(query_page: Page) -> None:
    run(query_page, "ASK { ?remembered ?p ?o }")
    query_page.get_by_text("Asked before").click()
    expect(query_page.locator("#history li")).to_have_count(1)
    query_page.get_by_role("button", name="Forget all").click()
    expect(query_page.locator("#history")).to_be_hidden()


def test_a_query_can_be_cancelled(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/sparql")
    expect(page.locator(".CodeMirror")).to_be_visible()
    run(page, ENDLESS)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("status").first).to_have_text("Cancelled.")
    run(page, "ASK {}")
    expect(page.locator(".answer")).to_have_text("Yes")
    context.close()


def test_a_mistake_is_marked_where_it_is(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/sparql")
    expect(page.locator(".CodeMirror")).to_be_visible()
    run(page, "SELECT ?x WHERE {\n  ?x a mlr:Role ")
    expect(page.locator(".wrong-here")).to_have_text("{")
    expect(page.locator(".told")).to_contain_text("never closed")
    context.close()


def test_a_long_query_has_a_link_too(query_page: Page) -> None:
    long = f"ASK {{}} # {'long ' * 1000}"
    run(query_page, long)
    expect(query_page.locator(".answer")).to_have_text("Yes")
    assert len(query_page.url) < 2000
    query_page.reload()
    expect(query_page.locator("textarea[name=query]")).to_have_value(f"{long.rstrip()}\n")


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """Return a page of a browser that runs no script."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_its_script_the_form_does_the_same(plain: Page) -> None:
    plain.goto("/sparql")
    plain.get_by_label("Query", exact=True).fill(COUNTS)
    plain.get_by_role("button", name="Run").click()
    expect(plain.get_by_role("row")).to_have_count(15)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_screen(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its words
    page.goto("/sparql")
    run(page, PAIRS)
    expect(page.get_by_role("table")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_values_stay_text(page: Page) -> None:
    page.goto(f"/sparql?query={urllib.parse.quote(HOSTILE)}")
    stays_text(page, rows=3)
    run(page, f"{HOSTILE} LIMIT 1")
    stays_text(page, rows=1)


def stays_text(page: Page, rows: int) -> None:
    expect(page.get_by_role("row")).to_have_count(rows + 1)
    expect(page.get_by_role("cell", name="<script>alert(1)</script>")).to_be_visible()
    assert page.locator("a[href^=javascript], main script:not([src]), main img").count() == 0


@pytest.mark.parametrize("query", [None, COUNTS, HOSTILE])
def test_the_query_page_keeps_nobody_out(query_page: Page, query: str | None) -> None:
    if query:
        run(query_page, query)
        expect(query_page.get_by_role("table")).to_be_visible()
    for scheme, width in (("light", 1280), ("dark", 390)):
        query_page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        query_page.set_viewport_size({"width": width, "height": 900})
        assert axe.violations(query_page) == []


def test_the_page_of_a_mistake_keeps_nobody_out(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/sparql")
    expect(page.locator(".CodeMirror")).to_be_visible()
    run(page, "SELECT ?x WHERE {\n  ?x a mlr:Role }")
    page.locator(".CodeMirror").click()
    expect(page.locator(".told")).to_contain_text("Add PREFIX mlr:")
    assert axe.violations(page) == []
    context.close()


def test_names_for_editors_have_labels_and_prefixes(page: Page) -> None:
    found = page.request.get("/terms").json()
    names = {term["name"]: term["label"] for term in found["terms"]}
    assert names["role:ml-engineer"] == "ML engineer"
    assert all(name.split(":")[0] in found["prefixes"] for name in names)
