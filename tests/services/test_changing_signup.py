"""A participant's own sign-up, on both databases."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import Conflict, NotFound, SignupClosed
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant, Programme, Rating
from mentormatch.persistence.repositories.programmes import inputs_moved
from mentormatch.services.bundle import Services
from mentormatch.services.confirming_signups import confirm_signup
from tests.builders.accounts import add_account, add_coordinator
from tests.builders.people import both, mentee, mentor, ratings
from tests.builders.programmes import EARLIER, LATER, add_participant, add_programme
from tests.installations import StandingClock


@pytest.fixture
def programme_id(services: Services) -> int:
    with Transactions().writing() as session:
        return add_programme(session).id


def signed_up(programme_id: int, signup: Signup, state: SignupState = SignupState.ACTIVE) -> int:
    """Sign somebody up who has an account; return the account's id."""
    with Transactions().writing() as session:
        add_participant(session, programme_id, signup, state=state)
        return add_account(session, signup.email).id


def inputs_version(programme_id: int) -> int | None:
    with Transactions().reading() as session:
        return session.scalar(sa.select(Programme.inputs_version).where(Programme.id == programme_id))


def rated_at() -> dict[Competency, datetime]:
    with Transactions().reading() as session:
        rated = sa.select(Rating.competency, Rating.rated_at)
        return {row.competency: row.rated_at for row in session.execute(rated)}


def test_people_see_what_they_answered(services: Services, programme_id: int) -> None:
    account_id = signed_up(programme_id, both(hopes="To lead an event."))

    mine = services.changing_signup.mine(programme_id, account_id)

    assert (mine.signup, mine.state, mine.can_change) == (both(hopes="To lead an event."), SignupState.ACTIVE, True)


def test_changing_and_pausing_at_once_wait_for_each_other(app: Flask, services: Services, programme_id: int) -> None:
    account_id = signed_up(programme_id, mentee())

    def change() -> None:
        with app.app_context():
            services.changing_signup.change(programme_id, account_id, mentee(name="Mei T."), version=1)

    with ThreadPoolExecutor(1) as aside:
        with Transactions().writing() as session:
            inputs_moved(session, programme_id)
            changing = aside.submit(change)
            wait([changing], timeout=0.5)  # as far as it gets while the programme is held
            session.execute(sa.update(Participant).values(organisation="Meier"))
        changing.result()


def test_confirming_waits_for_whoever_holds_the_programme(app: Flask, services: Services, programme_id: int) -> None:
    account_id = signed_up(programme_id, mentee(), SignupState.UNCONFIRMED)

    def confirm() -> None:
        with app.app_context(), Transactions().writing() as session:
            confirm_signup(session, programme_id, mentee().mailbox, account_id, EARLIER)

    with ThreadPoolExecutor(1) as aside:
        with Transactions().writing() as session:
            inputs_moved(session, programme_id)
            confirming = aside.submit(confirm)
            wait([confirming], timeout=0.5)
            session.execute(sa.update(Participant).values(organisation="Meier"))
        confirming.result()


def test_nobody_sees_the_sign_up_of_another(services: Services, programme_id: int) -> None:
    signed_up(programme_id, mentor())
    with Transactions().writing() as session:
        stranger = add_account(session, "stranger@firm.example").id

    with pytest.raises(NotFound):
        services.changing_signup.mine(programme_id, stranger)


def test_a_sign_up_elsewhere_is_none_here(services: Services, programme_id: int) -> None:
    account_id = signed_up(programme_id, mentor())
    with Transactions().writing() as session:
        other = add_programme(session, slug="south").id

    with pytest.raises(NotFound):
        services.changing_signup.mine(other, account_id)


def test_what_was_erased_is_not_shown(services: Services, programme_id: int) -> None:
    account_id = signed_up(programme_id, mentor(), SignupState.ERASED)

    with pytest.raises(NotFound):
        services.changing_signup.mine(programme_id, account_id)


def test_people_are_told_whom_to_ask(services: Services, programme_id: int) -> None:
    account_id = signed_up(programme_id, mentee())
    with Transactions().writing() as session:
        add_coordinator(session, "cora@firm.example", programme_id)
        add_coordinator(session, "gone@firm.example", programme_id).disabled_at = EARLIER

    assert services.changing_signup.mine(programme_id, account_id).contacts == ("cora@firm.example",)


def test_changed_answers_are_kept(services: Services, programme_id: int) -> None:
    account_id = signed_up(programme_id, mentee())
    answers = mentee(site="Osaka", levels=ratings(2), targets={Competency.FLOW_PULL: 3})

    services.changing_signup.change(programme_id, account_id, answers, version=1)

    mine = services.changing_signup.mine(programme_id, account_id)
    assert (mine.signup, mine.version) == (answers, 2)


def test_changed_answers_make_an_earlier_proposal_out_of_date(services: Services, programme_id: int) -> None:
    account_id = signed_up(programme_id, mentee())

    services.changing_signup.change(programme_id, account_id, mentee(site="Osaka"), version=1)

    assert inputs_version(programme_id) == 1


def test_only_what_was_rated_anew_gets_a_new_date(services: Services, programme_id: int, clock: StandingClock) -> None:
    account_id = signed_up(programme_id, mentee())

    services.changing_signup.change(programme_id, account_id, mentee(levels=ratings(1, flow_pull=2)), version=1)

    anew = {competency for competency, at in rated_at().items() if at == clock.now}
    assert anew == {Competency.FLOW_PULL}


def test_answers_that_changed_meanwhile_are_not_overwritten(services: Services, programme_id: int) -> None:
    account_id = signed_up(programme_id, mentee())
    services.changing_signup.change(programme_id, account_id, mentee(site="Osaka"), version=1)

    with pytest.raises(Conflict):
        services.changing_signup.change(programme_id, account_id, mentee(site="Kobe"), version=1)

    assert services.changing_signup.mine(programme_id, account_id).signup.site == "Osaka"
    assert inputs_version(programme_id) == 1


@pytest.mark.parametrize("now", [EARLIER - timedelta(seconds=1), LATER])
def test_outside_the_window_nothing_changes(
    services: Services, programme_id: int, clock: StandingClock, now: datetime
) -> None:
    account_id = signed_up(programme_id, mentee())
    clock.now = now

    with pytest.raises(SignupClosed):
        services.changing_signup.change(programme_id, account_id, mentee(site="Osaka"), version=1)

    mine = services.changing_signup.mine(programme_id, account_id)
    assert (mine.signup.site, mine.can_change) == ("Nagoya", False)


def test_whoever_has_withdrawn_changes_nothing(services: Services, programme_id: int) -> None:
    account_id = signed_up(programme_id, mentee(), SignupState.WITHDRAWN)

    with pytest.raises(Conflict):
        services.changing_signup.change(programme_id, account_id, mentee(site="Osaka"), version=1)

    assert services.changing_signup.mine(programme_id, account_id).can_change is False


def test_the_mailbox_of_a_sign_up_stays(services: Services, programme_id: int) -> None:
    account_id = signed_up(programme_id, mentee())

    with pytest.raises(ValueError, match="mailbox"):
        services.changing_signup.change(programme_id, account_id, mentee(email="other@firm.example"), version=1)

    with Transactions().reading() as session:
        assert session.scalars(sa.select(Participant.mailbox)).all() == ["mei@firm.example"]
