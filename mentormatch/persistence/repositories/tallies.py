"""Counts over the people, rounds and mails of a programme, each made by the database in one query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.certification import ASKS_FOR_MENTORING, Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.positions import Position
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.models import MatchingRound, Notice, Participant, Rating
from mentormatch.persistence.repositories.notices import IS_CURRENT


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many active people offer to mentor, with how many places, and how many want a mentor."""

    mentors: int
    places: int
    mentees: int


@dataclass(frozen=True, slots=True)
class Pursuers:
    """How many active people pursue a certification and are alike in what it still takes them."""

    certification: Certification
    completed: int
    capacity: int
    people: int


@dataclass(frozen=True, slots=True)
class RatedAlike:
    """Active people who rate one competency alike: the places they offer, and how many of them want a mentor."""

    competency: Competency
    position_aimed_at: Position
    level: int
    target: int | None
    places: int
    seekers: int


def _active(programme_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(Participant.programme_id == programme_id, Participant.state == SignupState.ACTIVE)


def _offered() -> sa.Case[Any]:
    return sa.case((Participant.offers_mentoring, Participant.capacity), else_=0)


def signups_by_state(session: Session, programme_id: int) -> Mapping[SignupState, int]:
    """Count the sign-ups of a programme by state; states that nobody is in are 0."""
    counted = sa.select(Participant.state, sa.func.count()).where(Participant.programme_id == programme_id)
    found = {row[0]: row[1] for row in session.execute(counted.group_by(Participant.state))}
    return {state: found.get(state, 0) for state in SignupState}


def headcount(session: Session, programme_id: int) -> Headcount:
    """Count the active people of a programme by what they offer and seek."""
    counted = sa.select(
        sa.func.count().filter(_offered() > 0),
        sa.func.coalesce(sa.func.sum(_offered()), 0),
        sa.func.count().filter(Participant.wants_mentor),
    ).where(_active(programme_id))
    return Headcount(*session.execute(counted).one())


def pursuers(session: Session, programme_id: int) -> tuple[Pursuers, ...]:
    """Count the active people who pursue a certification that asks for mentoring; no offer is a capacity of 0."""
    kinds = (Participant.certification_pursued, Participant.mentorships_completed, _offered())
    counted = sa.select(*kinds, sa.func.count()).where(
        _active(programme_id), Participant.certification_pursued.in_(ASKS_FOR_MENTORING)
    )
    return tuple(Pursuers(*row) for row in session.execute(counted.group_by(*kinds)))


def rated_alike(session: Session, programme_id: int) -> tuple[RatedAlike, ...]:
    """Group the ratings of all active people: a few hundred rows however many people there are."""
    kinds = (Rating.competency, Participant.position_aimed_at, Rating.level, Rating.target)
    summed = sa.select(*kinds, sa.func.sum(_offered()), sa.func.count().filter(Participant.wants_mentor))
    grouped = summed.join(Participant, Participant.id == Rating.participant_id).where(_active(programme_id))
    return tuple(RatedAlike(*row) for row in session.execute(grouped.group_by(*kinds)))


def latest_round(session: Session, programme_id: int) -> MatchingRound | None:
    """Return the round with the highest number."""
    rounds = sa.select(MatchingRound).where(MatchingRound.programme_id == programme_id)
    return session.scalar(rounds.order_by(MatchingRound.number.desc()).limit(1))


def notices_by_state(session: Session, round_id: int) -> Mapping[NoticeState, int]:
    """Count the mails of a round by state, only states that occur; one that was sent again counts no more."""
    stands = sa.and_(Notice.round_id == round_id, IS_CURRENT)
    counted = sa.select(Notice.state, sa.func.count()).where(stands).group_by(Notice.state)
    return {row[0]: row[1] for row in session.execute(counted)}
