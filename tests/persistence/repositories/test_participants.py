"""Sign-ups as they are kept, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import Conflict
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.advancing import Cause
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, Rating
from mentormatch.persistence.repositories.participants import (
    add_signups,
    find_by_id,
    find_by_mailbox,
    replace_answers,
    signups_of,
)
from tests.builders.people import both, mentee, mentor, ratings
from tests.builders.programmes import EARLIER, add_programme

CAUSE = Cause(CONSOLE, EARLIER, "a test")
LATER = EARLIER + timedelta(days=1)


@pytest.fixture
def north(transactions: Transactions) -> int:
    with transactions.writing() as session:
        return add_programme(session).id


def added(transactions: Transactions, programme_id: int, *signups: Signup) -> list[int]:
    with transactions.writing() as session:
        return add_signups(session, programme_id, signups, SignupState.ACTIVE, CAUSE)


def changed(session: Session, programme_id: int, participant_id: int, signup: Signup) -> None:
    kept = find_by_id(session, programme_id, participant_id)
    assert kept is not None
    replace_answers(session, kept, signup, LATER)


def test_sign_ups_are_kept_unchanged_and_in_order(transactions: Transactions, north: int) -> None:
    signups = [
        mentor(hopes="To give back.\nTwice."),
        mentee(targets={Competency.FLOW_PULL: 0}),
        both(site="Île-de-France"),
    ]

    ids = added(transactions, north, *signups)

    with transactions.reading() as session:
        assert signups_of(session, north) == tuple(zip(ids, signups, strict=True))


def test_only_one_state_of_one_programme_is_read(transactions: Transactions, north: int) -> None:
    with transactions.writing() as session:
        south = add_programme(session, slug="south").id
        add_signups(session, north, [mentor()], SignupState.PAUSED, CAUSE)
        add_signups(session, south, [mentee()], SignupState.ACTIVE, CAUSE)

    with transactions.reading() as session:
        assert signups_of(session, north) == ()


def test_the_first_step_of_everybody_is_noted(transactions: Transactions, north: int) -> None:
    ids = added(transactions, north, mentor(), mentee())

    with transactions.reading() as session:
        entries = session.execute(sa.select(AuditEntry.object_id, AuditEntry.new_state, AuditEntry.why))
        assert {tuple(entry) for entry in entries} == {(i, "active", "a test") for i in ids}


def test_a_mailbox_is_found_in_its_own_programme_only(transactions: Transactions, north: int) -> None:
    added(transactions, north, mentor())

    with transactions.reading() as session:
        found = find_by_mailbox(session, north, mentor().mailbox)
        assert found is not None
        assert find_by_mailbox(session, north + 1, mentor().mailbox) is None
        assert find_by_id(session, north + 1, found.id) is None


def test_new_answers_take_the_place_of_the_old(transactions: Transactions, north: int) -> None:
    (mei,) = added(transactions, north, mentee())
    wanted = mentee(site="Osaka", languages=("ja",), levels=ratings(1, flow_pull=3), targets={Competency.FLOW_PULL: 4})

    with transactions.writing() as session:
        changed(session, north, mei, wanted)

    with transactions.reading() as session:
        kept = find_by_id(session, north, mei)
        assert kept is not None
        assert (kept.signup, kept.version) == (wanted, 2)


def test_only_a_rating_that_changed_gets_a_new_date(transactions: Transactions, north: int) -> None:
    (mei,) = added(transactions, north, mentee())

    with transactions.writing() as session:
        changed(session, north, mei, mentee(levels=ratings(1, flow_pull=2)))

    with transactions.reading() as session:
        rated = sa.select(Rating.competency).where(Rating.rated_at == LATER)
        assert session.scalars(rated).all() == [Competency.FLOW_PULL]


def test_answers_that_somebody_else_changed_are_not_overwritten(transactions: Transactions, north: int) -> None:
    (mei,) = added(transactions, north, mentee())
    with transactions.reading() as session:
        seen = find_by_id(session, north, mei)
        assert seen is not None
    with transactions.writing() as session:
        changed(session, north, mei, mentee(site="Osaka"))

    with pytest.raises(Conflict), transactions.writing() as session:
        replace_answers(session, seen, mentee(site="Kyoto"), LATER)

    with transactions.reading() as session:
        assert [signup.site for _, signup in signups_of(session, north)] == ["Osaka"]


def test_answers_never_move_to_another_mailbox(transactions: Transactions, north: int) -> None:
    (mei,) = added(transactions, north, mentee())

    with pytest.raises(ValueError, match="mailbox"), transactions.writing() as session:
        changed(session, north, mei, replace(mentee(), email="other@firm.example"))
