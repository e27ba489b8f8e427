"""From the first page to the last mail, as somebody who has just copied the line from the README lives it."""

from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import BrowserContext, expect

from mentormatch.spreadsheets.signups import read_signups
from tests.e2e.coordinators import Coordinator
from tests.e2e.letters import letters_to, text_of, wait_for
from tests.e2e.newcomers import Newcomer
from tests.started_sites import StartedSite, ended, line_of

DEMO = {s.email for s in read_signups((files("mentormatch.cli") / "demo" / "people.csv").read_bytes())}


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartedSite]:
    site = StartedSite(tmp_path_factory.mktemp("site"))
    yield site
    site.end()


def test_from_the_first_page_to_the_last_mail(
    site: StartedSite, window: BrowserContext, other_window: BrowserContext, complaints: list[str]
) -> None:
    running = site.start()
    link, mail = line_of(running, "Sign in as coordinator: "), site.folder / "mail"
    newcomer, coordinator = Newcomer(window.new_page()), Coordinator(other_window.new_page())

    newcomer.finds_the_form(site.address)
    newcomer.says_who_she_is()
    newcomer.rates_herself_by_keyboard()
    newcomer.page.keyboard.press("Enter")
    newcomer.confirms(mail)
    expect(newcomer.page.get_by_text("You are in")).to_be_visible()
    everybody = DEMO | {newcomer.email}

    coordinator.signs_in(link)
    coordinator.sees_how_the_programme_stands(active=len(everybody))
    coordinator.finds(newcomer.name)
    coordinator.starts_a_round_and_watches_it()
    coordinator.reviews_the_proposal()
    assert newcomer.name in coordinator.reads_the_notice_to(newcomer.name, state="Held")
    assert len(letters_to(mail, "@tarnhollow.example")) == 1, "nothing leaves before it is published"

    coordinator.publishes(mails=len(everybody))
    found = wait_for(mail, lambda letters: len(letters) > len(everybody))
    received = Counter(str(letter["To"]) for letter in found)
    assert received == Counter(everybody) + Counter([newcomer.email]), "one each, and the link to confirm with"
    shown = coordinator.reads_the_notice_to(newcomer.name, state="Sent")
    assert any(opening_of(text_of(letter)) in shown for letter in letters_to(mail, newcomer.email))

    assert (complaints, ended(running)) == ([], (0, ""))


def opening_of(text: str) -> str:
    """Return the first line of a letter that says something of its own."""
    return next(line for line in text.splitlines()[1:] if len(line) > 30)
