"""The seat of one of the two at their pairing: taken by whoever has signed in, or by whoever holds the mailed link."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import SYSTEM, Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import LinkRefused, NotFound
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.advancing import Cause
from mentormatch.persistence.models import Account, Pairing, Participant
from mentormatch.persistence.repositories.pairings import KeptPairing, Said, Someone, pairing_with
from mentormatch.services.signed_links import SignedLinks

_GONE: Final = said("The pairing that this link was made for does not hold any more.")


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """Asked for by somebody who has signed in."""

    programme_id: int
    pairing_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class LinkedSeat:
    """Asked for by whoever holds the link that was mailed for this one pairing."""

    token: str


AskedSeat = OwnSeat | LinkedSeat


@dataclass(frozen=True, slots=True)
class Seat:
    """One of the two, the other one, and their pairing."""

    pairing: KeptPairing
    me: Someone
    partner: Someone
    actor: Actor
    by_link: bool

    @property
    def is_mentor(self) -> bool:
        """Whether this is the mentor's seat."""
        return self.me is self.pairing.mentor

    @property
    def said(self) -> Said:
        """Return what was said from this seat."""
        return self.pairing.said_by(self.me.id)

    def cause(self, clock: Clock, by_mentor: str, by_mentee: str) -> Cause:
        """Return the cause of a step that is taken from this seat, in words for either side."""
        return Cause(self.actor, clock(), by_mentor if self.is_mentor else by_mentee)


class Seats:
    """Finds the seat that was asked for."""

    def __init__(self, clock: Clock, links: SignedLinks) -> None:
        self._clock = clock
        self._links = links

    def take(self, session: Session, asked: AskedSeat, *, lock: bool = False) -> Seat:
        """Return a seat, holding the pairing's row if asked to; raises NotFound, and LinkRefused for a link."""
        if isinstance(asked, LinkedSeat):
            return self._linked(session, asked, lock=lock)
        participant_id = participant_of(session, asked.programme_id, asked.account_id)
        _hold(session, asked.pairing_id, lock=lock)
        return _seat(session, asked.pairing_id, participant_id, Actor.account(asked.account_id), by_link=False)

    def _linked(self, session: Session, asked: LinkedSeat, *, lock: bool) -> Seat:
        pairing_id, participant_id = self._links.answerer(asked.token, self._clock())
        _hold(session, pairing_id, lock=lock)
        account = sa.select(Account.id).join(Participant, Participant.mailbox == Account.mailbox)
        account_id = session.scalar(account.where(Participant.id == participant_id))
        actor = SYSTEM if account_id is None else Actor.account(account_id)
        try:
            seat = _seat(session, pairing_id, participant_id, actor, by_link=True)
        except NotFound as gone:
            raise LinkRefused(_GONE) from gone
        if seat.me.state in {SignupState.WITHDRAWN, SignupState.ERASED}:
            raise LinkRefused(_GONE)
        return seat


def participant_of(session: Session, programme_id: int, account_id: int) -> int:
    """Return the id of the participant whose account this is; raises NotFound."""
    own = sa.select(Participant.id).join(Account, Account.mailbox == Participant.mailbox)
    own = own.where(Account.id == account_id, Participant.programme_id == programme_id)
    found = session.scalar(own.where(Participant.state != SignupState.ERASED))
    if found is None:
        raise NotFound(said("There is no such sign-up."))
    return found


def _hold(session: Session, pairing_id: int, *, lock: bool) -> None:
    if lock:
        session.execute(sa.select(Pairing.id).where(Pairing.id == pairing_id).with_for_update(key_share=True))


def _seat(session: Session, pairing_id: int, participant_id: int, actor: Actor, *, by_link: bool) -> Seat:
    pairing = pairing_with(session, pairing_id, participant_id)
    mine, other = pairing.mentor, pairing.mentee
    if mine.id != participant_id:
        mine, other = other, mine
    return Seat(pairing, mine, other, actor, by_link)
