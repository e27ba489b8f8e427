"""Pairings whose two people have been told of each other: who, since when, what each has said, and when they meet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.answers import Answer, Fit
from mentormatch.domain.errors import NotFound
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.models import (
    Account,
    Coordinatorship,
    MatchingRound,
    Meeting,
    Pairing,
    PairingAnswer,
    Participant,
    Programme,
)
from mentormatch.persistence.repositories.rounds import EARLIER

LIVE: Final = (PairingState.ANNOUNCED, PairingState.ACCEPTED)
"""The states in which the two have to do with each other."""


@dataclass(frozen=True, slots=True)
class Someone:
    """One of the two, as far as the other may know them."""

    id: int
    name: str
    email: str
    organisation: str
    site: str
    time_zone: str
    languages: str
    state: SignupState
    mailbox: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one of the two has said."""

    answer: Answer | None = None
    reason: str = ""
    answered_at: datetime | None = None
    fit: Fit | None = None
    fit_at: datetime | None = None
    change_asked: str = ""
    change_asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptMeeting:
    """The first meeting as it is arranged."""

    organiser_id: int
    starts_at: datetime
    minutes: int
    identity: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPairing:
    """One pairing with all that two people may know of it together; `said` is by participant id."""

    id: int
    programme_id: int
    slug: str
    programme: str
    round_number: int
    published_at: datetime
    state: PairingState
    version: int
    closures: list[Any]
    mentor: Someone
    mentee: Someone
    said: Mapping[int, Said] = field(default_factory=dict)
    meeting: KeptMeeting | None = None

    @property
    def both(self) -> tuple[Someone, Someone]:
        """Return the two."""
        return self.mentor, self.mentee

    def said_by(self, participant_id: int) -> Said:
        """Return what one of the two has said."""
        return self.said.get(participant_id, Said())


def pairings_where(session: Session, *conditions: sa.ColumnElement[bool]) -> tuple[KeptPairing, ...]:
    """Return the announced pairings that meet the conditions, the newest first."""
    since = sa.func.coalesce(MatchingRound.published_at, MatchingRound.created_at)
    rows = session.execute(
        sa.select(Pairing, MatchingRound.number, since, Programme.slug, Programme.name)
        .join(MatchingRound, MatchingRound.id == Pairing.round_id)
        .join(Programme, Programme.id == Pairing.programme_id)
        .where(Pairing.state.in_(EARLIER), *conditions)
        .order_by(Pairing.id.desc())
    ).all()
    ids = [row[0].id for row in rows]
    people = _people(session, {key for row in rows for key in (row[0].mentor_id, row[0].mentee_id)})
    said, meetings = _said(session, ids), _meetings(session, ids)
    return tuple(
        KeptPairing(
            id=pairing.id,
            programme_id=pairing.programme_id,
            slug=slug,
            programme=programme,
            round_number=number,
            published_at=published_at,
            state=pairing.state,
            version=pairing.version,
            closures=sorted(pairing.closures, key=lambda closure: -closure[3]),
            mentor=people[pairing.mentor_id],
            mentee=people[pairing.mentee_id],
            said=said.get(pairing.id, {}),
            meeting=meetings.get(pairing.id),
        )
        for pairing, number, published_at, slug, programme in rows
    )


def pairing_with(session: Session, pairing_id: int, participant_id: int) -> KeptPairing:
    """Return a pairing in which this participant is one of the two; raises NotFound."""
    is_one = sa.or_(Pairing.mentor_id == participant_id, Pairing.mentee_id == participant_id)
    found = pairings_where(session, Pairing.id == pairing_id, is_one)
    if not found:
        raise NotFound("There is no such pairing.")
    return found[0]


def answer_row(session: Session, pairing_id: int, participant_id: int) -> PairingAnswer:
    """Return the row in which one of the two speaks, made where there is none."""
    row = session.get(PairingAnswer, (pairing_id, participant_id))
    if row is None:
        row = PairingAnswer(pairing_id=pairing_id, participant_id=participant_id)
        session.add(row)
        session.flush()
    return row


def coordinators_of(session: Session, programme_id: int) -> tuple[str, ...]:
    """Return the addresses of those who coordinate a programme."""
    appointed = sa.select(Account.email).join(Coordinatorship).where(Coordinatorship.programme_id == programme_id)
    return tuple(session.scalars(appointed.where(Account.disabled_at.is_(None)).order_by(Account.email)))


def _people(session: Session, ids: Iterable[int]) -> Mapping[int, Someone]:
    columns = [getattr(Participant, name) for name in Someone.__slots__]
    found = session.execute(sa.select(*columns).where(Participant.id.in_(sorted(ids))))
    return {row.id: Someone(*row) for row in found}


def _said(session: Session, ids: list[int]) -> Mapping[int, Mapping[int, Said]]:
    found: dict[int, dict[int, Said]] = {}
    for row in session.scalars(sa.select(PairingAnswer).where(PairingAnswer.pairing_id.in_(ids))):
        said = Said(*(getattr(row, name) for name in Said.__slots__))
        found.setdefault(row.pairing_id, {})[row.participant_id] = said
    return found


def _meetings(session: Session, ids: list[int]) -> Mapping[int, KeptMeeting]:
    columns = [getattr(Meeting, name) for name in KeptMeeting.__slots__]
    first = sa.select(Meeting.pairing_id, *columns).where(Meeting.pairing_id.in_(ids), Meeting.number == 1)
    return {row[0]: KeptMeeting(*row[1:]) for row in session.execute(first)}
