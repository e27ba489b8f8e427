"""Somebody who signs up: finds the programme, fills in the form, partly or wholly without a mouse, and confirms."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, expect

from tests.e2e.letters import letter_to, link_in

LEVELS: Final = (0, 1, 1, 2, 0, 1, 2, 2, 1, 0, 1, 1, 2, 0, 1, 0)
"""How the newcomer rates the sixteen, in the order of the form."""


@dataclass(frozen=True)
class Newcomer:
    """A visitor with a browser window, a name and a mailbox."""

    page: Page
    name: str = "Noor van den Heuvel"
    email: str = "noor.heuvel@tarnhollow.example"

    def finds_the_form(self, address: str) -> None:
        """Go from the first page through the programme to the form."""
        self.page.goto(address)
        self.page.get_by_role("link", name="Lean mentoring at Tarnhollow").click()
        self.page.get_by_role("main").get_by_role("link", name="Sign up").click()
        expect(self.page.get_by_role("heading", name="Sign up", level=1)).to_be_visible()

    def says_who_she_is(self) -> None:
        """Fill in everything above the competencies."""
        form = self.page.locator("#sign-up")
        form.get_by_label("Name", exact=True).fill(self.name)
        form.get_by_label("Work email").fill(self.email)
        form.get_by_label("Organisation", exact=True).fill("Tarnhollow Pumps")
        form.get_by_label("Site", exact=True).fill("Rotterdam")
        form.get_by_label("Time zone").select_option("Europe/Amsterdam")
        form.get_by_label("English", exact=True).check()
        for question in ("Position you are in now", "Position you aim at"):
            form.get_by_role("group", name=question).get_by_role("radio").last.check()
        form.get_by_label("I want a mentor").check()
        for question in ("Lean Certification you hold", "Lean Certification you pursue"):
            form.get_by_role("group", name=question).get_by_label("None", exact=True).check()
        form.get_by_label("Mentorships you have completed").fill("0")

    def offers_to_mentor_too(self) -> None:
        """Offer two places beside the wish for a mentor."""
        form = self.page.locator("#sign-up")
        form.get_by_label("I offer to mentor", exact=True).check()
        form.get_by_role("group", name="how many people at most").get_by_label("2", exact=True).check()

    def rates_herself_by_mouse(self, levels: Sequence[int] = LEVELS) -> None:
        """Choose a level in each row."""
        for row, level in enumerate(levels):
            self.page.locator(".competency").nth(row).locator("input.level-now").nth(level).check()

    def rates_herself_by_keyboard(self) -> None:
        """Go through the rows with Tab, Space and the arrow keys; send the form with Enter."""
        self.page.locator("input.level-now").first.focus()
        for level in LEVELS:
            self.page.keyboard.press("Space")
            for _ in range(level):
                self.page.keyboard.press("ArrowRight")
            self.page.keyboard.press("Tab")
            self.page.keyboard.press("Tab")

    def sends_the_form(self) -> None:
        """Press the button below the form."""
        self.page.locator("#sign-up").get_by_role("button", name="Sign up").click()
        expect(self.page.get_by_role("heading", name="Look into your mail")).to_be_visible()

    def confirms(self, mail_folder: Path) -> None:
        """Open the link from the mail and press its button."""
        self.page.goto(link_in(letter_to(mail_folder, self.email)))
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="Your sign-up")).to_be_visible()
