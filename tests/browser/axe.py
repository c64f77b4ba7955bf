"""axe-core, which finds what keeps people from using a page, run in a page of the browser."""

from typing import Any

from playwright.sync_api import Page

import node


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with the page, one line each with the first element."""
    script = node.installed() / "node_modules" / "axe-core" / "axe.min.js"
    page.evaluate(script.read_text("utf-8"))
    found: Any = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}"
        for one in found["violations"]
    ]
