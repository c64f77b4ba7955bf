"""The pages for people, walked through as they would: wide and narrow, light and dark."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

import axe
from mlroles import paths

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
)
HEAVIEST = 100_000  # bytes of a page and all that it loads, compressed


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """Return a narrow page without JavaScript."""
    context = browser.new_context(
        base_url=address, java_script_enabled=False, viewport={"width": 390, "height": 900}
    )
    yield context.new_page()
    context.close()


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


def test_a_job_seeker_finds_a_role_by_an_alias(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_label("Search roles, skills and responsibilities").fill("mle")
    plain.keyboard.press("Enter")
    expect(plain.get_by_role("heading", name="ML engineer", level=1)).to_be_visible()


def test_a_job_seeker_sees_what_is_lacking_and_the_query_that_says_so(plain: Page) -> None:
    plain.goto("/fit")
    plain.get_by_label("statistics", exact=True).check()
    plain.get_by_label("mathematics", exact=True).check()
    plain.get_by_role("button", name="Show the roles").click()
    first = plain.locator(".fits li").first
    expect(first).to_contain_text("Research scientist")
    expect(first).to_contain_text("You lack machine learning")
    plain.get_by_text("The SPARQL that did it").click()
    plain.get_by_role("link", name="Run it in the SPARQL form").click()
    expect(plain.get_by_label("Query", exact=True)).to_contain_text("skill/statistics")


def test_a_hiring_manager_compares_a_role_with_its_neighbour(plain: Page) -> None:
    plain.goto("/role/ml-engineer")
    plain.get_by_label("Compare with").select_option(label="Data scientist")
    plain.get_by_role("button", name="Compare", exact=True).click()
    skills = plain.get_by_role("group", name="Skills")
    row = skills.get_by_role("row", name="machine learning stated high-level")
    expect(row).to_be_visible()
    expect(plain.get_by_role("group", name="Aspects")).to_contain_text("depends")


def test_a_team_lead_loads_a_team(plain: Page) -> None:
    plain.goto("/team")
    plain.get_by_label("Or a Turtle file").set_input_files(paths.EXAMPLES / "team.ttl")
    plain.get_by_role("button", name="Show what it covers").click()
    expect(plain.get_by_role("heading", name="Ranking team")).to_be_visible()
    expect(plain.get_by_text("train ML models Ada alone")).to_be_visible()


def test_a_team_lead_puts_a_team_together_and_takes_it_away(plain: Page) -> None:
    plain.goto("/team")
    plain.get_by_label("Name", exact=True).first.fill('Ada <script>"')
    plain.get_by_label("Role", exact=True).first.select_option(label="ML engineer")
    plain.get_by_role("button", name="Add a person").click()
    expect(plain.get_by_label("Name", exact=True).first).to_have_value('Ada <script>"')
    plain.get_by_role("button", name="Show what it covers").click()
    expect(plain.get_by_role("heading", name="Our team")).to_be_visible()
    expect(plain.get_by_text('train ML models Ada <script>" alone')).to_be_visible()
    plain.get_by_text("The team as Turtle").click()
    with plain.expect_download() as download:
        plain.get_by_role("button", name="Download it").click()
    assert "role:ml-engineer" in download.value.path().read_text("utf-8")


def test_a_mistake_in_a_team_is_shown_at_its_place(plain: Page) -> None:
    plain.goto("/team")
    text = (paths.EXAMPLES / "team.ttl").read_text("utf-8").replace("mlr:holdsRole", "mlr:holdRole")
    plain.get_by_label("Or a Turtle file").set_input_files(
        {"name": "team.ttl", "mimeType": "text/turtle", "buffer": text.encode()}
    )
    plain.get_by_role("button", name="Show what it covers").click()
    expect(plain.get_by_role("alert")).to_contain_text("Line 23, column 5: mlr:holdRole")


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
