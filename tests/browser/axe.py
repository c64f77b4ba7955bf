"""axe-core, which finds what keeps people from using a page, run in a page of the browser."""

from typing import Any

from playwright.sync_api import Page

import node

#: Contrast is looked at outside of pictures: there it takes axe a minute, for the same colours.
_RUNS = """Promise.all([
  () => axe.run({ exclude: [['svg']] }, { resultTypes: ['violations'] }),
  () => axe.run(document, {
    resultTypes: ['violations'], rules: { 'color-contrast': { enabled: false } } }),
].map(((last) => (run) => (last = last.then(run)))(Promise.resolve())))"""


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with the page, one line each with the first element."""
    script = node.installed() / "node_modules" / "axe-core" / "axe.min.js"
    page.evaluate(script.read_text("utf-8"))
    found: Any = page.evaluate(_RUNS)
    wrong = [one for run in found for one in run["violations"]]
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in wrong]
