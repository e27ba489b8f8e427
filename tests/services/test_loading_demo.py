from datetime import timedelta
from importlib.resources import files

import pytest
import sqlalchemy as sa

from mentormatch.domain.certification import places_needed
from mentormatch.domain.pairings import Reason
from mentormatch.domain.policies import Policy
from mentormatch.domain.programmes import WindowState
from mentormatch.domain.signups import Signup
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import solve
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant, Programme
from mentormatch.persistence.repositories.participants import signups_of
from mentormatch.persistence.repositories.programmes import settings_of
from mentormatch.services.bundle import Services
from mentormatch.services.loading_demo import DEMO_SLUG
from mentormatch.services.posing_problems import problem_of
from mentormatch.spreadsheets.signups import read_signups
from tests.installations import StandingClock

_DEMO = files("mentormatch.cli") / "demo"
PEOPLE, HOPES = (_DEMO / "people.csv").read_bytes(), (_DEMO / "hopes.csv").read_bytes()


@pytest.fixture(scope="module")
def people() -> tuple[Signup, ...]:
    return read_signups(PEOPLE)


@pytest.fixture(scope="module")
def solved(people: tuple[Signup, ...]) -> MatchingSolution:
    return solve(problem_of(people, Policy()), Policy())


def candidates(people: tuple[Signup, ...]) -> list[Signup]:
    return [p for p in people if places_needed(p.certification_pursued, p.mentorships_completed, p.capacity)]


def test_loading_twice_doubles_nobody(services: Services) -> None:
    loaded = [services.loading_demo.load(PEOPLE, HOPES) for _ in range(2)]

    with Transactions().reading() as session:
        kept = session.scalar(sa.select(sa.func.count()).select_from(Participant))
    assert (loaded, kept) == ([True, False], len(read_signups(PEOPLE)))


def test_everyone_is_in_with_the_answers_of_the_file(services: Services, people: tuple[Signup, ...]) -> None:
    services.loading_demo.load(PEOPLE, b"email,hopes\n")

    with Transactions().reading() as session:
        kept = signups_of(session, session.scalars(sa.select(Programme.id)).one())
    assert tuple(signup for _, signup in kept) == people


def test_what_people_hope_for_is_kept_with_their_sign_up(services: Services) -> None:
    services.loading_demo.load(PEOPLE, b"email,hopes\nGORDON.PELL@tarnhollow.example,To pass it on.\n")

    with Transactions().reading() as session:
        hopes = {row.name: row.hopes for row in session.execute(sa.select(Participant.name, Participant.hopes))}
    assert (hopes["Gordon Pell"], hopes["Mai Xiong"]) == ("To pass it on.", "")


def test_every_hope_belongs_to_somebody(people: tuple[Signup, ...]) -> None:
    owners = {line.partition(",")[0] for line in HOPES.decode().splitlines()[1:]}

    assert owners <= {person.email for person in people}


def test_sign_up_is_open_whenever_the_demo_is_loaded(services: Services, clock: StandingClock) -> None:
    clock.forward(days=500)
    services.loading_demo.load(PEOPLE, HOPES)

    with Transactions().reading() as session:
        kept = settings_of(session.scalars(sa.select(Programme).where(Programme.slug == DEMO_SLUG)).one())
    assert kept.window.state_at(clock.now) is WindowState.OPEN
    assert kept.hear_by - kept.window.closes_at.date() > timedelta(days=7)


def test_more_people_want_a_mentor_than_offer_to_be_one(people: tuple[Signup, ...]) -> None:
    wanting, offering = sum(p.wants_mentor for p in people), sum(p.offers_mentoring for p in people)

    assert len(people) >= 60
    assert wanting > sum(p.capacity for p in people) > offering


def test_candidates_of_both_levels_take_part_some_with_mentorships_behind_them(people: tuple[Signup, ...]) -> None:
    found = candidates(people)

    assert len(found) >= 8
    assert {p.certification_pursued for p in found} == {"silver", "gold"}
    assert any(p.mentorships_completed for p in found)


def test_mentors_offer_every_number_of_places(people: tuple[Signup, ...]) -> None:
    assert {p.capacity for p in people if p.offers_mentoring} == {0, 1, 2, 3, 4, 5}


def test_line_managers_take_part_with_their_people(people: tuple[Signup, ...]) -> None:
    addresses = {person.email for person in people}

    assert len({p.manager_email for p in people} & addresses) >= 5


def test_people_sit_in_many_places_and_not_all_speak_english(people: tuple[Signup, ...]) -> None:
    assert len({p.site for p in people}) >= 5
    assert len({p.time_zone for p in people}) >= 5
    assert 3 <= sum("en" not in p.languages for p in people) < len(people) / 4


def test_every_candidate_can_be_served_and_it_costs_something(solved: MatchingSolution) -> None:
    totals = solved.totals

    assert totals.candidates_served == totals.candidates > totals.plain.candidates_served
    assert 0 < totals.price_of_candidates < totals.total_score / 50


def test_some_people_cannot_be_paired_and_for_different_reasons(solved: MatchingSolution) -> None:
    reasons = {left.reason for left in solved.unpaired}

    assert {Reason.NO_SHARED_LANGUAGE, Reason.NO_ONE_TEACHES, Reason.BELOW_FLOOR, Reason.MENTORS_FULL} <= reasons
