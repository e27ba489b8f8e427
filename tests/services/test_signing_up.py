"""Signing up by the public form, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import SignupClosed
from mentormatch.domain.notices import NoticeKind
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, Participant, Programme, Rating, SignInRequest
from mentormatch.persistence.repositories.participants import KeptSignup, find_by_mailbox, kept_signups
from mentormatch.services import signing_up
from mentormatch.services.bundle import Services
from mentormatch.services.secrets_kept import hash_of
from tests.builders.people import mentee, mentor
from tests.builders.programmes import EARLIER, LATER, add_participant, add_programme
from tests.installations import StandingClock

MY_SIGN_UP = "/p/north/my-sign-up"


@pytest.fixture
def programme_id(services: Services) -> int:
    with Transactions().writing() as session:
        return add_programme(session).id


def sign_up(services: Services, programme_id: int, signup: Signup) -> None:
    services.signing_up.sign_up(programme_id, signup, browser="a browser", client="192.0.2.7", next_path=MY_SIGN_UP)


def kept(programme_id: int) -> tuple[KeptSignup, ...]:
    with Transactions().reading() as session:
        return kept_signups(session, programme_id)


def asked() -> list[SignInRequest]:
    with Transactions().reading() as session:
        return list(session.scalars(sa.select(SignInRequest).order_by(SignInRequest.id)))


def count(of: type[Participant | Rating | AuditEntry]) -> int | None:
    with Transactions().reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(of))


def inputs_version(programme_id: int) -> int | None:
    with Transactions().reading() as session:
        return session.scalar(sa.select(Programme.inputs_version).where(Programme.id == programme_id))


def test_a_sign_up_waits_to_be_confirmed_with_all_its_answers(services: Services, programme_id: int) -> None:
    signup = mentee(hopes="To lead an event.", targets={Competency.FLOW_PULL: 4})

    sign_up(services, programme_id, signup)

    assert [(one.state, one.signup) for one in kept(programme_id)] == [(SignupState.UNCONFIRMED, signup)]


def test_a_sign_up_that_nobody_confirmed_changes_no_pairs(services: Services, programme_id: int) -> None:
    sign_up(services, programme_id, mentee())

    assert inputs_version(programme_id) == 0


def test_a_sign_up_leaves_the_first_line_of_its_trail(services: Services, programme_id: int) -> None:
    sign_up(services, programme_id, mentee())

    with Transactions().reading() as session:
        line = session.scalars(sa.select(AuditEntry)).one()
    assert (line.object_table, line.old_state, line.new_state, line.programme_id) == (
        *("participant", "", "unconfirmed"),
        programme_id,
    )


def test_a_sign_up_asks_for_the_mail_that_confirms_it(services: Services, programme_id: int) -> None:
    sign_up(services, programme_id, mentee(email="Mei@firm.example"))

    (request,) = asked()
    assert (request.kind, request.email, request.next_path) == (
        *(NoticeKind.CONFIRM_SIGNUP, "Mei@firm.example"),
        MY_SIGN_UP,
    )
    assert (request.browser_hash, request.programme_id) == (hash_of("a browser"), programme_id)


@pytest.mark.parametrize("state", [SignupState.ACTIVE, SignupState.PAUSED, SignupState.WITHDRAWN])
def test_a_second_sign_up_changes_nothing_of_a_confirmed_one(
    services: Services, programme_id: int, state: SignupState
) -> None:
    with Transactions().writing() as session:
        add_participant(session, programme_id, mentee(), state=state)
    before, ratings = kept(programme_id), count(Rating)

    sign_up(services, programme_id, mentee(name="Somebody Else", site="Elsewhere", capacity=5, offers_mentoring=True))

    assert (kept(programme_id), count(Rating), count(AuditEntry)) == (before, ratings, 0)


def test_a_second_sign_up_mails_where_the_first_one_is(services: Services, programme_id: int) -> None:
    with Transactions().writing() as session:
        add_participant(session, programme_id, mentee())

    sign_up(services, programme_id, mentee(email="MEI@FIRM.EXAMPLE"))

    assert [(one.kind, one.next_path) for one in asked()] == [(NoticeKind.ALREADY_SIGNED_UP, MY_SIGN_UP)]


def test_until_somebody_confirms_the_newest_answers_stand(services: Services, programme_id: int) -> None:
    sign_up(services, programme_id, mentee(name="A Stranger"))

    sign_up(services, programme_id, mentor(email="mei@firm.example", name="Mei Tanaka"))

    assert [one.signup.name for one in kept(programme_id)] == ["Mei Tanaka"]
    assert [one.kind for one in asked()] == [NoticeKind.CONFIRM_SIGNUP, NoticeKind.CONFIRM_SIGNUP]


def test_the_same_mailbox_may_sign_up_to_another_programme(services: Services, programme_id: int) -> None:
    with Transactions().writing() as session:
        other = add_programme(session, slug="south").id
    sign_up(services, programme_id, mentee())

    sign_up(services, other, mentee())

    assert (len(kept(programme_id)), len(kept(other))) == (1, 1)


@pytest.mark.parametrize("now", [EARLIER - timedelta(seconds=1), LATER])
def test_nobody_signs_up_outside_the_window(
    services: Services, programme_id: int, clock: StandingClock, now: datetime
) -> None:
    clock.now = now

    with pytest.raises(SignupClosed):
        sign_up(services, programme_id, mentee())

    assert (count(Participant), asked()) == (0, [])


@pytest.mark.parametrize("now", [EARLIER, LATER - timedelta(seconds=1)])
def test_the_window_is_open_from_its_first_instant_to_the_last_before_it_closes(
    services: Services, programme_id: int, clock: StandingClock, now: datetime
) -> None:
    clock.now = now

    sign_up(services, programme_id, mentee())

    assert count(Participant) == 1


def test_equal_sign_ups_at_one_moment_are_one_participant(app: Flask, services: Services, programme_id: int) -> None:
    def press(_: int) -> None:
        with app.app_context():
            sign_up(services, programme_id, mentee())

    with ThreadPoolExecutor(6) as browsers:
        list(browsers.map(press, range(12)))

    assert (count(Participant), count(Rating), len(asked())) == (1, 16, 12)


def test_a_mailbox_that_an_import_brought_in_meanwhile_is_found(
    services: Services, programme_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Transactions().writing() as session:
        add_participant(session, programme_id, mentee())
    looks = iter([lambda *_: None])
    monkeypatch.setattr(signing_up, "find_by_mailbox", lambda *where: next(looks, find_by_mailbox)(*where))

    sign_up(services, programme_id, mentee(name="Somebody Else"))

    assert [one.kind for one in asked()] == [NoticeKind.ALREADY_SIGNED_UP]
