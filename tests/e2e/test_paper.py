"""The coordinator's pages on A4 paper: tables whole, names readable, and nothing to press."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.showcase import COORDINATOR, Showcase, showcase

BETWEEN_MARGINS: Final = 688
"""The width of A4 between its margins, in pixels."""
WIDER: Final = """() => [...document.querySelectorAll("table")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.id)"""
SQUEEZED: Final = """() => [...document.querySelectorAll("td, th, td li > span:first-child")]
  .filter((one) => one.innerText.trim().length > 8 && one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().width < 24).map((one) => one.innerText)"""
PAGES: Final[list[tuple[str, dict[str, Any]]]] = [
    ("participants.list_participants", {}),
    ("supply.page", {}),
    ("rounds.one", {"number": 2}),
    ("history.proposals", {}),
    ("fairness.page", {"number": 2}),
    ("audit.trail", {}),
]


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    folder = tmp_path_factory.mktemp("paper")
    shutil.copy(sqlite_template, folder / "showcase.sqlite3")
    with showcase(f"sqlite:///{folder}/showcase.sqlite3", folder) as site:
        yield site


@pytest.fixture
def paper(site: Showcase, window: BrowserContext) -> Page:
    name = site.app.config["SESSION_COOKIE_NAME"]
    window.add_cookies([{"name": name, "value": site.cookies[COORDINATOR], "url": site.address}])
    page = window.new_page()
    page.set_viewport_size({"width": BETWEEN_MARGINS, "height": 980})
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize(("endpoint", "values"), PAGES, ids=[endpoint for endpoint, _ in PAGES])
def test_a_page_is_whole_on_paper(site: Showcase, paper: Page, endpoint: str, values: dict[str, Any]) -> None:
    paper.goto(site.url_for(endpoint, **values))

    assert (paper.evaluate(WIDER), paper.evaluate(SQUEEZED)) == ([], [])
    assert paper.locator("nav:visible, .button:visible").count() == 0
