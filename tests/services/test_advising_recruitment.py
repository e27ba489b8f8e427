"""Whom to recruit: every figure is what a round with those mentors in it comes to."""

from collections.abc import Iterator

import pytest

from mentormatch.domain.actors import Actor
from mentormatch.domain.competencies import Competency
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import solve
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant
from mentormatch.persistence.repositories.participants import signups_of
from mentormatch.persistence.repositories.programmes import inputs_moved, programme_of, settings_of
from mentormatch.services import advising_recruitment
from mentormatch.services.advising_recruitment import Advice, AdvisingRecruitment, Standing
from mentormatch.services.bundle import Services
from mentormatch.services.posing_problems import problem_of
from tests.builders.people import mentee, mentor, ratings
from tests.builders.programmes import add_participant, add_programme
from tests.installations import StandingClock

FLOW_PULL = Competency.FLOW_PULL
MENTORS = [mentor(email=f"omar{n}@firm.example", levels=ratings(3, flow_pull=1), capacity=1) for n in range(2)]
MENTEES = [
    mentee(email=f"mei{n}@firm.example", levels=ratings(3, flow_pull=0), targets=dict(ratings(3, flow_pull=4)))
    for n in range(4)
]
RECRUIT = mentor(email="new@firm.example", levels=ratings(3, flow_pull=4), capacity=1)


@pytest.fixture
def north(services: Services) -> int:
    with Transactions().writing() as session:
        north = add_programme(session, slug="recruiting").id
        for signup in (*MENTORS, *MENTEES):
            add_participant(session, north, signup)
        return north


def solved(north: int, *more: Signup) -> MatchingSolution:
    with Transactions().reading() as session:
        policy = settings_of(programme_of(session, north)).policy()
        signups = [signup for _, signup in signups_of(session, north)]
    return solve(problem_of([*signups, *more], policy), policy)


def closed(solution: MatchingSolution) -> int:
    return sum(each.competency is FLOW_PULL for pairing in solution.pairings for each in pairing.closures)


def test_what_a_recruit_adds_is_what_the_round_with_one_comes_to(services: Services, north: int) -> None:
    before, after = solved(north), solved(north, RECRUIT)

    advice = services.people.recruitment.advice(north, 1)

    line = advice.lines[0]
    assert (advice.standing, line.competency, line.places) == (Standing.FOUND, FLOW_PULL, 1)
    assert line.mentees_paired == after.totals.mentees_paired - before.totals.mentees_paired == 1
    assert line.gaps_closed == closed(after) - closed(before) == 1
    assert line.points == after.totals.total_score - before.totals.total_score


def test_two_recruits_add_what_two_bring(services: Services, north: int) -> None:
    line = services.people.recruitment.advice(north, 2).lines[0]

    assert (line.number, line.mentees_paired, line.gaps_closed) == (2, 2, 2)


def test_where_everybody_is_served_nobody_more_would_help(services: Services) -> None:
    with Transactions().writing() as session:
        south = add_programme(session, slug="south").id
        add_participant(session, south, mentor())
        add_participant(session, south, mentee())

    assert services.people.recruitment.advice(south, 1).standing is Standing.NOTHING_HELPS


def test_the_same_question_is_solved_once_until_people_change(
    services: Services, north: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = services.people.recruitment.advice(north, 1)
    monkeypatch.setattr(advising_recruitment, "solve", _never)

    assert services.people.recruitment.advice(north, 1) is first
    with Transactions().writing() as session:
        inputs_moved(session, north)
    with pytest.raises(AssertionError):
        services.people.recruitment.advice(north, 1)


def _never(*_: object, **__: object) -> MatchingSolution:
    raise AssertionError("solved again")


def advised(north: int, ticks: Iterator[float]) -> Advice:
    return AdvisingRecruitment(Transactions(), StandingClock(), ticks.__next__).advice(north, 1)


def test_what_takes_too_long_is_given_up_and_said(north: int) -> None:
    assert advised(north, iter(range(0, 10_000, 11))).standing is Standing.NOT_IN_TIME


def test_one_piece_of_advice_is_worked_out_at_a_time(services: Services, north: int) -> None:
    working = services.people.recruitment._working
    with working:
        assert services.people.recruitment.advice(north, 1).standing is Standing.BUSY

    assert services.people.recruitment.advice(north, 1).standing is Standing.FOUND


def test_people_who_are_paused_are_not_reckoned_with(services: Services, north: int) -> None:
    with Transactions().reading() as session:
        people = session.query(Participant).filter_by(programme_id=north, state=SignupState.ACTIVE).all()
    for one in people[1:]:
        services.showing_participants.pause(north, one.id, seen=1, actor=Actor.account(1), why="on leave")

    assert services.people.recruitment.advice(north, 1).standing is Standing.NOTHING_HELPS
