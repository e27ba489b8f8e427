"""Every page of the site, full and empty, looked at by axe and by a few measures of ours, light and dark."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from mentormatch.schemas.programme import rules_form_of
from tests.builders.settings import settings
from tests.e2e.showcase import AT_WORK, BARE, COORDINATOR, PAIRED, PARTICIPANT, VISITOR, Showcase, showcase

RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    # A mail shown in a page is closed to scripts, which axe would wait for; mails are looked at by tests of their own.
    "iframes": False,
}
WIDE: Final[ViewportSize] = {"width": 1280, "height": 900}
NARROW: Final[ViewportSize] = {"width": 390, "height": 844}
NOT_PAGES: Final = {
    *("supply.as_csv", "supply.as_xlsx"),
    *(f"choosing.{file}" for file in ("answers_csv", "answers_xlsx", "list_csv", "list_xlsx")),
    *("static", "home.healthz", "home.arrive", "rounds.progress", "notices.html_part", "mail_texts.formatted"),
    *("participants.import_faults", "rounds.pairings_csv", "rounds.unpaired_csv"),
    *("pairings.calendar", "my_data.archive", "history.frozen_input", "history.certificate"),
}
"""Addresses that give a file, a mail, a part of a page, or lead on to a page."""

FAINT_FIELDS: Final = """() => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    return paint.getImageData(0, 0, 1, 1).data;
  };
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const behind = (one) => {
    for (let at = one.parentElement; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return rgba("Canvas");
  };
  const contrast = (one) => {
    const two = [luminance(rgba(getComputedStyle(one).borderTopColor)), luminance(behind(one))];
    return (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05);
  };
  const fields = [...document.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const seen = fields.filter((one) => one.checkVisibility() && getComputedStyle(one).borderTopStyle !== "none");
  const faint = seen.filter((one) => contrast(one) < 3).map((one) => `${one.id}: ${contrast(one).toFixed(2)}`);
  return { seen: seen.length, faint };
}"""


FEW: Final = {"q": "Joinville"}
"""Narrows long lists to a few rows; the others are drawn alike."""


_RULES: Final = rules_form_of(settings())
COMPARED: Final = {"columns": "2", "changes": "b"} | {
    f"{name}_{letter}": value
    for letter, rules in (("a", _RULES), ("b", _RULES | {"minimum_common_hours": "8"}))
    for name, value in rules.items()
}
"""Two policies side by side, and for whom the second changes something."""


@dataclass(frozen=True)
class Look:
    """One page as one of the cast sees it; `values` for what its address shall name."""

    endpoint: str
    who: str = COORDINATOR
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join([self.endpoint, self.who, *map(str, self.values.values())])


LOOKS: Final = (
    *(Look("home.home", who) for who in (VISITOR, PARTICIPANT)),
    *(Look(f"signing_in.{page}", VISITOR) for page in ("ask", "sent", "look")),
    *(Look(f"public.{page}", VISITOR) for page in ("programme", "signup", "signup_sent")),
    Look("public.signup", VISITOR, {"slug": BARE}),
    *(Look(f"public.{page}", PARTICIPANT) for page in ("my_signup", "change_signup")),
    *(Look(page, PARTICIPANT) for page in ("my.home", "plans.page", "plans.note", "plans.rate_again", "ladders.page")),
    Look("activities.page"),
    *(Look(page, PARTICIPANT) for page in ("wishes.page", "wishes.ask_withdraw", "my_data.page", "my_data.ask_erase")),
    *(Look("sessions.page", who) for who in (PARTICIPANT, COORDINATOR)),
    *(Look(f"programmes.{page}") for page in ("list_programmes", "new", "overview", "settings")),
    *(Look(page, values={"slug": BARE}) for page in ("programmes.overview", "participants.list_participants")),
    Look("participants.list_participants", values=FEW),
    *(Look(f"participants.{page}") for page in ("one", "import_people", "preview_import")),
    Look("participants.preview_import", values={"slug": BARE, "sha256": "good_sha256"}),
    *(Look("choosing.ask", values={"act": act, "all": "yes", **FEW}) for act in ("pause", "resume")),
    Look("choosing.ask", values={"slug": AT_WORK, "act": "withdraw", "all": "yes", **FEW}),
    *(Look("supply.page", values=where) for where in ({}, {"recruits": 2}, {"slug": BARE})),
    *(Look("audit.trail", values=where) for where in ({}, {"slug": BARE}, {"q": "nobody"})),
    *(Look("history.proposals", values=where) for where in ({}, {"slug": BARE})),
    *(Look(page, values=where) for page in ("policies.page", "what_if.page") for where in ({}, {"slug": BARE})),
    Look("what_if.page", values=COMPARED),
    Look("what_if.page", values=COMPARED | {"round": 2}),
    Look("what_if.page", values=COMPARED | {"slug": BARE}),
    Look("fairness.page", values={"number": 2}),
    Look("rounds.list_rounds"),
    *(Look("rounds.one", values={"number": number, **FEW}) for number in (1, 2)),
    Look("publishing.ask", values={"number": 2}),
    Look("publishing.ask_recall", values={"number": 1}),
    Look("rehearsals.list_held", values={"number": 2, **FEW}),
    Look("rehearsals.one", values={"number": 2, "notice_id": "held_id"}),
    Look("mail_texts.list_texts"),
    *(Look("mail_texts.edit", values={"kind": kind}) for kind in ("mentor", "recall")),
    Look("notices.ask_resend_failed"),
    *(Look("rounds.person", values={"number": number}) for number in (1, 2)),
    Look("rounds.unpaired", values={"number": 2}),
    Look("rounds.proposal", values={"number": 2, "proposal_number": 1, **FEW}),
    Look("adjusting.foresee", values={"number": 2, "kind": "unpair", "mentee": "participant_id"}),
    *(Look(page, values={"slug": BARE}) for page in ("rounds.list_rounds", "notices.list_notices")),
    Look("rounds.one", values={"slug": AT_WORK}),
    *(Look("pairings.page", who) for who in (PARTICIPANT, PAIRED)),
    Look("pairings.one", PARTICIPANT),
    Look("pairings.one", PAIRED, {"pairing_id": "accepted_id"}),
    *(Look("pairing_answers.page", values=where) for where in ({}, {"slug": BARE})),
    Look("pairing_links.look", VISITOR, {"token": "answer_token"}),
    Look("pairing_links.reminders", VISITOR, {"token": "reminders_token"}),
    Look("notices.list_notices", values={"q": "joi"}),
    Look("notices.one"),
)


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    folder = tmp_path_factory.mktemp("showcase")
    shutil.copy(sqlite_template, folder / "showcase.sqlite3")
    with showcase(f"sqlite:///{folder}/showcase.sqlite3", folder) as site:
        yield site


@pytest.fixture(scope="module")
def windows(browser: Browser, site: Showcase) -> Iterator[dict[str, BrowserContext]]:
    """One window for each of the cast."""
    windows = {who: browser.new_context(viewport=WIDE, reduced_motion="reduce") for who in (VISITOR, *site.cookies)}
    name = site.app.config["SESSION_COOKIE_NAME"]
    for who, value in site.cookies.items():
        windows[who].add_cookies([{"name": name, "value": value, "url": site.address}])
    yield windows
    for window in windows.values():
        window.close()


@pytest.fixture
def seen(look: Look, site: Showcase, windows: dict[str, BrowserContext], complaints: list[str]) -> Iterator[Page]:
    """The page that a look is about."""
    page = windows[look.who].new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    values = {name: site.values.get(value, value) for name, value in look.values.items()}
    address = site.url_for(look.endpoint, **values)
    answer = page.goto(address)
    assert answer is not None
    assert (answer.status, page.url) == (200, address)
    yield page
    page.close()


def violations(page: Page, scheme: Literal["light", "dark"]) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("async (rules) => (await axe.run(rules)).violations", RULES)
    return [
        f"{scheme}: {one['id']} at {node['target']}: {node['html'][:120]}" for one in found for node in one["nodes"]
    ]


def test_every_page_is_looked_at(site: Showcase) -> None:
    pages = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    assert pages - NOT_PAGES == {look.endpoint for look in LOOKS}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_axe_finds_nothing_the_console_is_silent_and_nothing_sticks_out_on_a_phone(
    seen: Page, complaints: list[str]
) -> None:
    found = violations(seen, "light")
    seen.set_viewport_size(NARROW)
    found += violations(seen, "dark")
    width = seen.evaluate("document.documentElement.scrollWidth")

    assert (found, complaints) == ([], [])
    assert width <= NARROW["width"]


@pytest.mark.parametrize(
    ("look", "button"),
    [(Look("public.signup", VISITOR), "Sign up"), (Look("programmes.new"), "Make the programme")],
    ids=str,
)
def test_axe_finds_nothing_on_a_form_sent_empty(seen: Page, button: str) -> None:
    seen.get_by_role("main").get_by_role("button", name=button).click()
    expect(seen.get_by_role("alert")).to_be_visible()

    assert violations(seen, "light") + violations(seen, "dark") == []


def test_axe_finds_nothing_on_a_page_that_does_not_exist(site: Showcase, windows: dict[str, BrowserContext]) -> None:
    page = windows[VISITOR].new_page()
    page.goto(f"{site.address}/nowhere")

    assert violations(page, "light") + violations(page, "dark") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("look", [Look("public.signup", VISITOR), Look("policies.page")], ids=str)
def test_the_border_of_every_field_can_be_seen(seen: Page, scheme: Literal["light", "dark"]) -> None:
    seen.emulate_media(color_scheme=scheme)

    measured = seen.evaluate(FAINT_FIELDS)
    assert measured["seen"] > 20
    assert measured["faint"] == []
