"""Debian's Chromium, steered by Playwright; it asks nobody for anything but the pages."""

import contextlib
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

import peers

_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """Yield the browser; a test is skipped, or fails in CI, where there is none."""
    program = peers.need("chromium", package="chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_OPTIONS)
        yield browser
        browser.close()
