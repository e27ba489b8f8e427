"""A coordinator at work: signs in from the console, looks round, runs a round, reads, publishes, reads again."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect


@dataclass(frozen=True)
class Coordinator:
    """Somebody with a browser window and the link from the console."""

    page: Page

    def signs_in(self, link: str) -> None:
        """Open the link and press its button; it leads to the list of programmes."""
        self.page.goto(link)
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="Programmes", level=1)).to_be_visible()

    def sees_how_the_programme_stands(self, active: int) -> None:
        """Open the overview: how many are in, and what is offered beside what is wanted."""
        self.page.get_by_role("table").get_by_role("link", name="Lean mentoring at Tarnhollow").click()
        expect(self.page.locator(".tile", has_text="Active participants")).to_contain_text(str(active))
        expect(self.page.get_by_role("table", name="Supply and demand")).to_be_visible()

    def finds(self, name: str) -> None:
        """Search for a participant and open their page."""
        self.goes_to("Participants")
        self.page.get_by_label("Name, address, organisation or site").fill(name)
        self.page.get_by_role("button", name="Find").click()
        self.page.get_by_role("link", name=name, exact=True).click()
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()

    def starts_a_round_and_watches_it(self) -> None:
        """Press the one button and wait until the page itself says that the proposal is there."""
        self.goes_to("Rounds")
        self.page.get_by_role("button", name="Start round 1").click()
        expect(self.page.get_by_role("heading", name="Pairs", exact=True)).to_be_visible(timeout=60_000)

    def reviews_the_proposal(self) -> None:
        """See what was reached and at what price, a pair with its reasons, and who is unpaired and why."""
        page = self.page
        expect(page.locator(".tile", has_text="Candidates served")).to_contain_text("13 of 13")
        expect(page.locator(".lede")).to_contain_text("All 13 candidates get a mentee. It costs")
        expect(page.locator("#pairs tbody tr").first).to_contain_text("→")
        unpaired = page.locator("#unpaired")
        expect(unpaired.get_by_role("row").filter(has_text="Everton Schmitz")).to_contain_text("share no language")
        expect(unpaired.get_by_role("row").filter(has_text="Marijke Veldhuizen")).to_contain_text("teaches anything")

    def reads_the_notice_to(self, name: str, state: str) -> str:
        """Find the notice to one person, see how far it has come, and return its words."""
        self.goes_to("Notices")
        row = self.page.get_by_role("row").filter(has_text=name).first
        expect(row).to_contain_text(state)
        row.get_by_role("link").first.click()
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()
        return self.page.get_by_role("main").inner_text()

    def publishes(self, mails: int) -> None:
        """Press publish, read the count, and confirm."""
        self.goes_to("Rounds")
        self.page.get_by_role("table").get_by_role("link", name="Round 1").click()
        self.page.get_by_role("link", name="Publish").click()
        expect(self.page.get_by_role("heading", name=f"Send {mails} mails?")).to_be_visible()
        self.page.get_by_role("button", name="Publish and send").click()
        expect(self.page.get_by_text("Published on")).to_be_visible()

    def goes_to(self, part: str) -> None:
        """Choose a part of the programme in the navigation."""
        self.page.get_by_role("navigation", name="Programme").get_by_role("link", name=part).click()
