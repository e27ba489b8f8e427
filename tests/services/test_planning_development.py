"""Planning one's development, on both databases."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import NotFound
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.plans import ActivityKind, StepDone
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.services.bundle import Services
from mentormatch.services.planning_development import MyPlan
from tests.builders.accounts import add_account
from tests.builders.people import mentee, mentor, ratings
from tests.builders.programmes import add_participant, add_programme
from tests.builders.rounds import add_pairing, add_proposal, add_round

WALK = StepDone(is_done=True, day=date(2026, 3, 4), hours=3, notes="Two wastes seen")
TOP = Competency.GROUP_FACILITATION
"""Of the competencies that decide in a value stream, the first: level 1, and 4 is aimed at."""


@dataclass
class Programme:
    """A programme whose people sign up one after the other; the first of them looks at the plan."""

    services: Services
    id: int
    account_id: int

    def join(self, signup: Signup, **differing: Any) -> int:  # noqa: ANN401 -- the state
        with Transactions().writing() as session:
            return add_participant(session, self.id, signup, **differing).id

    def plan(self) -> MyPlan:
        return self.services.development.plan.mine(self.id, self.account_id)

    def write(self, competency: Competency = TOP, record: StepDone = WALK) -> None:
        entries = {ActivityKind.EXPERIENCE: record}
        self.services.development.plan.write(self.id, self.account_id, competency, entries)

    def paired(self, state: PairingState) -> None:
        with Transactions().writing() as session:
            proposal = add_proposal(session, add_round(session, self.id).id)
            teacher = add_participant(session, self.id, mentor())
            learner = add_participant(session, self.id, mentee(email="ana@firm.example"))
            add_pairing(session, proposal, teacher, learner, state=state)


@pytest.fixture
def programme(services: Services, app: Flask) -> Programme:
    with Transactions().writing() as session:
        account = add_account(session, "ana@firm.example")
        return Programme(services, add_programme(session).id, account.id)


@pytest.fixture
def learning(programme: Programme) -> Programme:
    programme.join(mentee(email="ana@firm.example"))
    return programme


def test_a_plan_works_on_the_three_gaps_that_weigh_most(learning: Programme) -> None:
    plan = learning.plan()

    assert [one.competency for one in plan.focus] == [
        Competency.GROUP_FACILITATION,
        Competency.INTERPERSONAL_UNDERSTANDING,
        Competency.LEAN_PRINCIPLES,
    ]
    assert (len(plan.later), [step.kind for step in plan.focus[0].steps]) == (13, list(ActivityKind))


def test_what_is_written_down_adds_up(learning: Programme) -> None:
    learning.write()
    learning.write(Competency.LEAN_PRINCIPLES, StepDone(hours=4))

    plan = learning.plan()
    assert (plan.hours, plan.done, plan.activities) == (7, 1, 9)
    assert plan.focus[0].steps[0].record == WALK


def test_the_next_day_is_the_earliest_that_is_not_done(learning: Programme) -> None:
    learning.write()
    learning.write(Competency.LEAN_PRINCIPLES, StepDone(day=date(2026, 5, 1)))

    assert learning.plan().next_day == date(2026, 5, 1)


def test_what_was_begun_stays_in_the_plan_when_the_gap_is_closed(programme: Programme) -> None:
    programme.join(mentee(email="ana@firm.example", levels=ratings(4, flow_pull=1)))
    programme.write(Competency.KAIZEN_EVENTS)

    focus = programme.plan().focus
    assert [(one.competency, one.is_top) for one in focus] == [
        (Competency.FLOW_PULL, True),
        (Competency.KAIZEN_EVENTS, False),
    ]


def test_an_activity_wiped_clean_is_as_if_it_had_never_been_begun(learning: Programme) -> None:
    learning.write()
    learning.write(record=StepDone())

    assert not learning.plan().is_begun


@pytest.mark.parametrize(("others", "shown"), [(0, None), (2, None), (3, 3), (5, 5)])
def test_how_many_want_what_i_teach_is_told_without_names_and_not_of_a_few(
    programme: Programme, others: int, shown: int | None
) -> None:
    programme.join(mentor(email="ana@firm.example", wants_mentor=True))
    for n in range(others):
        programme.join(mentee(email=f"m{n}@firm.example"))
    programme.join(mentee(email="gone@firm.example"), state=SignupState.WITHDRAWN)
    programme.join(mentee(email="there@firm.example", levels=ratings(4)))

    assert {one.wanted for one in programme.plan().teachable} == {shown}


@pytest.mark.parametrize("state", PairingState)
def test_the_picture_shows_what_the_mentor_brings_once_both_were_told(
    programme: Programme, state: PairingState
) -> None:
    programme.paired(state)
    together = state in {PairingState.ANNOUNCED, PairingState.ACCEPTED, PairingState.COMPLETED}

    plan = programme.plan()
    brings = {bar.competency: bar.mentor for bar in plan.bars if bar.mentor is not None}
    # Only what the pairing names: never a level that the mentor has beside it.
    assert (plan.mentor, brings) == (("Omar Haddad", {Competency.FLOW_PULL: 3}) if together else (None, {}))


def test_a_programme_s_own_words_stand_in_the_plan(learning: Programme) -> None:
    wording = learning.services.development.activities
    texts = {(TOP, ActivityKind.STUDY): "Read our own handbook"}
    seen = wording.look(learning.id).version

    wording.change(learning.id, texts, seen=seen, actor=CONSOLE)

    assert learning.plan().focus[0].steps[2].text == "Read our own handbook"


def test_whoever_has_no_sign_up_has_no_plan(programme: Programme) -> None:
    with pytest.raises(NotFound):
        programme.plan()


@pytest.mark.parametrize(
    ("state", "may"),
    [(SignupState.ACTIVE, True), (SignupState.PAUSED, True), (SignupState.UNCONFIRMED, False)],
)
def test_only_who_takes_part_is_offered_to_rate_again(programme: Programme, state: SignupState, *, may: bool) -> None:
    programme.join(mentee(email="ana@firm.example"), state=state)

    assert programme.plan().may_rate is may


def test_whoever_has_left_writes_no_more(programme: Programme) -> None:
    programme.join(replace(mentee(), email="ana@firm.example"), state=SignupState.WITHDRAWN)

    with pytest.raises(NotFound):
        programme.write()
    assert not programme.plan().may_change
