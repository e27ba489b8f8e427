from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from mentormatch.domain.trails import Subject, TrailSearch
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant
from mentormatch.services.bundle import Services
from mentormatch.services.reading_trail import ERASED, TrailLine, TrailPage
from tests.builders.accounts import NOW
from tests.builders.programmes import add_programme
from tests.builders.running import Running


@pytest.fixture
def running(proposed: Running) -> Running:
    proposed.publish()
    return proposed


def trail(running: Running, page: int = 1, **search: Any) -> TrailPage:  # noqa: ANN401 -- any filter
    return running.services.records.trail.page(running.programme_id, TrailSearch(**search), page)


def lines(running: Running, **search: Any) -> tuple[TrailLine, ...]:  # noqa: ANN401 -- any filter
    return trail(running, **search).lines


def pairs(running: Running) -> set[tuple[str, str]]:
    proposal = running.view().proposal
    assert proposal is not None
    return {(pair.line.mentor, pair.line.mentee) for pair in proposal.pairs.rows}


def test_a_programme_in_which_nothing_happened_has_one_empty_page(services: Services) -> None:
    with Transactions().writing() as session:
        programme_id = add_programme(session).id

    page = services.records.trail.page(programme_id, TrailSearch(), 1)

    assert (page.lines, page.found, page.pages, page.is_narrowed) == ((), 0, 1, False)


def test_the_trail_of_a_round_tells_each_state_the_newest_first(running: Running) -> None:
    states = [line.new_state for line in lines(running, subject=Subject.ROUND)]

    assert states == ["published", "proposed", "solving", "queued", "draft"]


def test_a_pairing_is_told_by_the_names_of_its_mentor_and_mentee_and_its_round(running: Running) -> None:
    announced = [line for line in lines(running, subject=Subject.PAIRING) if line.new_state == "announced"]

    assert {(line.people, line.round_number) for line in announced} == {(pair, 1) for pair in pairs(running)}


def test_only_rows_about_the_person_looked_for_are_found(running: Running) -> None:
    found = lines(running, text="OMAR")

    assert found
    assert all("Omar Haddad" in line.people for line in found)


@pytest.mark.parametrize(("since", "until", "found"), [(0, 0, 5), (1, None, 0), (None, -1, 0)])
def test_rows_are_found_by_the_day_of_the_programmes_time_zone(
    running: Running, since: int | None, until: int | None, found: int
) -> None:
    day = [None if offset is None else (NOW + timedelta(days=offset)).date() for offset in (since, until)]

    assert len(lines(running, subject=Subject.ROUND, since=day[0], until=day[1])) == found


def test_what_the_system_did_was_done_by_no_person(running: Running) -> None:
    solved = next(line for line in lines(running, subject=Subject.ROUND) if line.new_state == "proposed")

    assert solved.by == "mentormatch"


def test_a_person_who_was_erased_is_told_of_without_a_name(running: Running) -> None:
    with Transactions().writing() as session:
        session.execute(sa.update(Participant).where(Participant.id == running.ids["Omar"]).values(name=""))

    assert any(ERASED in line.people for line in lines(running, subject=Subject.PAIRING))


def test_the_trail_of_another_programme_is_never_told(running: Running) -> None:
    with Transactions().writing() as session:
        other = add_programme(session, slug="other").id

    assert running.services.records.trail.page(other, TrailSearch(), 1).found == 0
