"""The page of the ontology in a browser."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow


def test_a_box_of_the_diagram_leads_to_its_class(page: Page) -> None:
    page.goto("/ontology")
    page.locator("svg.diagram a[href='#SkillRequirement'] .title").click()
    assert page.url.endswith("/ontology#SkillRequirement")
    expect(page.locator("#SkillRequirement h3")).to_be_in_viewport()


def test_pointing_at_a_box_shows_where_its_lines_lead(page: Page) -> None:
    page.goto("/ontology")
    box = page.locator("svg.diagram .box", has_text="skill requirement").first
    line = box.locator(".over").first
    expect(line).to_have_css("visibility", "hidden")
    box.locator("rect").hover()
    expect(line).to_have_css("visibility", "visible")


def test_a_link_to_a_term_arrives_there(page: Page) -> None:
    page.goto("/ontology#role/ml-engineer")
    expect(page.locator("[id='role/ml-engineer']")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window_but_the_diagram_in_its_frame(
    page: Page, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/ontology")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_diagram_can_be_scrolled_with_the_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/ontology")
    frame = page.get_by_role("group", name="Class diagram")
    frame.focus()
    page.keyboard.press("ArrowRight")
    expect(frame).not_to_have_js_property("scrollLeft", 0)
