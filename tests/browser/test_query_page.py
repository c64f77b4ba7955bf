"""The query page in a browser: the editor, results, and what it does without its script."""

import re
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import axe
from windows import SCRIPTED, Window

pytestmark = pytest.mark.slow

COUNTS = """PREFIX mlr: <https://w3id.org/mlroles/ontology#>
SELECT ?role (COUNT(?skill) AS ?skills) { ?role mlr:requiresSkill ?skill } GROUP BY ?role"""
PAIRS = """PREFIX mlr: <https://w3id.org/mlroles/ontology#>
SELECT ?role ?skill { ?role mlr:requiresSkill ?skill }"""
HOSTILE = """SELECT ?x ?y { VALUES (?x ?y) { ("<script>alert(1)</script>" <javascript:alert(1)>)
  ("\\u202Eabc" <http://example.org/>) ("<img src=x onerror=alert(1)>"@en "\\u2067") } }"""
MIXED = """PREFIX mlr: <https://w3id.org/mlroles/ontology#>
SELECT ?what { VALUES (?s ?what) {
  (<https://w3id.org/mlroles/role/ml-engineer> mlr:Role)
  (<https://w3id.org/mlroles/role/ml-engineer> mlr:ProductionRole) } ?s a ?what }"""
MANY = """PREFIX mlr: <https://w3id.org/mlroles/ontology#>
SELECT ?s ?n { ?s a mlr:Role . ?x ?y ?z BIND(STRLEN(STR(?s)) AS ?n) }"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(params=SCRIPTED, ids=str)
def window(request: pytest.FixtureRequest) -> Window:
    found: Window = request.param
    return found


@pytest.fixture
def query_page(page: Page) -> Page:
    page.goto("/sparql")
    expect(page.locator(".CodeMirror")).to_be_visible()
    return page


def write(page: Page, query: str) -> None:
    page.locator(".CodeMirror").evaluate("(it, text) => it.CodeMirror.setValue(text)", query)


def run(page: Page, query: str) -> None:
    write(page, query)
    page.get_by_role("button", name="Run", exact=True).click()


def test_a_query_is_answered_in_the_page_and_its_address_is_a_link_to_it(query_page: Page) -> None:
    write(query_page, COUNTS)
    query_page.locator(".CodeMirror").click()
    query_page.keyboard.press("Control+Enter")
    expect(query_page.get_by_role("row")).to_have_count(15)
    told = re.compile(r"^(Answered|A kept answer), here after \d+\.\d s\.$")
    expect(query_page.locator(".ask .status")).to_have_text(told)
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


def test_the_labels_of_a_network_can_be_read(query_page: Page) -> None:
    run(query_page, PAIRS)
    query_page.get_by_role("radio", name="Network").check()
    net = query_page.locator("svg.network")
    expect(net).to_be_visible()
    drawn, shown = net.get_attribute("width"), net.bounding_box()
    assert drawn
    assert shown
    assert shown["width"] >= 0.95 * float(drawn)
    texts = net.locator("text")
    boxes = [box for box in (texts.nth(n).bounding_box() for n in range(texts.count())) if box]
    assert len(boxes) > 30
    for n, one in enumerate(boxes):
        assert shown["x"] - 1 <= one["x"]
        assert one["x"] + one["width"] <= shown["x"] + shown["width"] + 1
        for other in boxes[n + 1 :]:
            across = min(one["x"] + one["width"], other["x"] + other["width"])
            along = min(one["y"] + one["height"], other["y"] + other["height"])
            meets_across = across - max(one["x"], other["x"]) > 1
            meets_along = along - max(one["y"], other["y"]) > 1
            assert not (meets_across and meets_along)


def test_a_view_has_its_name_beside_its_button(query_page: Page) -> None:
    run(query_page, PAIRS)
    labels = query_page.locator(".views label")
    expect(labels.first).to_be_visible()
    for label in labels.all():
        box, button = label.bounding_box(), label.locator("input").bounding_box()
        assert box
        assert button
        assert box["height"] < 2 * button["height"]


def test_a_long_table_is_read_a_page_at_a_time(query_page: Page) -> None:
    run(query_page, "SELECT * { ?s ?p ?o } LIMIT 120")
    expect(query_page.locator(".pager")).to_contain_text("1\N{EN DASH}50 of 120")
    query_page.get_by_role("button", name="Later", exact=True).click()
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
        expect(page.locator(".ask .status")).to_contain_text(f"Copied as {name}")
        codes[name] = page.evaluate("navigator.clipboard.readText()")
    context.close()
    for name, code in codes.items():
        command = ["bash", "-c", code] if name == "curl" else [sys.executable, "-c", code]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "so" in ended.stdout, (name, code, ended.stderr)


def question(page: Page, words: str) -> Locator:
    """Open the panel of questions, and the first that has the words; return its entry."""
    panel = page.locator(".saved-panel")
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()
    page.get_by_label("Search the questions").fill(words)
    entry = panel.locator("li:visible").first
    entry.locator(".pick").click()
    return entry


def test_a_saved_query_is_found_chosen_and_answered(query_page: Page) -> None:
    entry = question(query_page, "missing for a role")
    expect(query_page.get_by_role("row")).to_have_count(6)
    assert "#+" not in query_page.locator("textarea[name=query]").input_value()
    expect(entry).to_contain_text("The skills that the role requires and that are not among yours")
    entry.get_by_label("Role", exact=True).select_option(label="Data engineer")
    text = query_page.locator("textarea[name=query]")
    expect(text).to_have_value(re.compile("role/data-engineer"))
    expect(query_page.get_by_role("row").filter(has_text="databases")).to_have_count(1)
    entry.get_by_label("databases", exact=True).check()
    expect(query_page.get_by_role("row").filter(has_text="databases")).to_have_count(0)


def test_a_question_tells_when_it_last_answered(query_page: Page) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        health = query_page.request.get("/health").json()
        if health["questions"]["answered"] == 30:
            break
        time.sleep(0.2)
    entry = question(query_page, "missing for a role")
    expect(entry).to_contain_text("Last verified 20")
    expect(entry).to_contain_text("5 rows for the values first shown")


def test_a_question_about_a_team_says_that_there_is_none(query_page: Page) -> None:
    entry = question(query_page, "rests on one person")
    expect(entry).to_contain_text("Load your own file with --data to ask this.")


def test_rows_beyond_the_page_are_loaded_sorted_and_filtered(query_page: Page) -> None:
    run(query_page, f"{MANY} LIMIT 3000")
    expect(query_page.get_by_text("There are more rows.")).to_be_visible()
    query_page.get_by_role("button", name="Later rows").click()
    expect(query_page.get_by_text("Rows 1,001 to 2,000")).to_be_visible()
    query_page.get_by_role("button", name="Load up to").click()
    expect(query_page.locator(".pager")).to_contain_text("1\N{EN DASH}50 of 3,000")
    query_page.get_by_role("button", name="n", exact=True).click()
    found = [int(text) for text in query_page.locator("tbody td.number").all_inner_texts()]
    assert found == sorted(found)
    link = query_page.locator("tbody a").first
    label = link.inner_text()
    query_page.get_by_label("Filter the rows").fill(f"nowhere {label}")
    expect(link).to_have_count(0)
    query_page.get_by_label("Filter the rows").fill(label)
    link.click()
    expect(query_page.get_by_role("heading", name=label, level=1)).to_be_visible()


def test_the_text_that_programs_get_is_shown(query_page: Page) -> None:
    run(query_page, COUNTS)
    query_page.get_by_role("radio", name="Raw").check()
    raw = query_page.locator(".raw pre")
    expect(raw).to_contain_text('"bindings"')
    assert len(raw.inner_text().splitlines()) > 50
    query_page.get_by_label("Format", exact=True).select_option(label="CSV")
    expect(raw).to_contain_text("role,skills")


def test_rows_that_follow_by_reasoning_are_marked(query_page: Page) -> None:
    run(query_page, MIXED)
    expect(query_page.get_by_text("1 of these 2 rows is inferred")).to_be_visible()
    expect(query_page.get_by_role("row").filter(has_text="production role")).to_contain_text(
        "inferred"
    )


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
    expect(page.locator(".ask .status")).to_have_text("Cancelled.")
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
    query_page.wait_for_url("**/sparql#q=*")
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
    plain.get_by_role("button", name="Run", exact=True).click()
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
