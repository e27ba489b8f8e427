"""A coordinator at the workbench: imports, compares, adopts, adjusts, solves again, publishes, mends a lost mail."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

_SOLVED = 60_000
"""Milliseconds that a round of this size may take on a busy machine."""


@dataclass(frozen=True)
class Workbench:
    """The pages of one programme in a coordinator's browser."""

    page: Page

    def goes_to(self, part: str) -> None:
        """Choose a part of the programme in the navigation."""
        self.page.get_by_role("navigation", name="Programme").get_by_role("link", name=part).click()

    def imports(self, file: Path, people: int) -> None:
        """Send a spreadsheet in, look at what it would do, and confirm."""
        self.goes_to("Participants")
        self.page.get_by_role("link", name="Import").first.click()
        self.page.locator("input[type=file]").set_input_files(file)
        self.page.get_by_role("button", name="Look it through").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(f"{people} ready")
        self.page.get_by_role("button", name=f"Import {people} people").click()
        expect(self.page.get_by_role("status").first).to_contain_text(str(people))

    def looks_at_supply_and_demand(self) -> None:
        """Open the heat map from the overview: a row for each competency."""
        self.goes_to("Overview")
        self.page.get_by_role("link", name="Supply and demand").first.click()
        expect(self.page.get_by_role("heading", name="Supply and demand", level=1)).to_be_visible()
        expect(self.page.get_by_role("main").locator("tbody th[scope=row]")).to_have_count(16)

    def compares_three_policies_and_adopts_the_second(self, address: str) -> None:
        """Put three policies side by side and adopt the one that pairs as many as possible."""
        self.page.goto(address)
        self.page.get_by_role("button", name="Add a policy").click()
        self.page.get_by_label("What a round aims at, policy B").select_option("participation")
        self.page.get_by_label("Least share of a gap, in per cent, policy C").fill("30")
        self.page.get_by_role("button", name="Compare").click()
        expect(self.page.locator("#comparison")).to_be_visible(timeout=_SOLVED)
        self.page.get_by_role("button", name="Adopt policy B").click()

    def starts_a_round(self) -> None:
        """Press the one button and wait for the proposal."""
        self.goes_to("Rounds")
        self.page.get_by_role("button", name=re.compile(r"^Start round \d+$")).click()
        self.waits_for_the_proposal()

    def waits_for_the_proposal(self) -> None:
        """Stay on the page until it shows pairs."""
        expect(self.page.locator("#pairings")).to_be_visible(timeout=_SOLVED)

    def pairs(self) -> list[str]:
        """Read the pairs of the page, once it has come whole: the mentor's and the mentee's name."""
        self.page.wait_for_load_state()
        names = "(rows) => rows.map((row) => ['th a', 'td a'].map((side) => row.querySelector(side).innerText))"
        return [" and ".join(pair) for pair in self.page.locator("#pairings tbody tr").evaluate_all(names)]

    def decides(self, row: int, deed: str) -> str:
        """Lock or bar the pair in a row: see what it does, make the change; return the pair."""
        pair = self.pairs()[row]
        self.page.locator("#pairings tbody tr").nth(row).get_by_role("link", name=deed).click()
        self.makes_the_change()
        return pair

    def makes_the_change(self) -> None:
        """Read what it does and say yes."""
        expect(self.page.get_by_role("heading", name="What it does")).to_be_visible(timeout=_SOLVED)
        self.page.get_by_role("button", name="Make this change").click()
        expect(self.page.get_by_role("heading", name="Adjustments", exact=True)).to_be_visible()

    def solves_again(self, number: int) -> None:
        """Re-solve and wait for the next proposal."""
        self.page.locator("#adjustments").get_by_role("button", name="Re-solve").click()
        self.waits_for_the_proposal()
        expect(self.page.locator("#adjustments")).to_contain_text("was solved with all of them")
        self.page.goto(f"{self.page.url.partition('#')[0].partition('?')[0]}/proposals/{number}")
        expect(self.page.get_by_role("heading", name="What moved")).to_be_visible()
        self.page.get_by_role("link", name="Round 1", exact=True).first.click()

    def unpaired(self) -> list[str]:
        """Name the mentees without a mentor, as far as the first page goes."""
        here = self.page.url
        self.page.goto(f"{here.partition('#')[0].partition('?')[0]}/unpaired")
        names = self.page.locator("#mentees tbody th").all_inner_texts()
        self.page.goto(here)
        return names

    def gives_the_place_that_would_help(self) -> str:
        """Take the first offered place for somebody unpaired; return their name."""
        self.page.goto(f"{self.page.url.partition('#')[0].partition('?')[0]}/unpaired")
        row = self.page.locator("#mentees tbody tr").filter(has=self.page.get_by_role("link", name="Give it")).first
        name = row.locator("th").inner_text()
        row.get_by_role("link", name="Give it").first.click()
        self.makes_the_change()
        return name

    def waits_until(self, is_so: Callable[[], bool]) -> None:
        """Leave the page as it is until something has happened, for a minute at most."""
        for _ in range(120):
            if is_so():
                return
            self.page.wait_for_timeout(500)
        raise AssertionError("it did not happen within a minute")

    def publishes(self) -> None:
        """Press publish, read the count, and confirm."""
        self.page.get_by_role("link", name="Publish").first.click()
        self.page.get_by_role("button", name="Publish and send").click()
        expect(self.page.get_by_text("Published on")).to_be_visible()

    def sends_the_failed_one_again(self, address: str) -> None:
        """Find the mail that did not arrive, read the server's words, correct the address and send it again."""
        self.goes_to("Notices")
        self.page.goto(f"{self.page.url.partition('?')[0]}?state=failed")
        row = self.page.locator("#notices tbody tr")
        expect(row).to_have_count(1)
        expect(row).to_contain_text("550")
        row.get_by_role("link").first.click()
        self.page.get_by_label("Send it to").fill(address)
        self.page.get_by_role("button", name="Send it again").click()
        expect(self.page.get_by_text("on its way to the corrected address")).to_be_visible()
