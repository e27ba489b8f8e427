"""Going through a proposal by keys alone, and switching the keys off."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.showcase import COORDINATOR, Showcase, showcase

CURRENT = "#pairings tr.is-current"


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    folder = tmp_path_factory.mktemp("keys")
    shutil.copy(sqlite_template, folder / "showcase.sqlite3")
    with showcase(f"sqlite:///{folder}/showcase.sqlite3", folder) as site:
        yield site


@pytest.fixture
def page(site: Showcase, window: BrowserContext) -> Page:
    name = site.app.config["SESSION_COOKIE_NAME"]
    window.add_cookies([{"name": name, "value": site.cookies[COORDINATOR], "url": site.address}])
    page = window.new_page()
    page.goto(site.url_for("rounds.one", number=2))
    return page


def test_a_pair_is_locked_and_unlocked_by_keys_alone(page: Page, complaints: list[str]) -> None:
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    expect(page.locator("#pairings tbody tr").first).to_be_focused()

    page.keyboard.press("l")
    expect(page.get_by_role("heading", name="Lock", level=1)).to_be_visible()
    expect(page.get_by_role("region", name="What it does")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(CURRENT).get_by_text("Locked")).to_be_visible()

    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Undone.")
    expect(page.locator(CURRENT).get_by_text("Locked")).to_have_count(0)
    assert complaints == []


def test_enter_opens_the_mentee_and_b_bars_the_pair(page: Page) -> None:
    page.keyboard.press("j")
    mentee = page.locator("#pairings tbody tr").first.locator("td a").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=mentee, level=1)).to_be_visible()

    page.go_back()
    page.keyboard.press("j")
    page.keyboard.press("b")
    expect(page.get_by_role("heading", name="Bar", level=1)).to_be_visible()


def test_the_keys_are_shown_and_can_be_switched_off_for_good(page: Page) -> None:
    page.keyboard.press("?")
    shown = page.get_by_role("dialog", name="Keys on this page")
    shown.get_by_label("Use these keys").uncheck()
    shown.get_by_role("button", name="Close").click()
    page.reload()

    for key in ("j", "?"):
        page.keyboard.press(key)

    expect(page.locator(CURRENT)).to_have_count(0)
    expect(shown).to_be_hidden()


def test_typing_in_a_field_presses_no_keys(page: Page) -> None:
    page.get_by_label("Name or site").press_sequentially("jlb?u")

    expect(page.locator(CURRENT)).to_have_count(0)
    expect(page.get_by_label("Name or site")).to_have_value("jlb?u")
