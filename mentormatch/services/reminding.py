"""Reminding the two of a pairing of what comes next, each at most once, and no more once somebody has had enough."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mentormatch.domain.actors import SYSTEM
from mentormatch.domain.answers import Answer
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import LinkRefused
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.notices.extras import Extras
from mentormatch.notices.pairing_facts import ReminderFacts
from mentormatch.persistence.advancing import Cause
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant, Programme, ReminderRow, RemindersOff
from mentormatch.persistence.repositories.pairings import pairing_with
from mentormatch.persistence.repositories.reminders import DueReminder, next_due
from mentormatch.services.pairing_mails import PairingMails
from mentormatch.services.seats import participant_of
from mentormatch.services.signed_links import SignedLinks

_QUIET: Final = timedelta(minutes=1)
"""How long nobody looks again after nothing was due: reminders are due by the day, workers look by the second."""


@dataclass(frozen=True, slots=True)
class RemindersOfProgramme:
    """Whether somebody gets reminders from a programme."""

    programme: str
    slug: str
    is_on: bool


class Reminding:
    """Writes due reminders into the outbox, and keeps who wants none."""

    def __init__(self, transactions: Transactions, clock: Clock, mails: PairingMails, links: SignedLinks) -> None:
        self._transactions = transactions
        self._clock = clock
        self._mails = mails
        self._links = links
        self._quiet_until: datetime | None = None

    def remind_next(self) -> bool:
        """Write one reminder that is due; return whether there was one."""
        now = self._clock()
        if self._quiet_until is not None and now < self._quiet_until:
            return False
        try:
            with self._transactions.writing() as session:
                due = next_due(session, now)
                if due is not None:
                    self._write(session, due, now)
        except IntegrityError:
            # Another worker wrote the same one since this one looked: the row is unique, and theirs stands.
            return True
        self._quiet_until = None if due else now + _QUIET
        return due is not None

    def by_link(self, token: str) -> RemindersOfProgramme:
        """Return what a link from a reminder is about, changing nothing; raises LinkRefused."""
        with self._transactions.reading() as session:
            return _standing(session, self._reader(session, token))

    def end_by_link(self, token: str) -> None:
        """End the reminders of whoever holds the link; again is no harm. Raises LinkRefused."""
        with self._transactions.writing() as session:
            self._set(session, self._reader(session, token), is_on=False)

    def are_on(self, programme_id: int, account_id: int) -> bool:
        """Tell whether somebody gets reminders from a programme; raises NotFound."""
        with self._transactions.reading() as session:
            return session.get(RemindersOff, participant_of(session, programme_id, account_id)) is None

    def choose(self, programme_id: int, account_id: int, *, is_on: bool) -> None:
        """Switch somebody's reminders from a programme on or off; raises NotFound."""
        with self._transactions.writing() as session:
            self._set(session, participant_of(session, programme_id, account_id), is_on=is_on)

    def _set(self, session: Session, participant_id: int, *, is_on: bool) -> None:
        row = session.get(RemindersOff, participant_id)
        if is_on and row is not None:
            session.delete(row)
        elif not is_on and row is None:
            session.add(RemindersOff(participant_id=participant_id, since=self._clock()))

    def _reader(self, session: Session, token: str) -> int:
        participant_id = self._links.reminded(token)
        row = session.get(Participant, participant_id)
        if row is None or row.state is SignupState.ERASED:
            raise LinkRefused(said("Whoever this link was made for gets no mails from here any more."))
        return participant_id

    def _write(self, session: Session, due: DueReminder, now: datetime) -> None:
        pairing = pairing_with(session, due.pairing_id, due.participant_id)
        is_mentor = pairing.mentor.id == due.participant_id
        reader, partner = (pairing.mentor, pairing.mentee) if is_mentor else (pairing.mentee, pairing.mentor)
        off_url = self._links.to_end_reminders(reader.id)
        facts = ReminderFacts(
            name=reader.name,
            head=self._mails.head(session, pairing),
            stage=due.kind,
            partner=partner.name,
            is_mentor=is_mentor,
            has_answered=pairing.said_by(reader.id).answer is Answer.ACCEPTED,
            is_accepted=pairing.state is PairingState.ACCEPTED,
            off_url=off_url,
        )
        cause = Cause(SYSTEM, now, said("a reminder was due"))
        written = self._mails.write(session, pairing, facts, reader, cause, Extras(unsubscribe_url=off_url))
        session.add(
            ReminderRow(
                pairing_id=pairing.id, participant_id=reader.id, kind=due.kind, message_id=written, written_at=now
            )
        )


def _standing(session: Session, participant_id: int) -> RemindersOfProgramme:
    participant = session.get_one(Participant, participant_id)
    programme = session.get_one(Programme, participant.programme_id)
    is_on = session.get(RemindersOff, participant_id) is None
    return RemindersOfProgramme(programme.name, programme.slug, is_on)
