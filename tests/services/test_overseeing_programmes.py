"""How a programme stands, on both databases."""

from datetime import timedelta

import pytest

from mentormatch.domain.errors import NotFound
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.programmes import WindowState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.tallies import Headcount
from mentormatch.services.bundle import Services
from mentormatch.services.overseeing_programmes import NextStep, RoundGlance, next_step
from tests.builders.accounts import NOW, add_coordinator
from tests.builders.people import both, candidate, mentee, mentor
from tests.builders.programmes import add_participant, add_programme
from tests.builders.rounds import add_notice, add_proposal, add_round

NOBODY, SOMEBODY = Headcount(0, 0, 0), Headcount(2, 3, 4)
OPEN, CLOSED = WindowState.OPEN, WindowState.CLOSED


@pytest.fixture
def north(services: Services) -> int:
    with Transactions().writing() as session:
        north = add_programme(session).id
        for signup in (mentor(), mentee(), both(), candidate()):
            add_participant(session, north, signup)
        add_participant(session, north, mentor(email="p@firm.example"), state=SignupState.PAUSED)
        add_participant(session, north, candidate(email="u@firm.example"), state=SignupState.UNCONFIRMED)
        south = add_programme(session, slug="south").id
        add_participant(session, south, mentor())
        add_round(session, south, state=RoundState.FAILED)
        return north


def test_people_are_counted_by_state(services: Services, north: int) -> None:
    signups = services.overseeing_programmes.glance(north).signups

    assert signups == {
        SignupState.UNCONFIRMED: 1,
        SignupState.ACTIVE: 4,
        SignupState.PAUSED: 1,
        SignupState.WITHDRAWN: 0,
        SignupState.ERASED: 0,
    }


def test_only_active_people_of_the_programme_offer_and_seek(services: Services, north: int) -> None:
    glance = services.overseeing_programmes.glance(north)

    assert glance.headcount == Headcount(mentors=3, places=5, mentees=2)
    assert [line.candidates for line in glance.candidates] == [1, 0]


def test_supply_and_demand_stand_side_by_side(services: Services, north: int) -> None:
    lines = {line.competency.value: line for line in services.overseeing_programmes.glance(north).supply}

    first, last = lines["strategic_orientation"], lines["flow_pull"]
    assert (first.places_at_3, first.places_at_4, first.wanted) == (0, 5, 1)
    assert (last.places_at_3, last.places_at_4, last.wanted) == (0, 4, 2)


def test_the_latest_round_stands_with_its_mails(services: Services, north: int) -> None:
    with Transactions().writing() as session:
        add_round(session, north, number=1, state=RoundState.PUBLISHED)
        round_id = add_round(session, north, number=2, state=RoundState.PUBLISHED, publication=1).id
        proposal = add_proposal(session, round_id)
        for n, state in enumerate((NoticeState.SENT, NoticeState.SENT, NoticeState.FAILED)):
            person = add_participant(session, north, mentee(email=f"m{n}@firm.example"))
            add_notice(session, proposal, person, state=state)

    glance = services.overseeing_programmes.glance(north)

    assert glance.round == RoundGlance(2, RoundState.PUBLISHED, {NoticeState.SENT: 2, NoticeState.FAILED: 1})
    assert glance.next_step is NextStep.CORRECT_ADDRESSES


@pytest.mark.parametrize(
    ("window", "state", "undelivered", "people", "step"),
    [
        (OPEN, None, 0, NOBODY, NextStep.SHARE_SIGNUP),
        (OPEN, None, 0, SOMEBODY, NextStep.SHARE_SIGNUP),
        (WindowState.BEFORE, None, 0, NOBODY, NextStep.SHARE_SIGNUP),
        (CLOSED, None, 0, NOBODY, NextStep.FIND_PEOPLE),
        (CLOSED, None, 0, Headcount(2, 3, 0), NextStep.FIND_PEOPLE),
        (CLOSED, None, 0, SOMEBODY, NextStep.START_ROUND),
        (OPEN, RoundState.FAILED, 0, SOMEBODY, NextStep.LOOK_INTO_FAILURE),
        (CLOSED, RoundState.QUEUED, 0, SOMEBODY, NextStep.WATCH_SOLVING),
        (CLOSED, RoundState.SOLVING, 0, SOMEBODY, NextStep.WATCH_SOLVING),
        (OPEN, RoundState.PROPOSED, 0, SOMEBODY, NextStep.REVIEW_PROPOSAL),
        (CLOSED, RoundState.DRAFT, 0, SOMEBODY, NextStep.SOLVE_AGAIN),
        (CLOSED, RoundState.RECALLED, 0, SOMEBODY, NextStep.SOLVE_AGAIN),
        (OPEN, RoundState.PUBLISHED, 1, SOMEBODY, NextStep.CORRECT_ADDRESSES),
        (OPEN, RoundState.PUBLISHED, 0, SOMEBODY, NextStep.SHARE_SIGNUP),
        (CLOSED, RoundState.PUBLISHED, 0, SOMEBODY, NextStep.NOTHING),
        (CLOSED, RoundState.CLOSED, 0, SOMEBODY, NextStep.NOTHING),
    ],
)
def test_there_is_one_thing_to_do_next(
    window: WindowState, state: RoundState | None, undelivered: int, people: Headcount, step: NextStep
) -> None:
    latest = RoundGlance(1, state, {NoticeState.FAILED: undelivered}) if state else None

    assert next_step(window, latest, people) is step


def test_a_coordinator_sees_the_own_programmes_the_newest_first(services: Services, north: int) -> None:
    with Transactions().writing() as session:
        newer = add_programme(session, slug="west", created_at=NOW, opens_at=NOW + timedelta(days=1)).id
        cora = add_coordinator(session, "cora@firm.example", north, newer).id
        add_round(session, north, number=1, state=RoundState.PUBLISHED)
        add_round(session, north, number=2, state=RoundState.PROPOSED)

    lines = services.overseeing_programmes.programmes_of(cora)

    told = [(one.slug, one.window_state, one.active, one.round_number, one.round_state) for one in lines]
    assert told == [
        ("west", WindowState.BEFORE, 0, None, None),
        ("north", WindowState.OPEN, 4, 2, RoundState.PROPOSED),
    ]


def test_an_unknown_programme_is_not_found(services: Services) -> None:
    with pytest.raises(NotFound):
        services.overseeing_programmes.glance(1)
