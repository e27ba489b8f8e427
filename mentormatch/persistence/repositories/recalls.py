"""What a recall has to know: who was told what by a publication, and what stands against taking it back."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.persistence.models import Account, MatchingRound, Notice, Pairing, Participant
from mentormatch.persistence.repositories.notices import IS_CURRENT
from mentormatch.persistence.repositories.pair_sides import Mentee, Mentor

_AGREED: Final = (PairingState.ACCEPTED, PairingState.COMPLETED)
_WENT_OUT: Final = sa.or_(Notice.state.in_((NoticeState.SENT, NoticeState.IN_DOUBT)), Notice.doubts > 0)
"""The mail was accepted, or an attempt ended without an answer: it may lie in the mailbox."""


@dataclass(frozen=True, slots=True)
class Told:
    """Someone who was told by a publication, or may have been, and where."""

    participant_id: int
    name: str
    recipient: str
    language: str | None
    """The language chosen for pages and mails, if one is known."""
    spoken: str


def told_of(session: Session, row: MatchingRound) -> Mapping[int, Told]:
    """Return everybody who was told by the publication that stands; of several mails the newest address counts."""
    told = (Notice.participant_id, Participant.name, Notice.recipient, Account.language, Participant.languages)
    wanted = sa.select(*told).join(Participant, Participant.id == Notice.participant_id)
    wanted = wanted.outerjoin(Account, Account.mailbox == Participant.mailbox)
    found = session.execute(wanted.where(_of_publication(row), _WENT_OUT).order_by(Notice.revision))
    return {one[0]: Told(one[0], *one[1:]) for one in found if one[0] is not None}


def fates(session: Session, row: MatchingRound) -> Mapping[NoticeState, int]:
    """Count how far the mails of the publication that stands have come."""
    counted = sa.select(Notice.state, sa.func.count()).where(_of_publication(row), IS_CURRENT).group_by(Notice.state)
    return defaultdict(int, {found[0]: found[1] for found in session.execute(counted)})


def names_told(session: Session, proposal_id: int) -> Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return by participant the names of their mentors and of their mentees in the announced pairs."""
    pairs = sa.select(Pairing.mentor_id, Mentor.name, Pairing.mentee_id, Mentee.name)
    pairs = pairs.join(Mentor, Mentor.id == Pairing.mentor_id).join(Mentee, Mentee.id == Pairing.mentee_id)
    announced = (Pairing.proposal_id == proposal_id, Pairing.state == PairingState.ANNOUNCED)
    mentors: dict[int, list[str]] = defaultdict(list)
    mentees: dict[int, list[str]] = defaultdict(list)
    for mentor_id, mentor_name, mentee_id, mentee_name in session.execute(pairs.where(*announced).order_by(Pairing.id)):
        mentors[mentee_id].append(mentor_name)
        mentees[mentor_id].append(mentee_name)
    return {i: (tuple(mentors.get(i, ())), tuple(mentees.get(i, ()))) for i in mentors.keys() | mentees.keys()}


def agreed_pairings(session: Session, round_id: int) -> int:
    """Count the pairings of a round that were taken up."""
    counted = sa.select(sa.func.count()).where(Pairing.round_id == round_id, Pairing.state.in_(_AGREED))
    return session.scalar(counted) or 0


def newer_round(session: Session, row: MatchingRound) -> int | None:
    """Return the number of the newest round after this one, if there is any."""
    later = (MatchingRound.programme_id == row.programme_id, MatchingRound.number > row.number)
    return session.scalar(sa.select(sa.func.max(MatchingRound.number)).where(*later))


def _of_publication(row: MatchingRound) -> sa.ColumnElement[bool]:
    return sa.and_(Notice.round_id == row.id, Notice.publication == row.publication, Notice.kind != NoticeKind.RECALL)
