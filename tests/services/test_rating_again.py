"""Rating oneself again, on both databases."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import Conflict
from mentormatch.domain.plans import Occasion
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, Participant, Programme, Rating
from mentormatch.services.bundle import Services
from tests.builders.accounts import NOW, add_account
from tests.builders.people import mentee, ratings
from tests.builders.programmes import EARLIER, add_participant, add_programme
from tests.installations import StandingClock


@dataclass
class Learner:
    """Somebody at level 1 everywhere, who signed up before the clock starts."""

    services: Services
    programme_id: int
    account_id: int

    def rate(self, occasion: Occasion, version: int = 1, **levels: int) -> None:
        chosen = ratings(1, **levels)
        self.services.development.ratings.rate(self.programme_id, self.account_id, occasion, chosen, version=version)

    def history(self) -> Mapping[Occasion, int]:
        plan = self.services.development.plan.mine(self.programme_id, self.account_id)
        return next(bar.earlier for bar in plan.bars if bar.competency is Competency.FLOW_PULL)


@pytest.fixture
def learner(services: Services, app: Flask) -> Learner:
    with Transactions().writing() as session:
        programme_id = add_programme(session).id
        add_participant(session, programme_id, mentee())
        return Learner(services, programme_id, add_account(session, "mei@firm.example").id)


def test_the_levels_of_every_occasion_are_kept(learner: Learner) -> None:
    learner.rate(Occasion.MIDDLE, flow_pull=2)
    learner.rate(Occasion.END, version=2, flow_pull=3)

    assert learner.history() == {Occasion.START: 1, Occasion.MIDDLE: 2, Occasion.END: 3}


def test_the_sign_up_has_the_newest_levels_and_dates_only_what_differs(learner: Learner) -> None:
    learner.rate(Occasion.MIDDLE, flow_pull=2)

    with Transactions().reading() as session:
        rows = {r.competency: (r.level, r.rated_at) for r in session.scalars(sa.select(Rating))}
    assert rows.pop(Competency.FLOW_PULL) == (2, NOW)
    assert set(rows.values()) == {(1, EARLIER)}


def test_the_start_is_dated_by_the_sign_up(learner: Learner, clock: StandingClock) -> None:
    clock.forward(days=90)
    learner.rate(Occasion.MIDDLE, flow_pull=2)

    rated = learner.services.development.plan.mine(learner.programme_id, learner.account_id).rated
    assert rated == {Occasion.START: EARLIER, Occasion.MIDDLE: clock.now}


def test_an_occasion_rated_twice_keeps_the_later_levels_and_the_first_start(learner: Learner) -> None:
    learner.rate(Occasion.MIDDLE, flow_pull=2)
    learner.rate(Occasion.MIDDLE, version=2, flow_pull=3)

    assert learner.history() == {Occasion.START: 1, Occasion.MIDDLE: 3}


def test_a_round_knows_that_its_input_has_moved(learner: Learner) -> None:
    learner.rate(Occasion.MIDDLE, flow_pull=2)

    with Transactions().reading() as session:
        assert session.scalars(sa.select(Programme.inputs_version)).one() == 1
        assert session.scalars(sa.select(AuditEntry.why)).all() == ["levels rated again, in the middle"]


def test_levels_that_changed_meanwhile_are_not_overwritten(learner: Learner) -> None:
    learner.rate(Occasion.MIDDLE, flow_pull=2)

    with pytest.raises(Conflict):
        learner.rate(Occasion.END, version=1, flow_pull=0)
    assert learner.history() == {Occasion.START: 1, Occasion.MIDDLE: 2}


@pytest.mark.parametrize("state", [SignupState.WITHDRAWN, SignupState.UNCONFIRMED])
def test_whoever_takes_no_part_rates_nothing(learner: Learner, state: SignupState) -> None:
    with Transactions().writing() as session:
        session.execute(sa.delete(Rating))
        session.execute(sa.delete(Participant))
        add_participant(session, learner.programme_id, mentee(), state=state)

    with pytest.raises(Conflict):
        learner.rate(Occasion.MIDDLE, flow_pull=2)
