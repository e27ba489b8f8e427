"""What participants do by themselves, from the mail to the button: plan, answer, meet, pause, take their data away."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, expect

from mentormatch.domain.certification import Certification
from mentormatch.domain.levels import TEACH_LEVEL
from mentormatch.domain.signups import Signup
from mentormatch.spreadsheets.signups import read_signups
from tests.e2e.coordinators import Coordinator
from tests.e2e.letters import letters_to, text_of, wait_for
from tests.e2e.newcomers import Newcomer
from tests.e2e.participants import GERMAN, Person
from tests.e2e.workbenches import Workbench
from tests.started_sites import StartedSite, ended, line_of

DEMO: Final = {s.name: s for s in read_signups((files("mentormatch.cli") / "demo" / "people.csv").read_bytes())}
STRONG_AND_NEW: Final = (4, 0) * 8
REASON: Final = "We report to the same vice president."


@dataclass(frozen=True)
class Published:
    """A site whose first round is published, with Noor in it, her window and the coordinator's."""

    address: str
    mail: Path
    bench: Workbench
    noor: Newcomer
    with_candidate: tuple[Signup, Signup]
    """A mentor who pursues Silver or Gold, and the mentee."""
    others: list[tuple[Signup, Signup]]
    """Mentor and mentee of pairs that share nobody with that one, with each other or with Noor."""

    def person(self, window: BrowserContext, signup: Signup) -> Person:
        return Person(window.new_page(), signup.email, self.address, self.mail)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartedSite]:
    site = StartedSite(tmp_path_factory.mktemp("site"))
    yield site
    site.end()


@pytest.fixture(scope="module")
def published(site: StartedSite, browser: Browser) -> Iterator[Published]:
    running, mail = site.start(), site.folder / "mail"
    link = line_of(running, "Sign in as coordinator: ")
    with closing(browser.new_context(locale="en-GB")) as hers, closing(browser.new_context(locale="en-GB")) as theirs:
        noor, bench = Newcomer(hers.new_page()), Workbench(theirs.new_page())
        sign_up_as_both(noor, site.address, mail)
        pairs = publish_a_round(bench, link)
        wait_for(mail, lambda found: len(found) > len(DEMO) + 1)
        with_candidate = next(pair for pair in pairs if may_meet(*pair))
        others = apart([with_candidate, *pairs])[1:]
        yield Published(site.address, mail, bench, noor, with_candidate, others)
    assert ended(running) == (0, "")


def sign_up_as_both(noor: Newcomer, address: str, mail: Path) -> None:
    noor.finds_the_form(address)
    noor.says_who_she_is()
    noor.offers_to_mentor_too()
    noor.rates_herself_by_mouse(STRONG_AND_NEW)
    noor.sends_the_form()
    noor.confirms(mail)


def publish_a_round(bench: Workbench, link: str) -> list[tuple[Signup, Signup]]:
    """Return the pairs in which nobody is paired with somebody who is not of the demo."""
    Coordinator(bench.page).signs_in(link)
    bench.page.get_by_role("table").get_by_role("link", name="Lean mentoring at Tarnhollow").click()
    bench.starts_a_round()
    named = [pair.split(" and ", 1) for pair in bench.pairs()]
    bench.publishes()
    taken = {name for pair in named if not DEMO.keys() >= {*pair} for name in pair}
    return [(DEMO[one], DEMO[other]) for one, other in named if not taken & {one, other}]


def apart(pairs: list[tuple[Signup, Signup]]) -> list[tuple[Signup, Signup]]:
    """Return those of the pairs that share nobody with an earlier one."""
    met: set[str] = set()
    kept = []
    for pair in pairs:
        if not met & {one.email for one in pair}:
            kept.append(pair)
            met |= {one.email for one in pair}
    return kept


def may_meet(mentor: Signup, mentee: Signup) -> bool:
    return mentor.certification_pursued is Certification.SILVER and mentor.site == mentee.site


def test_from_a_plan_to_a_pairing_that_is_declined_by_the_mailed_link(
    published: Published, window: BrowserContext, other_window: BrowserContext
) -> None:
    noor = Person(published.noor.page, published.noor.email, published.address, published.mail)
    noor.page.goto(f"{published.address}/my/tarnhollow")
    noor.writes_down_what_was_done()

    stranger = Person(window.new_page(), noor.email, published.address, published.mail)
    stranger.opens_the_link_that_says("mentors you.")
    partner = stranger.declines(REASON)
    teacher = one_who_teaches(published, partner)
    guide = published.person(other_window, teacher)
    guide.signs_in()
    guide.takes_mentees(5)

    page = published.bench.page
    page.goto(f"{published.address}/programmes/tarnhollow/pairings")
    row = page.locator("#declined-pairings").get_by_role("row").filter(has_text=partner)
    expect(row).to_contain_text(REASON)
    expect(row).to_contain_text(teacher.name)


def one_who_teaches(published: Published, partner: str) -> Signup:
    """Return the mentor, another one than the partner, who is strong in most of what Noor has never done."""
    able = [one for one, _ in published.others[2:] if "en" in one.languages and one.name != partner]
    return max(able, key=lambda one: sum(level >= TEACH_LEVEL for level in list(one.levels.values())[1::2]))


def test_from_two_yeses_to_an_invitation_and_a_step_up_the_ladder(
    published: Published, window: BrowserContext, other_window: BrowserContext, complaints: list[str]
) -> None:
    mentor, mentee = (
        published.person(*one) for one in zip((window, other_window), published.with_candidate, strict=True)
    )
    names = [one.name for one in published.with_candidate]
    mentor.signs_in()
    mentor.opens_the_pairing_with(names[1])
    mentor.accepts()
    mentee.opens_the_link_that_says(f"{names[0]} mentors you.")
    mentee.accepts()

    mentor.opens_the_pairing_with(names[1])
    mentor.invites_to_the_first_time()
    mentor.goes_to("Ladder")

    expect(mentor.page.get_by_role("row").filter(has_text=names[1])).to_contain_text("Running")
    assert invited(published.mail, mentee.email) == {mentor.email, mentee.email}
    assert complaints == []


def invited(mail: Path, email: str) -> set[str]:
    """Return who is asked to come by the calendar entry in a mail to somebody."""

    def entries() -> list[str]:
        parts = (part for letter in letters_to(mail, email) for part in letter.walk())
        return [part.get_content() for part in parts if part.get_content_type() == "text/calendar"]

    wait_for(mail, lambda _: bool(entries()))
    (entry,) = entries()
    calendar = Calendar.from_ical(entry)
    assert calendar["METHOD"] == "REQUEST"
    (event,) = calendar.walk("VEVENT")
    attendees = event["ATTENDEE"]
    return {str(one).removeprefix("mailto:") for one in (attendees if isinstance(attendees, list) else [attendees])}


def test_a_pause_taken_in_german_keeps_somebody_out_of_the_next_round(published: Published, browser: Browser) -> None:
    signup = published.others[0][1]
    with closing(browser.new_context(locale="de-DE")) as window:
        window.set_default_timeout(15_000)
        person = Person(window.new_page(), signup.email, published.address, published.mail, GERMAN)
        letter = person.signs_in()
        person.pauses()

    assert (letter["Subject"].startswith("Ihr Link"), "Guten Tag" in text_of(letter)) == (True, True)
    bench = published.bench
    bench.starts_a_round()
    assert signup.name not in bench.page.get_by_role("main").inner_text()
    assert signup.name not in bench.unpaired()


def test_everything_held_is_taken_away_and_then_erased(published: Published, window: BrowserContext) -> None:
    partner, signup = published.others[1]
    person = published.person(window, signup)
    person.signs_in()
    held = json.dumps(person.takes_the_data_away())
    mentioned = {one.email for one in DEMO.values() if one.email in held}
    person.has_it_all_erased()

    wait_for(published.mail, lambda _: any("has left the programme" in words for words in told(person.mail, partner)))
    assert mentioned == {signup.email, partner.email, signup.manager_email or signup.email}
    bench = published.bench
    bench.goes_to("Participants")
    bench.page.get_by_label("Name, address, organisation or site").fill(signup.name)
    bench.page.get_by_role("button", name="Find").click()
    expect(bench.page.get_by_role("link", name=signup.name, exact=True)).to_have_count(0)
    assert no_link_comes(person, published.person(window, partner))


def told(mail: Path, signup: Signup) -> list[str]:
    return [" ".join(text_of(letter).split()) for letter in letters_to(mail, signup.email)]


def no_link_comes(erased: Person, witness: Person) -> bool:
    """Ask for a link, and then for somebody else: once theirs is there, the first would have been."""
    before = len(letters_to(erased.mail, erased.email))
    erased.asks_for_a_link()
    witness.signs_in()
    return len(letters_to(erased.mail, erased.email)) == before
