"""Answering a pairing: accepting, declining with a reason, saying how it fits, and asking for a change."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.answers import Answer, Fit, state_after
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, TooMany
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.sentences import said
from mentormatch.persistence.advancing import Cause, advance, note_change
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Pairing
from mentormatch.persistence.repositories.pairings import LIVE, answer_row, pairings_where
from mentormatch.persistence.repositories.programmes import inputs_moved
from mentormatch.services.pairing_mails import PairingMails
from mentormatch.services.pairing_views import PairingView, view_of
from mentormatch.services.seats import AskedSeat, OwnSeat, Seat, Seats, participant_of
from mentormatch.services.suggesting_mentors import SuggestingMentors, Suggestion

BETWEEN_CHANGES: Final = timedelta(hours=1)
"""A wish for a change goes to every coordinator by mail; somebody who thinks again waits for so long."""

_DEEDS: Final = {
    (Answer.ACCEPTED, False): (said("the mentor accepted"), said("the mentee accepted")),
    (Answer.DECLINED, False): (said("the mentor declined"), said("the mentee declined")),
    (Answer.ACCEPTED, True): (
        said("the mentor accepted by the link in the mail"),
        said("the mentee accepted by the link in the mail"),
    ),
    (Answer.DECLINED, True): (
        said("the mentor declined by the link in the mail"),
        said("the mentee declined by the link in the mail"),
    ),
}
"""The mentor’s words and the mentee’s, by what was answered and whether by the mailed link."""


class AnsweringPairings:
    """Lets the two of a pairing say what they have to say, each for themselves."""

    def __init__(
        self,
        transactions: Transactions,
        clock: Clock,
        seats: Seats,
        mails: PairingMails,
        suggesting: SuggestingMentors,
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._seats = seats
        self._mails = mails
        self._suggesting = suggesting

    def mine(self, programme_id: int, account_id: int) -> tuple[PairingView, ...]:
        """Return every pairing that somebody was told of, those that go on first; raises NotFound."""
        with self._transactions.reading() as session:
            me = participant_of(session, programme_id, account_id)
            found = pairings_where(session, sa.or_(Pairing.mentor_id == me, Pairing.mentee_id == me))
            seats = [self._seats.take(session, OwnSeat(programme_id, one.id, account_id)) for one in found]
            views = [view_of(seat, self._clock()) for seat in seats]
        return tuple(sorted(views, key=lambda view: not view.is_live))

    def look(self, asked: AskedSeat) -> PairingView:
        """Return one pairing; raises NotFound, and LinkRefused for a link that does not hold."""
        with self._transactions.reading() as session:
            return view_of(self._seats.take(session, asked), self._clock())

    def accept(self, asked: AskedSeat) -> None:
        """Accept for one side; the pairing is accepted once both have. Raises Conflict when it was declined."""
        with self._transactions.writing() as session:
            seat = self._seats.take(session, asked, lock=True)
            if seat.said.answer is not Answer.ACCEPTED or seat.pairing.state is PairingState.DECLINED:
                self._answer(session, seat, Answer.ACCEPTED, "")

    def decline(self, asked: AskedSeat, reason: str) -> None:
        """Decline for both; the reason and a suggestion go to the coordinators. Raises Conflict once both accepted."""
        programme_id, suggestion = self._suggestion(asked)
        with self._transactions.writing() as session:
            inputs_moved(session, programme_id)  # the programme's lock first, as everybody takes it
            seat = self._seats.take(session, asked, lock=True)
            if seat.said.answer is Answer.DECLINED:
                return
            cause = self._answer(session, seat, Answer.DECLINED, reason)
            self._mails.tell_declined(session, seat.pairing, seat.me, cause)
            self._mails.give_back(session, seat.pairing, seat.me, reason, suggestion, cause)

    def find_fitting(self, asked: AskedSeat, fit: Fit) -> None:
        """Keep how one of the two finds the pairing; the other never sees it. Raises Conflict for one that is over."""
        with self._transactions.writing() as session:
            seat = _going_on(self._seats.take(session, asked, lock=True))
            row = answer_row(session, seat.pairing.id, seat.me.id)
            row.fit, row.fit_at = fit, self._clock()

    def ask_for_change(self, asked: AskedSeat, words: str) -> None:
        """Pass a wish on to the coordinators. Raises Conflict for one that is over, TooMany soon after another."""
        with self._transactions.writing() as session:
            seat = _going_on(self._seats.take(session, asked, lock=True))
            cause = seat.cause(
                self._clock, said("the mentor asked for a change"), said("the mentee asked for a change")
            )
            _refuse_haste(seat.said.change_asked_at, cause.at)
            row = answer_row(session, seat.pairing.id, seat.me.id)
            row.change_asked, row.change_asked_at = words, cause.at
            self._mails.pass_on(session, seat.pairing, seat.me, words, cause)

    def _answer(self, session: Session, seat: Seat, answer: Answer, reason: str) -> Cause:
        if seat.pairing.state is not PairingState.ANNOUNCED:
            raise Conflict(said("This pairing has been answered in the meantime. Look at it as it is now."))
        cause = seat.cause(self._clock, *_DEEDS[answer, seat.by_link])
        row = answer_row(session, seat.pairing.id, seat.me.id)
        row.answer, row.reason, row.answered_at = answer, reason, cause.at
        session.flush()
        theirs = seat.pairing.said_by(seat.partner.id).answer
        _step(session, seat, state_after([answer] if theirs is None else [answer, theirs]), cause)
        if theirs is Answer.ACCEPTED and answer is Answer.ACCEPTED:
            self._mails.tell_accepted(session, seat.pairing, cause)
        return cause

    def _suggestion(self, asked: AskedSeat) -> tuple[int, Suggestion | None]:
        # Before the writing begins: the engine may take its time, and a transaction must not.
        with self._transactions.reading() as session:
            pairing = self._seats.take(session, asked).pairing
            if pairing.state is not PairingState.ANNOUNCED:
                return pairing.programme_id, None
            found = self._suggesting.for_mentee(session, pairing.programme_id, pairing.mentee.id, without=pairing.id)
            return pairing.programme_id, found


def _step(session: Session, seat: Seat, to: PairingState | None, cause: Cause) -> None:
    row = session.get_one(Pairing, seat.pairing.id)
    if to is not None:
        advance(session, row, to, cause)
    else:
        row.version += 1
        note_change(session, row, cause)


def _going_on(seat: Seat) -> Seat:
    if seat.pairing.state not in LIVE:
        raise Conflict(said("This pairing is over, and nothing about it can be changed any more."))
    return seat


def _refuse_haste(last: datetime | None, now: datetime) -> None:
    if last is not None and now - last < BETWEEN_CHANGES:
        raise TooMany(
            said("Your coordinators have just been told. Wait an hour before you write to them from here again.")
        )
