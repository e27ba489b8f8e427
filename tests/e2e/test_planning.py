"""A participant plans their own development in a real browser: by mouse, by keys alone, and onto paper."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.showcase import PARTICIPANT, Showcase, showcase


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    folder = tmp_path_factory.mktemp("planning")
    shutil.copy(sqlite_template, folder / "showcase.sqlite3")
    with showcase(f"sqlite:///{folder}/showcase.sqlite3", folder) as site:
        yield site


@pytest.fixture
def page(site: Showcase, window: BrowserContext) -> Page:
    name = site.app.config["SESSION_COOKIE_NAME"]
    window.add_cookies([{"name": name, "value": site.cookies[PARTICIPANT], "url": site.address}])
    page = window.new_page()
    page.goto(site.url_for("my.home"))
    return page


def test_from_the_home_to_the_plan_to_hours_that_add_up(page: Page, complaints: list[str]) -> None:
    page.get_by_role("link", name="My plan").click()
    page.get_by_role("link", name="Write down what you did").first.click()
    experience = page.get_by_role("group", name="Experience")
    experience.get_by_label("This is done").check()
    experience.get_by_label("Hours spent").fill("6")
    page.get_by_role("group", name="Study").get_by_label("Hours spent").fill("2")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("status")).to_contain_text("Your plan is saved.")
    expect(page.locator(".tile", has_text="Hours written down")).to_contain_text("8")
    expect(page.locator(".tile", has_text="Activities done")).to_contain_text("1 of 9")
    assert complaints == []


def test_levels_are_rated_again_by_keys_alone(page: Page, site: Showcase, complaints: list[str]) -> None:
    page.goto(site.url_for("plans.rate_again"))
    page.get_by_label("In the middle of the mentorship").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="2 Guided").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    row = page.get_by_role("row", name="Strategic orientation")
    expect(row).to_contain_text("2 Guided")
    expect(row).to_contain_text("3 Independent")
    assert complaints == []


def test_on_paper_there_are_no_buttons_and_the_bars_keep_their_colour(page: Page, site: Showcase) -> None:
    page.goto(site.url_for("plans.page"))
    page.emulate_media(media="print")

    expect(page.get_by_role("link", name="Write down what you did").first).to_be_hidden()
    assert page.locator(".picture-bar").first.evaluate("bar => getComputedStyle(bar).printColorAdjust") == "exact"
