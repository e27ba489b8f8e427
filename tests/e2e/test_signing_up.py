from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.newcomers import LEVELS, Newcomer
from tests.started_sites import StartedSite, line_of


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartedSite]:
    site = StartedSite(tmp_path_factory.mktemp("site"))
    line_of(site.start(), "Sign in as coordinator: ")
    yield site
    site.end()


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[BrowserContext]:
    """A window in which no script runs."""
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(15_000)
    yield context
    context.close()


def test_the_competencies_can_be_rated_by_keyboard_alone(site: StartedSite, window: BrowserContext) -> None:
    newcomer = Newcomer(window.new_page())
    newcomer.finds_the_form(site.address)
    newcomer.says_who_she_is()
    newcomer.rates_herself_by_keyboard()

    rated = newcomer.page.locator("input.level-now:checked").evaluate_all("all => all.map(one => Number(one.value))")
    assert tuple(rated) == LEVELS
    expect(newcomer.page.get_by_role("button", name="Sign up")).to_be_focused()


def test_the_running_count_follows_the_ratings(site: StartedSite, window: BrowserContext) -> None:
    newcomer = Newcomer(window.new_page())
    newcomer.finds_the_form(site.address)
    row = newcomer.page.locator(".competency").first
    row.locator("input.level-now").nth(3).check()

    expect(newcomer.page.locator("[data-tally]")).to_have_text("1 of 16 rated: 1 strength, 0 gaps")
    expect(row.locator(".verdict-strength")).to_be_visible()


def test_a_faulty_form_keeps_what_was_typed_and_leads_to_each_fault(site: StartedSite, window: BrowserContext) -> None:
    newcomer = Newcomer(window.new_page(), email="noor at tarnhollow")
    newcomer.finds_the_form(site.address)
    newcomer.says_who_she_is()
    newcomer.page.get_by_role("button", name="Sign up").click()

    summary = newcomer.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(newcomer.page.get_by_label("Work email")).to_have_value("noor at tarnhollow")
    summary.get_by_role("link").first.click()
    expect(newcomer.page.get_by_label("Work email")).to_be_focused()


def test_the_whole_form_works_without_script(site: StartedSite, scriptless: BrowserContext) -> None:
    newcomer = Newcomer(scriptless.new_page(), name="Noscript Nora", email="nora@tarnhollow.example")
    newcomer.finds_the_form(site.address)
    newcomer.says_who_she_is()
    newcomer.rates_herself_by_mouse()
    newcomer.sends_the_form()
    newcomer.confirms(Path(site.folder) / "mail")

    expect(newcomer.page.get_by_text("Noscript Nora")).to_be_visible()
