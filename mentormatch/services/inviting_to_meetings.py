"""Inviting to a first meeting at a time that both can make, and the calendar file with what may follow it."""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import uuid4
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain import meetings
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, Fault, InputRefused, NotFound, TooMany
from mentormatch.domain.mentorships import BETWEEN_MEETINGS, LENGTH, SECOND_MEETING_AFTER
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.sentences import said
from mentormatch.notices.calendar import Attendee, Entry, calendar_file, invitation
from mentormatch.notices.extras import Extras
from mentormatch.notices.pairing_facts import InvitationFacts
from mentormatch.persistence.advancing import Cause, note_change
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Meeting, Pairing
from mentormatch.persistence.repositories.pairings import KeptMeeting, Someone
from mentormatch.services.pairing_mails import PairingMails
from mentormatch.services.seats import OwnSeat, Seat, Seats

MOST_MOVES: Final = 9
_MINUTES: Final = int(meetings.LENGTH.total_seconds() // 60)


class InvitingToMeetings:
    """Lets either of the two invite the other; a calendar then keeps the time for both."""

    def __init__(self, transactions: Transactions, clock: Clock, seats: Seats, mails: PairingMails) -> None:
        self._transactions = transactions
        self._clock = clock
        self._seats = seats
        self._mails = mails

    def invite(self, asked: OwnSeat, starts_at: datetime) -> None:
        """Invite both to their first meeting, or move it; pressing twice for one time invites once.

        Raises Conflict unless both have accepted the pairing, InputRefused for a time that is none of both, and
        TooMany when it was moved too often.
        """
        with self._transactions.writing() as session:
            seat = self._seats.take(session, asked, lock=True)
            known = seat.pairing.meeting
            if known is not None and known.starts_at == starts_at:
                return
            self._check(seat, starts_at)
            cause = seat.cause(
                self._clock,
                said("the mentor invited to the first meeting"),
                said("the mentee invited to the first meeting"),
            )
            kept = self._arrange(session, seat, starts_at, cause)
            for reader in seat.pairing.both:
                self._tell(session, seat, kept, reader, cause)

    def calendar(self, asked: OwnSeat) -> bytes:
        """Return a calendar file: the first meeting as arranged, and the later ones as a suggestion.

        Raises NotFound before a first meeting has been arranged.
        """
        with self._transactions.reading() as session:
            seat = self._seats.take(session, asked)
        first = seat.pairing.meeting
        if first is None or seat.pairing.state is not PairingState.ACCEPTED:
            raise NotFound(said("No meeting has been arranged."))
        later = [self._entry(seat, first, at=number) for number in range(1, _later_meetings(seat, first) + 1)]
        return calendar_file([self._entry(seat, first), *later])

    def _check(self, seat: Seat, starts_at: datetime) -> None:
        if seat.pairing.state is not PairingState.ACCEPTED:
            raise Conflict(said("You can invite to a meeting once both of you have accepted the pairing."))
        if not meetings.may_meet(starts_at, (seat.me.time_zone, seat.partner.time_zone), self._clock()):
            raise InputRefused([Fault(None, "starts_at", said("Choose one of the times that are proposed."))])
        if seat.pairing.meeting is not None and seat.pairing.meeting.sequence >= MOST_MOVES:
            raise TooMany(said("This meeting has been moved many times. Agree on a time by mail."))

    def _arrange(self, session: Session, seat: Seat, starts_at: datetime, cause: Cause) -> KeptMeeting:
        row = session.scalar(sa.select(Meeting).where(Meeting.pairing_id == seat.pairing.id, Meeting.number == 1))
        if row is None:
            identity = f"m.{uuid4()}@{self._mails.mail_domain}"
            row = Meeting(pairing_id=seat.pairing.id, number=1, identity=identity, sequence=0)
        else:
            row.sequence += 1
        row.organiser_id, row.starts_at, row.minutes, row.invited_at = seat.me.id, starts_at, _MINUTES, cause.at
        session.add(row)
        pairing = session.get_one(Pairing, seat.pairing.id)
        pairing.version += 1
        note_change(session, pairing, cause)
        return KeptMeeting(row.organiser_id, starts_at, row.minutes, row.identity, row.sequence)

    def _tell(self, session: Session, seat: Seat, kept: KeptMeeting, reader: Someone, cause: Cause) -> None:
        other = seat.pairing.mentee if reader is seat.pairing.mentor else seat.pairing.mentor
        facts = InvitationFacts(
            name=reader.name,
            head=self._mails.head(session, seat.pairing),
            partner=other.name,
            partner_email=other.email,
            is_organiser=reader is seat.me,
            was_moved=kept.sequence > 0,
            minutes=kept.minutes,
            starts_at=kept.starts_at,
            my_zone=reader.time_zone,
            their_zone=other.time_zone,
        )
        calendar = invitation(self._entry(seat, kept))
        extras = Extras(calendar=calendar, reply_to=other.email)
        self._mails.write(session, seat.pairing, facts, reader, cause, extras)

    def _entry(self, seat: Seat, first: KeptMeeting, at: int = 0) -> Entry:
        pairing, page = seat.pairing, self._mails.page_of(seat.pairing)
        organiser = seat.me if first.organiser_id == seat.me.id else seat.partner
        other = seat.partner if organiser is seat.me else seat.me
        gap = SECOND_MEETING_AFTER + (at - 1) * BETWEEN_MEETINGS if at else SECOND_MEETING_AFTER * 0
        return Entry(
            identity=first.identity.replace("@", f".{at + 1}@", 1) if at else first.identity,
            sequence=first.sequence,
            written_at=self._clock().replace(microsecond=0),
            starts_at=_same_clock(first.starts_at, gap.days, organiser.time_zone),
            minutes=first.minutes,
            title=f"{pairing.programme}: {pairing.mentor.name} / {pairing.mentee.name}",
            words=page,
            page_url=page,
            organiser=Attendee(organiser.name, organiser.email),
            other=Attendee(other.name, other.email),
            is_certain=at == 0,
        )


def _later_meetings(seat: Seat, first: KeptMeeting) -> int:
    left = seat.pairing.published_at + LENGTH - first.starts_at - SECOND_MEETING_AFTER
    return max(0, left // BETWEEN_MEETINGS + 1)


def _same_clock(first: datetime, days: int, time_zone: str) -> datetime:
    """Return the same hour by somebody's clock so many days later, also where summer time begins in between."""
    here = first.astimezone(ZoneInfo(time_zone))
    return (here + timedelta(days=days)).astimezone(UTC)
