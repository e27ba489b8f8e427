"""From "who do we have" to "published" without a spreadsheet beside it, on a programme of several hundred people."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from mentormatch.spreadsheets.signups import write_signups
from tests.builders.crowds import crowd_of_signups
from tests.e2e.coordinators import Coordinator
from tests.e2e.test_whole_story import DEMO
from tests.e2e.workbenches import Workbench
from tests.mail_servers import Sink, running
from tests.started_sites import StartedSite, ended, line_of

PROGRAMME = "/programmes/tarnhollow"
PEOPLE = 300
EVERYBODY = PEOPLE + len(DEMO)


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartedSite]:
    site = StartedSite(tmp_path_factory.mktemp("workbench"))
    yield site
    site.end()


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_bytes(write_signups(crowd_of_signups(PEOPLE)))
    return file


def test_a_round_is_understood_adjusted_and_released(
    site: StartedSite, spreadsheet: Path, window: BrowserContext, complaints: list[str]
) -> None:
    with running(Sink(to_rcpt=["550 no such mailbox"])) as mail:
        process = site.start(MENTORMATCH_SMTP_URL=mail.url)
        workbench = Workbench(window.new_page())
        Coordinator(workbench.page).signs_in(line_of(process, "Sign in as coordinator: "))
        workbench.page.get_by_role("table").get_by_role("link", name="Lean mentoring at Tarnhollow").click()
        workbench.imports(spreadsheet, PEOPLE)
        workbench.looks_at_supply_and_demand()
        workbench.compares_three_policies_and_adopts_the_second(f"{site.address}{PROGRAMME}/what-if")

        workbench.starts_a_round()
        locked = {workbench.decides(row, "Lock") for row in (0, 1)}
        barred = workbench.decides(2, "Bar")
        workbench.solves_again(2)
        assert (locked <= set(workbench.pairs()), barred in workbench.pairs()) == (True, False)

        helped = workbench.gives_the_place_that_would_help()
        workbench.solves_again(3)
        assert helped not in workbench.unpaired()

        workbench.publishes()
        workbench.waits_until(lambda: len(mail.accepted) == EVERYBODY - 1)
        workbench.sends_the_failed_one_again("mended@crowd.example")
        workbench.waits_until(lambda: len(mail.accepted) == EVERYBODY)
        assert [to for _, to, _ in mail.accepted].count(["mended@crowd.example"]) == 1

        assert (complaints, ended(process)) == ([], (0, ""))
