"""The pages for people, walked through as they would: wide and narrow, light and dark."""

import pytest
from playwright.sync_api import Page, expect

import axe

pytestmark = pytest.mark.slow

PAGES = (
    "/",
    "/search?q=data",
    "/role/ml-engineer",
    "/skill/machine-learning",
    "/compare",
    "/compare?role=ml-engineer&role=data-scientist&role=mlops-engineer",
    "/fit",
    "/fit?skill=statistics&skill=mathematics",
    "/team",
    "/about",
    "/queries",
    "/explain?s=role:mlops-engineer&p=a&o=mlr:DualSkillRole",
    "/explain?s=role:foo&p=a&o=mlr:DualSkillRole",
    "/responsibility",
    "/section/skill-map",
    "/dataset",
    "/graphs",
)
HEAVIEST = 100_000  # bytes of a page and all that it loads, compressed


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_the_window_and_keeps_nobody_out(page: Page, path: str) -> None:
    for scheme, width in (("light", 1280), ("dark", 390)):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert axe.violations(page) == []


@pytest.mark.parametrize("path", [*PAGES, "/ontology"])
def test_a_page_weighs_little(page: Page, path: str) -> None:
    page.goto(path)
    weight = page.evaluate(
        "[...performance.getEntriesByType('navigation'),"
        " ...performance.getEntriesByType('resource')]"
        ".reduce((sum, entry) => sum + entry.encodedBodySize, 0)"
    )
    assert 0 < weight < HEAVIEST


def test_roles_at_one_place_of_the_skill_map_can_all_be_read(page: Page) -> None:
    page.goto("/")
    texts = page.locator("svg.map .mark text")
    boxes = [box for box in (texts.nth(n).bounding_box() for n in range(texts.count())) if box]
    assert len(boxes) >= 14
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            apart_x = (
                one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            )
            apart_y = (
                one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
            )
            assert apart_x or apart_y


def test_the_map_says_only_what_the_text_does(page: Page) -> None:
    page.goto("/")
    page.get_by_text("Where each of these is stated").click()
    sources = page.locator(".sources > div")
    expect(sources.filter(has_text="Data engineer")).to_contain_text("machine learning: minimal")
    expect(sources.filter(has_text="Developer advocate")).to_contain_text("neither skill")


def test_on_a_narrow_screen_the_map_is_a_list_and_the_network_says_that_it_goes_on(
    page: Page,
) -> None:
    page.goto("/")
    places = page.locator(".places")
    expect(places).to_be_hidden()
    expect(page.locator("svg.map")).to_be_visible()
    expect(page.locator(".swipe")).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 900})
    expect(page.locator("svg.map")).to_be_hidden()
    expect(page.locator(".swipe")).to_contain_text("The skills are to the right")
    minimal = places.locator("div", has_text="machine learning: minimal")
    expect(minimal).to_contain_text("Data engineer")
    assert places.locator("a").count() == page.locator("svg.map .mark").count()


@pytest.mark.parametrize("path", ["/about", "/role/data-engineer"])
def test_the_article_is_named_and_leads_to_its_page(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_role("link", name="Machine learning roles", exact=True).click()
    assert page.url.endswith("/article/machine-learning-roles")
    expect(page.get_by_role("heading", name="Machine learning roles", level=1)).to_be_visible()


@pytest.mark.parametrize("path", ["/dataset", "/graphs"])
def test_on_a_narrow_screen_nothing_is_beyond_the_side(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollHeight") < 5_000
    page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for part in page.locator(".scroll").all():
        assert part.evaluate("it => it.scrollWidth <= it.clientWidth")


def test_a_citation_is_not_cut_off(page: Page) -> None:
    page.goto("/about")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for text in page.locator("pre").all():
            assert text.evaluate("it => it.scrollWidth <= it.clientWidth")


def test_pointing_at_a_role_of_the_network_shows_its_lines(page: Page) -> None:
    page.goto("/")
    node = page.locator("svg.network .node", has_text="MLOps engineer")
    expect(node.locator(".over")).to_have_css("visibility", "hidden")
    node.locator("text").hover()
    expect(node.locator(".over")).to_have_css("visibility", "visible")


def test_the_keyboard_reaches_the_content_at_once(page: Page) -> None:
    page.goto("/role/ml-engineer")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_a_skill_that_one_has_by_a_part_of_it_is_marked(page: Page) -> None:
    page.goto("/fit?skill=software-engineering")
    first = page.locator(".fits > li", has_text="Research engineer").locator(
        "p", has_text="You have"
    )
    expect(first).to_contain_text("engineering inferred")
    expect(first).not_to_contain_text("software engineering inferred")
