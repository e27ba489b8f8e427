"""A participant in a browser: signs in by mail, plans, answers, meets, pauses, and takes their data away."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, expect

from tests.e2e.letters import letters_to, link_in, text_of, wait_for

_ANSWER_LINK: Final = re.compile(r"http://127\.0\.0\.1:\d+/answer/\S+")


@dataclass(frozen=True, slots=True)
class Words:
    """What the ways of a participant are called in one language."""

    address: str = "Your email address"
    mail_me: str = "Mail me a link"
    sign_in: str = "Sign in"
    hello: str = "Hello"
    pages: str = "Your pages"
    wishes: str = "Wishes"
    pause: str = "Pause"
    paused: str = "You are paused"


ENGLISH: Final = Words()
GERMAN: Final = Words(
    address="Ihre E-Mail-Adresse",
    mail_me="Link zuschicken",
    sign_in="Einloggen",
    hello="Guten Tag",
    pages="Ihre Seiten",
    wishes="Wünsche",
    pause="Pausieren",
    paused="Sie pausieren",
)


@dataclass(frozen=True)
class Person:
    """A participant with a browser window, a mailbox and a language, on one site."""

    page: Page
    email: str
    site: str
    mail: Path
    words: Words = ENGLISH

    def asks_for_a_link(self) -> None:
        """Ask the site for a mail to sign in with."""
        self.page.goto(f"{self.site}/sign-in/")
        main = self.page.get_by_role("main")
        main.get_by_label(self.words.address).fill(self.email)
        main.get_by_role("button", name=self.words.mail_me).click()
        self.page.wait_for_url("**/sign-in/sent")

    def link_mails(self) -> Mapping[str, EmailMessage]:
        """Return the mails that hold a link to sign in with, by their Message-ID."""
        mails = letters_to(self.mail, self.email)
        return {letter["Message-ID"]: letter for letter in mails if "/sign-in/" in text_of(letter)}

    def signs_in(self) -> EmailMessage:
        """Ask for a link, press the button behind it, and arrive at one's own home; return the mail."""
        old = self.link_mails().keys()
        self.asks_for_a_link()
        wait_for(self.mail, lambda _: len(self.link_mails()) > len(old))
        (letter,) = (letter for key, letter in self.link_mails().items() if key not in old)
        self.page.goto(link_in(letter))
        self.page.get_by_role("main").get_by_role("button", name=self.words.sign_in).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(self.words.hello)
        return letter

    def goes_to(self, room: str) -> None:
        """Choose one of one's own pages in the navigation."""
        self.page.get_by_role("navigation", name=self.words.pages).get_by_role("link", name=room).click()

    def writes_down_what_was_done(self) -> None:
        """Open the plan and note six hours of experience with the gap that weighs most."""
        self.goes_to("Plan")
        self.page.get_by_role("link", name="Write down what you did").first.click()
        experience = self.page.get_by_role("group", name="Experience")
        experience.get_by_label("This is done").check()
        experience.get_by_label("Hours spent").fill("6")
        self.page.get_by_role("button", name="Save").click()
        expect(self.page.locator(".tile", has_text="Hours written down")).to_contain_text("6")

    def answer_links(self) -> list[str]:
        """Return the links by which this person answers without signing in, as the mails hold them."""
        return [link for letter in letters_to(self.mail, self.email) for link in _ANSWER_LINK.findall(text_of(letter))]

    def opens_the_link_that_says(self, words: str) -> None:
        """Open the mailed links until a page says this."""
        for link in self.answer_links():
            self.page.goto(link)
            if words in self.page.get_by_role("main").inner_text():
                return
        raise AssertionError(f"no link in the mails to {self.email} leads to: {words}")

    def declines(self, reason: str) -> str:
        """Decline the pairing of the page with a reason; return the partner's name."""
        partner = self.page.get_by_role("heading", level=1).inner_text()
        self.page.get_by_text("Decline instead").click()
        self.page.get_by_label("Why does it not fit?").fill(reason)
        self.page.get_by_role("button", name="Decline this pairing").click()
        expect(self.page.get_by_role("heading", name="You have declined")).to_be_visible()
        return partner

    def accepts(self) -> None:
        """Press the button of the pairing's page."""
        self.page.get_by_role("main").get_by_role("button", name="Accept").click()
        expect(self.page.get_by_role("button", name="Accept")).to_have_count(0)

    def opens_the_pairing_with(self, partner: str) -> None:
        """Go to the page of one pairing."""
        self.goes_to("Pairings")
        self.page.get_by_role("main").get_by_role("link", name=partner).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(partner)

    def invites_to_the_first_time(self) -> None:
        """Take the first of the times that are proposed."""
        self.page.get_by_role("button", name="Invite for this time").first.click()
        expect(self.page.get_by_role("status")).to_contain_text("The invitation is on its way")

    def pauses(self) -> None:
        """Take a pause from the page of wishes."""
        self.goes_to(self.words.wishes)
        self.page.get_by_role("button", name=self.words.pause, exact=True).click()
        expect(self.page.get_by_role("main").get_by_text(self.words.paused, exact=True)).to_be_visible()

    def takes_mentees(self, places: int) -> None:
        """Say for how many mentees there is room."""
        self.goes_to("Wishes")
        self.page.get_by_label("Mentees at most").fill(str(places))
        self.page.get_by_role("button", name="Save my places").click()
        expect(self.page.get_by_role("status")).to_be_visible()

    def takes_the_data_away(self) -> Any:  # noqa: ANN401 -- whatever the file holds
        """Download the archive; return what its JSON file holds."""
        self.goes_to("My data")
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Download everything").click()
        with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as archive:
            assert archive.testzip() is None
            return json.loads(archive.read("data.json"))

    def has_it_all_erased(self) -> None:
        """Go from the data to the question, and say yes."""
        self.goes_to("My data")
        self.page.get_by_role("link", name="To erase my data").click()
        self.page.get_by_role("button", name="Yes, erase me").click()
        expect(self.page.get_by_role("status")).to_contain_text("Your data in this programme is erased.")
