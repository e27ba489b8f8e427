"""Wishes and avoidances as they are kept: one person's own, and those that count in a round."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.signups import SignupState
from mentormatch.domain.wishes import Avoided, ListedMentor
from mentormatch.persistence.models import Avoidance, Pairing, Participant, Wish
from mentormatch.persistence.repositories.pair_sides import Mentee, Mentor
from mentormatch.persistence.repositories.participants import KeptSignup

Mailboxes = tuple[str, str]
"""The mailboxes of a mentor and a mentee."""


def listed_mentors(session: Session, programme_id: int, reader: KeptSignup) -> tuple[ListedMentor, ...]:
    """Return whom a participant can wish for: mentors who agreed to be listed, save themselves and their manager."""
    columns = (Participant.id, Participant.name, Participant.organisation, Participant.site, Participant.mailbox)
    listed = sa.select(*columns).where(_is_listed(Participant), Participant.programme_id == programme_id)
    rows = session.execute(listed.where(Participant.id != reader.id).order_by(sa.func.lower(Participant.name)))
    return tuple(ListedMentor(*row[:4]) for row in rows if row.mailbox != reader.signup.manager_mailbox)


def wished_by(session: Session, participant_id: int) -> tuple[int, ...]:
    """Return the mentors a participant has wished for, in the order of the places."""
    return tuple(
        session.scalars(sa.select(Wish.mentor_id).where(Wish.mentee_id == participant_id).order_by(Wish.place))
    )


def names_wished(session: Session, participant_id: int) -> tuple[str, ...]:
    """Return the names of the mentors a participant has wished for, in the order of the places."""
    wished = sa.select(Participant.name).join(Wish, Wish.mentor_id == Participant.id)
    return tuple(session.scalars(wished.where(Wish.mentee_id == participant_id).order_by(Wish.place)))


def put_wishes(session: Session, programme_id: int, mentee_id: int, mentors: Collection[int], now: datetime) -> None:
    """Put new wishes in the place of all that were there."""
    session.execute(sa.delete(Wish).where(Wish.mentee_id == mentee_id))
    session.add_all(
        Wish(mentee_id=mentee_id, place=place, programme_id=programme_id, mentor_id=mentor, made_at=now)
        for place, mentor in enumerate(mentors, 1)
    )
    session.flush()


def avoided_by(session: Session, participant_id: int) -> tuple[Avoided, ...]:
    """Return whom a participant must not be paired with, in the order they were named."""
    named = sa.select(Avoidance.mailbox, Avoidance.email).where(Avoidance.participant_id == participant_id)
    return tuple(Avoided(*row) for row in session.execute(named.order_by(Avoidance.made_at, Avoidance.place)))


def add_avoided(session: Session, programme_id: int, participant_id: int, avoided: Avoided, now: datetime) -> None:
    """Keep one more, at the first place that is free."""
    taken = set(session.scalars(sa.select(Avoidance.place).where(Avoidance.participant_id == participant_id)))
    place = next(number for number in range(1, len(taken) + 2) if number not in taken)
    session.add(
        Avoidance(
            participant_id=participant_id,
            place=place,
            programme_id=programme_id,
            mailbox=avoided.mailbox,
            email=avoided.email,
            made_at=now,
        )
    )
    session.flush()


def drop_avoided(session: Session, participant_id: int, mailbox: str) -> bool:
    """Forget one; tell whether it was there."""
    gone = sa.delete(Avoidance).where(Avoidance.participant_id == participant_id, Avoidance.mailbox == mailbox)
    return bool(session.execute(gone).rowcount)  # type: ignore[attr-defined]  # a DELETE counts its rows


def wished_pairs(session: Session, programme_id: int) -> Sequence[Mailboxes]:
    """Return the wishes that count in a round: for mentors who are still listed."""
    pairs = (
        sa.select(Mentor.mailbox, Mentee.mailbox)
        .select_from(Wish)
        .join(Mentor, Mentor.id == Wish.mentor_id)
        .join(Mentee, Mentee.id == Wish.mentee_id)
    )
    counted = pairs.where(Wish.programme_id == programme_id, _is_listed(Mentor), Mentee.state == SignupState.ACTIVE)
    return [(row[0], row[1]) for row in session.execute(counted)]


def avoided_pairs(session: Session, programme_id: int) -> Sequence[Mailboxes]:
    """Return the pairs that somebody in them must not be in, either way round."""
    named = sa.select(Participant.mailbox, Avoidance.mailbox).join(
        Participant, Participant.id == Avoidance.participant_id
    )
    active = named.where(Avoidance.programme_id == programme_id, Participant.state == SignupState.ACTIVE)
    found = [(row[0], row[1]) for row in session.execute(active)]
    return [*found, *((other, one) for one, other in found)]


def unwanted_in(session: Session, proposal_id: int) -> Sequence[tuple[str, str]]:
    """Return the names of the mentor and the mentee of each pair of a proposal that one of the two must not be in."""
    by_one = (Avoidance.participant_id == Mentor.id) & (Avoidance.mailbox == Mentee.mailbox)
    by_other = (Avoidance.participant_id == Mentee.id) & (Avoidance.mailbox == Mentor.mailbox)
    pairs = (
        sa.select(Mentor.name, Mentee.name)
        .select_from(Pairing)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .join(Mentee, Mentee.id == Pairing.mentee_id)
        .where(Pairing.proposal_id == proposal_id, sa.exists().where(sa.or_(by_one, by_other)))
    )
    return [(row[0], row[1]) for row in session.execute(pairs.order_by(Pairing.id))]


def _is_listed(mentor: type[Participant]) -> sa.ColumnElement[bool]:
    return sa.and_(
        mentor.agreed_to_be_listed, mentor.offers_mentoring, mentor.capacity > 0, mentor.state == SignupState.ACTIVE
    )
