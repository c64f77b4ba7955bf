"""What a link that the query page copies has in it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.slow

ASSERTED = "https://w3id.org/mlroles/graph/asserted"


def _copied(page: Page) -> str:
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".ask .status")).to_have_text("Link copied.")
    link: str = page.evaluate("navigator.clipboard.readText()")
    return link


def test_a_link_has_the_graph_only_where_one_is_chosen(browser: Browser, address: str) -> None:
    context = browser.new_context(
        base_url=address, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.goto("/sparql?query=ASK+%7B%7D")
    expect(page.locator(".CodeMirror")).to_be_visible()
    plain = _copied(page)
    assert plain.endswith("?query=ASK+%7B%7D")
    page.get_by_role("radio", name="what is stated alone").check()
    chosen = parse_qs(urlsplit(_copied(page)).query, keep_blank_values=True)
    assert chosen == {"query": ["ASK {}"], "default-graph-uri": [ASSERTED]}
    page.goto(plain)
    expect(page.get_by_text("Yes", exact=True)).to_be_visible()
    context.close()
