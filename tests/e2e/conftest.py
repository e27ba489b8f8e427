"""A real browser, and what it complains of while a test looks at pages."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.databases import missing

NO_CHROMIUM = "no Chromium here: apt-get install chromium-headless-shell"
_QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # The first draws the same pages without a window around them, and is sooner done.
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        missing(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_QUIET))
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console complained of: faults of scripts, and what the content policy refused."""
    return []


@pytest.fixture
def window(browser: Browser, complaints: list[str]) -> Iterator[BrowserContext]:
    yield from _window(browser, complaints)


@pytest.fixture
def other_window(browser: Browser, complaints: list[str]) -> Iterator[BrowserContext]:
    """A window that shares nothing with the first one, as on another person's machine."""
    yield from _window(browser, complaints)


def _window(browser: Browser, complaints: list[str]) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/Amsterdam")
    context.set_default_timeout(15_000)
    context.on("weberror", lambda fault: complaints.append(f"{fault.page and fault.page.url}: {fault.error}"))
    context.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield context
    context.close()
