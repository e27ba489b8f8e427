"""The mentorships of one participant: who mentors them, and whom they mentor, with the days of each step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.competencies import Competency
from mentormatch.domain.pairings import PairingState
from mentormatch.persistence.models import AuditEntry, MatchingRound, Pairing, Participant

_TOGETHER: Final = (PairingState.ANNOUNCED, PairingState.ACCEPTED, PairingState.COMPLETED)
"""The states in which two people have to do with each other, or had to the end."""


@dataclass(frozen=True, slots=True)
class MentorOfMine:
    """The mentor of somebody's newest pairing; `brings` has the agreed competencies and the level each is to reach."""

    name: str
    brings: Mapping[Competency, int]


@dataclass(frozen=True, slots=True)
class MenteeOfMine:
    """One mentorship of a mentor: with whom, of which round, how far, and since when."""

    name: str
    round_number: int
    state: PairingState
    since: datetime | None


def mentor_of(session: Session, participant_id: int) -> MentorOfMine | None:
    """Return the mentor of a mentee's newest pairing that has been told and not ended."""
    found = (
        sa.select(Participant.name, Pairing.closures)
        .join(Participant, Participant.id == Pairing.mentor_id)
        .where(Pairing.mentee_id == participant_id, Pairing.state.in_(_TOGETHER))
        .order_by(Pairing.id.desc())
    )
    row = session.execute(found).first()
    return MentorOfMine(row[0], {Competency(key): to for key, _, to, _ in row[1]}) if row else None


def mentees_of(session: Session, participant_id: int) -> tuple[MenteeOfMine, ...]:
    """Return every mentorship of a mentor that has been told and not ended early, the oldest first."""
    since = (
        sa.select(sa.func.max(AuditEntry.at))
        .where(
            AuditEntry.object_table == Pairing.__tablename__,
            AuditEntry.object_id == Pairing.id,
            AuditEntry.new_state == Pairing.state,
        )
        .scalar_subquery()
    )
    day = sa.func.coalesce(since, MatchingRound.published_at)
    found = (
        sa.select(Participant.name, MatchingRound.number, Pairing.state, day)
        .join(Participant, Participant.id == Pairing.mentee_id)
        .join(MatchingRound, MatchingRound.id == Pairing.round_id)
        .where(Pairing.mentor_id == participant_id, Pairing.state.in_(_TOGETHER))
        .order_by(Pairing.id)
    )
    return tuple(MenteeOfMine(*row) for row in session.execute(found))
