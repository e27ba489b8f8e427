"""What follows an announced pairing, as rows; every function adds to the session it is given and flushes."""

from datetime import timedelta

from sqlalchemy.orm import Session

from mentormatch.domain.answers import Fit
from mentormatch.domain.mentorships import Reminder
from mentormatch.persistence.models import Meeting, Pairing, PairingAnswer, ReminderRow, RemindersOff
from tests.builders.accounts import NOW


def add_what_followed(session: Session, pairing: Pairing, *, words: str) -> None:
    """Let the mentor say how it fits and ask for a change, invite to a meeting, and want no more reminders."""
    session.add(
        PairingAnswer(
            pairing_id=pairing.id,
            participant_id=pairing.mentor_id,
            fit=Fit.STILL_DECIDING,
            fit_at=NOW,
            change_asked=words,
            change_asked_at=NOW,
        )
    )
    session.add(meeting_of(pairing))
    session.add(
        ReminderRow(
            pairing_id=pairing.id,
            participant_id=pairing.mentee_id,
            kind=Reminder.HALF_TIME,
            message_id=f"<r.{pairing.id}@test.example>",
            written_at=NOW,
        )
    )
    session.add(RemindersOff(participant_id=pairing.mentor_id, since=NOW))
    session.flush()


def meeting_of(pairing: Pairing) -> Meeting:
    """Return the first meeting of a pairing, in a week, as its mentor has arranged it."""
    return Meeting(
        pairing_id=pairing.id,
        number=1,
        organiser_id=pairing.mentor_id,
        starts_at=NOW + timedelta(days=7),
        minutes=60,
        identity=f"m.{pairing.id}@test.example",
        sequence=0,
        invited_at=NOW,
    )
