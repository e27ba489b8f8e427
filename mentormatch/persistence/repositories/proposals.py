"""Proposals as they are read: everyone's line in one query, and the details of those that are shown in another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.certification import Certification
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.pairings import PairingState, Reason, Serves, Side
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.models import MatchingRound, Notice, Pairing, Participant, Proposal, Unpaired
from mentormatch.persistence.repositories.pair_sides import Mentee, Mentor


@dataclass(frozen=True, slots=True)
class PairLine:
    """One pair of a proposal as far as it can be searched and sorted."""

    id: int
    mentor_id: int
    mentor: str
    mentor_site: str
    mentor_email: str
    mentee_id: int
    mentee: str
    mentee_site: str
    mentee_email: str
    points: int
    gap_points: int
    serves: Serves
    pursued: Certification
    """The certification that the mentor pursues."""


@dataclass(frozen=True, slots=True)
class LeftOverLine:
    """One person whom a proposal leaves without a partner on one side, with the reason and the counts behind it."""

    participant_id: int
    name: str
    site: str
    email: str
    side: Side
    reason: Reason
    is_candidate: bool
    pursued: Certification
    obstacles: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Entrant:
    """A participant as a proposal knows them: the engine's id, and a digest of the answers that were solved."""

    engine_id: str
    digest: str


def entrants_of(session: Session, proposal_id: int) -> Mapping[int, Entrant]:
    """Return everyone who was in a proposal, by participant id."""
    kept = session.scalar(sa.select(Proposal.entrants).where(Proposal.id == proposal_id)) or {}
    return {int(key): Entrant(*entrant) for key, entrant in kept.items()}


def pair_lines(session: Session, proposal_id: int, *conditions: sa.ColumnElement[bool]) -> list[PairLine]:
    """Return every pair of a proposal that meets the conditions, save proposed ones whose people have left."""
    columns = (
        Pairing.id,
        *(Mentor.id, Mentor.name, Mentor.site, Mentor.email),
        *(Mentee.id, Mentee.name, Mentee.site, Mentee.email),
        *(Pairing.coverage_points, Pairing.gap_points, Pairing.serves, Mentor.certification_pursued),
    )
    pairs = (
        sa.select(*columns).join(Mentor, Mentor.id == Pairing.mentor_id).join(Mentee, Mentee.id == Pairing.mentee_id)
    )
    here = sa.or_(Pairing.state != PairingState.DROPPED, sa.and_(*(_is_here(one) for one in (Mentor, Mentee))))
    rows: Iterable[Sequence[Any]] = session.execute(pairs.where(Pairing.proposal_id == proposal_id, here, *conditions))
    return [PairLine(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class PairDetail:
    """What is read of the pairs that are shown: what they close, and the mentor's and the mentee's answers."""

    closures: Sequence[Sequence[Any]]
    languages: tuple[str, str]
    time_zones: tuple[str, str]


def details_of(session: Session, pairing_ids: Iterable[int]) -> Mapping[int, PairDetail]:
    """Return the details of these pairings."""
    columns = (
        Pairing.id,
        Pairing.closures,
        *(p.languages for p in (Mentor, Mentee)),
        *(p.time_zone for p in (Mentor, Mentee)),
    )
    pairs = (
        sa.select(*columns).join(Mentor, Mentor.id == Pairing.mentor_id).join(Mentee, Mentee.id == Pairing.mentee_id)
    )
    rows: Iterable[Sequence[Any]] = session.execute(pairs.where(Pairing.id.in_(list(pairing_ids))))
    return {key: PairDetail(closures, (one, other), (here, there)) for key, closures, one, other, here, there in rows}


def all_closures(session: Session, proposal_id: int) -> Mapping[int, Sequence[Sequence[Any]]]:
    """Return what each pairing of a proposal closes."""
    wanted = sa.select(Pairing.id, Pairing.closures).where(Pairing.proposal_id == proposal_id)
    return {row[0]: row[1] for row in session.execute(wanted)}


def left_over_lines(session: Session, proposal_id: int, *conditions: sa.ColumnElement[bool]) -> list[LeftOverLine]:
    """Return everyone still here whom a proposal leaves without a partner and who meets the conditions, by side."""
    person = (Participant.id, Participant.name, Participant.site, Participant.email)
    why = (Unpaired.side, Unpaired.reason, Unpaired.is_candidate, Participant.certification_pursued, Unpaired.detail)
    unpaired = sa.select(*person, *why).join(Participant, Participant.id == Unpaired.participant_id)
    wanted = unpaired.where(Unpaired.proposal_id == proposal_id, _is_here(Participant), *conditions)
    return [LeftOverLine(*row) for row in session.execute(wanted)]


def _is_here(person: type[Participant]) -> sa.ColumnElement[bool]:
    return person.state.not_in((SignupState.WITHDRAWN, SignupState.ERASED))


def mails_of(session: Session, proposal_id: int) -> Mapping[tuple[NoticeKind, NoticeState], int]:
    """Count the mails of a proposal by kind and state."""
    kinds = (Notice.kind, Notice.state)
    counted = sa.select(*kinds, sa.func.count()).where(Notice.proposal_id == proposal_id).group_by(*kinds)
    return {(kind, state): count for kind, state, count in session.execute(counted)}


def latest_summaries(session: Session, programme_id: int) -> Mapping[int, dict[str, Any]]:
    """Return the summary of the newest proposal of every round of a programme, by the round's id."""
    kept = sa.select(Proposal.round_id, Proposal.summary).join(MatchingRound, MatchingRound.id == Proposal.round_id)
    rows = session.execute(kept.where(MatchingRound.programme_id == programme_id).order_by(Proposal.number))
    return {row[0]: row[1] for row in rows}
