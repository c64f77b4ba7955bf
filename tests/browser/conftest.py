"""A real browser, Debian's Chromium, on a real server."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from chromium import launched
from serving import serving
from windows import Window

_BUILD = Path(__file__).parents[2] / "server" / "frontend" / "build_hook.py"


@pytest.fixture(scope="session", autouse=True)
def bundle() -> None:
    """Make the bundle, as the install does; the server serves it from its own folder."""
    subprocess.run([sys.executable, _BUILD], check=True)


@pytest.fixture(scope="session")
def address(closures: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where the server answers."""
    place = tmp_path_factory.mktemp("server")
    command = f"exec {sys.executable} -m mlroles serve"
    with serving(command, place, {"MLROLES_CACHE_DIR": str(closures)}) as server:
        yield server.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def window() -> Window:
    """Return how the page is looked at; stories are told in several."""
    return Window()


@pytest.fixture
def page(browser: Browser, address: str, window: Window) -> Iterator[Page]:
    """Return a page; what the browser complains of, or asks of another host, fails the test."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": window.width, "height": 900},
        color_scheme="dark" if window.dark else "light",
        java_script_enabled=window.scripts,
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.extend(_complaint(message, page)))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.extend(_failed(request)))
    page.on("request", lambda request: wrong.extend(_elsewhere(request, address)))
    yield page
    context.close()
    assert wrong == []


def _complaint(message: ConsoleMessage, page: Page) -> list[str]:
    """Tell what the browser says, unless it is that the page itself tells of a problem."""
    ours = message.location["url"] == page.url and "the server responded with" in message.text
    return [] if ours else [f"{message.type}: {message.text}"]


def _failed(request: Request) -> list[str]:
    """Tell of a request that failed, unless the page was left before its answer came."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url}"]


def _elsewhere(request: Request, address: str) -> list[str]:
    ours = urlsplit(request.url).netloc == urlsplit(address).netloc
    return [] if ours else [f"asked elsewhere: {request.url}"]
