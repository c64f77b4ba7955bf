"""What readers do on the pages: wide and narrow, light and dark, with scripts and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from mlroles import paths
from windows import STORIES, Window

pytestmark = pytest.mark.slow


@pytest.fixture(params=STORIES, ids=str)
def window(request: pytest.FixtureRequest) -> Window:
    found: Window = request.param
    return found


def test_a_job_seeker_finds_a_role_by_an_alias(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search roles, skills and responsibilities").fill("mle")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="ML engineer", level=1)).to_be_visible()


def test_a_job_seeker_sees_what_is_lacking_and_the_query_that_says_so(page: Page) -> None:
    page.goto("/fit")
    page.get_by_label("statistics", exact=True).check()
    page.get_by_label("mathematics", exact=True).check()
    page.get_by_role("button", name="Show the roles").click()
    first = page.locator(".fits li").first
    expect(first).to_contain_text("Research scientist")
    expect(first).to_contain_text("You lack machine learning")
    page.get_by_text("The SPARQL that did it").click()
    page.get_by_role("link", name="Run it in the SPARQL form").click()
    text = page.locator("textarea[name=query]")
    expect(text).to_have_value(re.compile("skill/statistics"))


def test_a_hiring_manager_compares_a_role_with_its_neighbour(page: Page) -> None:
    page.goto("/role/ml-engineer")
    page.get_by_label("Compare with").select_option(label="Data scientist")
    page.get_by_role("button", name="Compare", exact=True).click()
    skills = page.get_by_role("group", name="Skills")
    row = skills.get_by_role("row", name="machine learning stated high-level")
    expect(row).to_be_visible()
    expect(page.get_by_role("group", name="Aspects")).to_contain_text("depends")


def test_a_team_lead_loads_a_team(page: Page) -> None:
    page.goto("/team")
    page.get_by_label("Or a Turtle file").set_input_files(paths.EXAMPLES / "team.ttl")
    page.get_by_role("button", name="Show what it covers").click()
    expect(page.get_by_role("heading", name="Ranking team")).to_be_visible()
    expect(page.get_by_text("train ML models Ada alone")).to_be_visible()


def test_a_team_lead_puts_a_team_together_and_takes_it_away(page: Page) -> None:
    page.goto("/team")
    page.get_by_label("Name", exact=True).first.fill('Ada <script>"')
    page.get_by_label("Role", exact=True).first.select_option(label="ML engineer")
    page.get_by_role("button", name="Add a person").click()
    expect(page.get_by_label("Name", exact=True).first).to_have_value('Ada <script>"')
    page.get_by_role("button", name="Show what it covers").click()
    expect(page.get_by_role("heading", name="Our team")).to_be_visible()
    expect(page.get_by_text('train ML models Ada <script>" alone')).to_be_visible()
    page.get_by_text("The team as Turtle").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download it").click()
    assert "role:ml-engineer" in download.value.path().read_text("utf-8")


def test_a_mistake_in_a_team_is_shown_at_its_place(page: Page) -> None:
    page.goto("/team")
    text = (paths.EXAMPLES / "team.ttl").read_text("utf-8").replace("mlr:holdsRole", "mlr:holdRole")
    page.get_by_label("Or a Turtle file").set_input_files(
        {"name": "team.ttl", "mimeType": "text/turtle", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Show what it covers").click()
    expect(page.get_by_role("alert")).to_contain_text("Line 23, column 5: mlr:holdRole")
