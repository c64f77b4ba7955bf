"""What scripts add to the pages: search while typing, and reasons that unfold in place."""

import pytest
from playwright.sync_api import Page, expect

import axe
from windows import SCRIPTED, Window

pytestmark = pytest.mark.slow

_FIRST_PAINT = """new Promise(done => new PerformanceObserver(
  list => done(list.getEntries()[0].startTime)).observe({ type: 'paint', buffered: true }))"""
SEARCH = "Search roles, skills and responsibilities"


@pytest.fixture(params=SCRIPTED, ids=str)
def window(request: pytest.FixtureRequest) -> Window:
    found: Window = request.param
    return found


@pytest.mark.parametrize("path", ["/", "/role/data-scientist"])
def test_names_are_found_while_typing_and_reached_by_the_keyboard(page: Page, path: str) -> None:
    page.goto(path)
    field = page.get_by_label(SEARCH)
    field.press_sequentially("mlo")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("MLOps engineer")
    assert axe.violations(page) == []
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "none")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="MLOps engineer", level=1)).to_be_visible()


def test_an_alias_is_found_while_typing(page: Page) -> None:
    page.goto("/")
    page.get_by_label(SEARCH).press_sequentially("mle")
    found = page.get_by_role("option").filter(has_text="ML engineer")
    expect(found.first).to_contain_text("MLE")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_words_that_nothing_has_are_said_to_find_nothing(page: Page) -> None:
    page.goto("/")
    page.get_by_label(SEARCH).press_sequentially("xyzzy")
    expect(page.get_by_role("status").filter(has_text="None found")).to_have_count(1)


def test_a_reason_unfolds_and_folds_where_it_stands(page: Page) -> None:
    page.goto("/role/ml-engineer")
    why = page.locator("#cover ~ p.follows a.why").first
    why.click()
    reason = page.locator(".unfolded")
    expect(reason).to_contain_text("if x may cover for y and y has responsibility z")
    expect(reason).to_contain_text("data/substitutions.ttl:")
    expect(why).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
    assert axe.violations(page) == []
    why.click()
    expect(reason).to_have_count(0)


def test_a_node_of_the_network_keeps_its_lines_once_picked(page: Page) -> None:
    page.goto("/")
    node = page.locator("svg.network .node", has_text="MLOps engineer")
    node.locator("circle").click()
    page.mouse.move(0, 0)
    expect(node.locator(".over")).to_have_css("visibility", "visible")
    told = page.locator("p.told")
    expect(told).to_contain_text("MLOps engineer: ")
    expect(told).to_contain_text("software engineering")
    node.locator("circle").click()
    expect(told).to_be_hidden()


def test_a_reason_in_a_table_gets_a_row_of_its_own(page: Page) -> None:
    page.goto("/sparql?query=DESCRIBE+<https://w3id.org/mlroles/skill/databases>")
    page.locator("td a.why").first.click()
    expect(page.locator("tr.reason .unfolded")).to_contain_text("On a page of its own")


@pytest.mark.parametrize("path", ["/", "/role/ml-engineer", "/fit", "/sparql", "/ontology"])
def test_a_page_paints_and_its_figures_are_there(page: Page, path: str) -> None:
    page.goto(path)
    painted = page.evaluate(_FIRST_PAINT)
    assert 0 < painted < 10_000  # a page that waits for something outside would hang
    names = [
        entry["name"]
        for entry in page.evaluate(
            "performance.getEntriesByType('resource').map(it => it.toJSON())"
        )
    ]
    assert all(name.startswith(page.url.split("/", 3)[0]) for name in names)
