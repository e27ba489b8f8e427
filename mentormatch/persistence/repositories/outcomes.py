"""The outcome of a round as its notices tell it, read in a handful of queries however many people there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.certification import ASKS_FOR_MENTORING, Certification
from mentormatch.domain.errors import NotFound
from mentormatch.domain.pairings import PairingState, Reason, Side
from mentormatch.domain.sentences import said
from mentormatch.persistence.models import (
    Account,
    Coordinatorship,
    MatchingRound,
    Pairing,
    Participant,
    Programme,
    Proposal,
    Unpaired,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeHead:
    """Which proposal of which round of which programme; `publication` is the one it would be published as."""

    programme_id: int
    round_id: int
    proposal_id: int
    slug: str
    programme: str
    number: int
    publication: int
    snapshot_sha256: str
    mentorships_required: Mapping[Certification, int]
    coordinators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """Someone in a round, as far as a notice speaks of them."""

    id: int
    name: str
    email: str
    organisation: str
    site: str
    time_zone: str
    languages: str
    offers_mentoring: bool
    certification_pursued: Certification
    mentorships_completed: int
    language: str | None
    """The language chosen for pages and mails, if one is known."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One proposed pairing; `closures` lists competency, from level, to level, points."""

    id: int
    mentor_id: int
    mentee_id: int
    closures: list[Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everybody in a proposal, the pairs, and why the others have none, by (participant, side)."""

    head: OutcomeHead
    members: Mapping[int, Member]
    pairs: tuple[Pair, ...]
    reasons: Mapping[tuple[int, Side], Reason]


def outcome_of(session: Session, round_id: int, proposal_id: int, only: int | None = None) -> Outcome:
    """Read what the notices of a proposal tell, or only what concerns one participant of it.

    Raises NotFound when the round has no such proposal.
    """
    head = outcome_head(session, round_id, proposal_id)
    columns = (Pairing.id, Pairing.mentor_id, Pairing.mentee_id, Pairing.closures)
    proposed = [Pairing.proposal_id == proposal_id, Pairing.state == PairingState.PROPOSED]
    unpaired = [Unpaired.proposal_id == proposal_id]
    if only is not None:
        proposed.append(sa.or_(Pairing.mentor_id == only, Pairing.mentee_id == only))
        unpaired.append(Unpaired.participant_id == only)
    pairs = [Pair(*row) for row in session.execute(sa.select(*columns).where(*proposed).order_by(Pairing.id))]
    left = sa.select(Unpaired.participant_id, Unpaired.side, Unpaired.reason).where(*unpaired)
    reasons = {(person, side): reason for person, side, reason in session.execute(left)}
    in_it = sa.union(
        sa.select(Pairing.mentor_id).where(*proposed),
        sa.select(Pairing.mentee_id).where(*proposed),
        sa.select(Unpaired.participant_id).where(*unpaired),
    )
    told = [getattr(Participant, name) for name in Member.__slots__ if name != "language"]
    of_it = sa.select(*told, Account.language).outerjoin(Account, Account.mailbox == Participant.mailbox)
    of_it = of_it.where(Participant.programme_id == head.programme_id, Participant.id.in_(in_it))
    members = [Member(*row) for row in session.execute(of_it.order_by(Participant.id))]
    return Outcome(head, {member.id: member for member in members}, tuple(pairs), reasons)


def outcome_head(session: Session, round_id: int, proposal_id: int) -> OutcomeHead:
    """Read which proposal of which round this is; raises NotFound when the round has no such proposal."""
    found = session.execute(
        sa.select(Programme, MatchingRound, Proposal.snapshot_sha256)
        .join(MatchingRound, MatchingRound.programme_id == Programme.id)
        .join(Proposal, Proposal.round_id == MatchingRound.id)
        .where(MatchingRound.id == round_id, Proposal.id == proposal_id)
    ).one_or_none()
    if found is None:
        raise NotFound(said("This round has no such proposal."))
    programme, matching_round, sha256 = found
    appointed = sa.select(Account.email).join(Coordinatorship)
    appointed = appointed.where(Coordinatorship.programme_id == programme.id, Account.disabled_at.is_(None))
    return OutcomeHead(
        programme_id=programme.id,
        round_id=round_id,
        proposal_id=proposal_id,
        slug=programme.slug,
        programme=programme.name,
        number=matching_round.number,
        publication=matching_round.publication + 1,
        snapshot_sha256=sha256,
        mentorships_required={c: programme.mentorships_required.get(c, 0) for c in ASKS_FOR_MENTORING},
        coordinators=tuple(session.scalars(appointed.order_by(Account.email))),
    )
