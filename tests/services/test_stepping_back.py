"""Taking on less, pausing and leaving by one's own decision, on both databases."""

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.choices import Act
from mentormatch.domain.errors import Conflict, IllegalStep, InputRefused, PublishRefused
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, Notice, Pairing, Participant
from mentormatch.services.bundle import Services
from tests.builders.accounts import add_account
from tests.builders.running import Running, running_programme


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services)


def account(running: Running, name: str) -> int:
    with Transactions().writing() as session:
        return add_account(session, session.get_one(Participant, running.ids[name]).email).id


def step(running: Running, name: str, act: Act, version: int = 1) -> None:
    running.services.own.stepping_back.step(running.programme_id, account(running, name), act, version=version)


def take(running: Running, name: str, places: int, version: int = 1) -> None:
    own = running.services.own.stepping_back
    own.take_mentees(running.programme_id, account(running, name), places, version=version)


def mails(running: Running, name: str) -> set[NoticeState]:
    """Return the states of the mails of rounds to somebody."""
    with Transactions().reading() as session:
        wanted = sa.select(Notice.state).where(Notice.participant_id == running.ids[name])
        return set(session.scalars(wanted.where(Notice.kind != NoticeKind.SIGN_IN)))


def pairings_of(running: Running, name: str) -> set[PairingState]:
    with Transactions().reading() as session:
        of_them = sa.or_(Pairing.mentor_id == running.ids[name], Pairing.mentee_id == running.ids[name])
        return set(session.scalars(sa.select(Pairing.state).where(of_them)))


def test_fewer_places_than_are_given_keep_a_proposal_from_being_published(running: Running) -> None:
    running.change("Silva", capacity=0, offers_mentoring=False, wants_mentor=True)
    running.propose()

    take(running, "Omar", 1)

    with pytest.raises(PublishRefused, match="fewer mentees"):
        running.publish()


def test_somebody_who_wants_no_mentor_cannot_have_no_places(running: Running) -> None:
    with pytest.raises(InputRefused):
        take(running, "Omar", 0)


def test_places_make_an_offer_of_somebody_who_made_none(running: Running) -> None:
    take(running, "Mei", 2)

    with Transactions().reading() as session:
        mei = session.get_one(Participant, running.ids["Mei"])
        assert (mei.offers_mentoring, mei.capacity, mei.version) == (True, 2, 2)


def test_answers_that_changed_since_are_not_overwritten(running: Running) -> None:
    with pytest.raises(Conflict):
        take(running, "Omar", 1, version=7)


def test_who_is_paused_is_absent_from_the_next_round(running: Running) -> None:
    step(running, "Mei", Act.PAUSE)

    running.propose()

    assert "Mei" not in {mentee for _, mentee in running.pairs()}


def test_who_comes_back_is_in_the_next_round(running: Running) -> None:
    mei, own = account(running, "Mei"), running.services.own.stepping_back
    own.step(running.programme_id, mei, Act.PAUSE, version=1)
    own.step(running.programme_id, mei, Act.RESUME, version=2)

    running.propose()

    assert "Mei" in {mentee for _, mentee in running.pairs()}


def test_every_step_is_in_the_trail_with_whoever_took_it(running: Running) -> None:
    step(running, "Mei", Act.WITHDRAW)

    with Transactions().reading() as session:
        entry = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.old_state, entry.new_state, entry.actor_id is not None) == ("active", "withdrawn", True)


def test_a_step_that_the_state_does_not_allow_is_refused(running: Running) -> None:
    with pytest.raises(IllegalStep):
        step(running, "Mei", Act.RESUME)


def test_who_leaves_is_gone_from_the_proposal_and_its_mails_at_once(running: Running) -> None:
    running.propose()
    assert "Mei" in {mentee for _, mentee in running.pairs()}

    step(running, "Mei", Act.WITHDRAW)

    assert "Mei" not in {mentee for _, mentee in running.pairs()}
    assert (pairings_of(running, "Mei"), mails(running, "Mei")) == ({PairingState.DROPPED}, {NoticeState.CANCELLED})


def test_a_proposal_somebody_has_left_is_not_published(running: Running) -> None:
    running.propose()
    seen = running.seen()

    step(running, "Mei", Act.WITHDRAW)

    with pytest.raises((PublishRefused, Conflict)):
        running.publish(seen)


def test_who_leaves_after_publication_gets_no_mail_and_their_pairing_ends(running: Running) -> None:
    running.propose()
    running.publish()

    step(running, "Mei", Act.WITHDRAW)

    assert (pairings_of(running, "Mei"), mails(running, "Mei")) == ({PairingState.ENDED_EARLY}, {NoticeState.CANCELLED})


def test_somebody_left_over_who_leaves_is_listed_no_more(running: Running) -> None:
    running.propose()

    step(running, "Li", Act.WITHDRAW)

    proposal = running.view().proposal
    assert proposal is not None
    assert "Li Wei" not in str(proposal)


@pytest.mark.parametrize("turn", range(4))
def test_whoever_leaves_before_publication_is_never_written_to(running: Running, turn: int) -> None:
    running.propose()
    seen, mei, own = running.seen(), account(running, "Mei"), running.services.own.stepping_back
    acts = [
        lambda: own.step(running.programme_id, mei, Act.WITHDRAW, version=1),
        lambda: running.publish(seen),
    ]

    running.at_once(*(acts if turn % 2 else reversed(acts)))

    assert mails(running, "Mei") == {NoticeState.CANCELLED}
    assert pairings_of(running, "Mei") <= {PairingState.DROPPED, PairingState.ENDED_EARLY}
