"""Which reminder is due for whom, which were written, and who wants none."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from mentormatch.domain.mentorships import DUE_AFTER, STALE_AFTER, Reminder
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.models import MatchingRound, Meeting, Pairing, Participant, ReminderRow, RemindersOff
from mentormatch.persistence.repositories.pairings import LIVE


@dataclass(frozen=True, slots=True)
class DueReminder:
    """One of the two of a pairing, and what they are to be reminded of."""

    pairing_id: int
    participant_id: int
    kind: Reminder


def next_due(session: Session, now: datetime) -> DueReminder | None:
    """Return a reminder that is due and not written yet, holding its pairing; those that somebody else holds wait."""
    for kind in Reminder:
        for side in (Pairing.mentor_id, Pairing.mentee_id):
            found = session.execute(
                _due(kind, side, now).limit(1).with_for_update(skip_locked=True, of=Pairing)
            ).first()
            if found is not None:
                return DueReminder(found[0], found[1], kind)
    return None


def still_wanted(session: Session, message_id: str) -> bool:
    """Tell whether a reminder that waits to be sent makes sense still: the pairing goes on, and its reader wants it."""
    wanted = (
        sa.select(ReminderRow.pairing_id)
        .join(Pairing, Pairing.id == ReminderRow.pairing_id)
        .join(Participant, Participant.id == ReminderRow.participant_id)
        .where(ReminderRow.message_id == message_id, Pairing.state.in_(LIVE), _takes_part(), ~_is_off())
    )
    return session.scalar(wanted) is not None


def _due(kind: Reminder, side: InstrumentedAttribute[int], now: datetime) -> sa.Select[int, int]:
    begun = now - DUE_AFTER[kind]
    written = sa.exists().where(
        ReminderRow.pairing_id == Pairing.id, ReminderRow.participant_id == side, ReminderRow.kind == kind
    )
    due = (
        sa.select(Pairing.id, side)
        .join(MatchingRound, MatchingRound.id == Pairing.round_id)
        .join(Participant, Participant.id == side)
        .where(MatchingRound.published_at <= begun, MatchingRound.published_at > begun - STALE_AFTER)
        .where(MatchingRound.state.in_((RoundState.PUBLISHED, RoundState.CLOSED)))
        .where(_takes_part(), ~written, ~_is_off())
        .order_by(Pairing.id)
    )
    if kind is Reminder.FIRST_MEETING:
        met = sa.exists().where(Meeting.pairing_id == Pairing.id)
        return due.where(Pairing.state.in_(LIVE), ~met)
    return due.where(Pairing.state == PairingState.ACCEPTED)


def _takes_part() -> sa.ColumnElement[bool]:
    return Participant.state.in_((SignupState.ACTIVE, SignupState.PAUSED))


def _is_off() -> sa.ColumnElement[bool]:
    return sa.exists().where(RemindersOff.participant_id == Participant.id)
