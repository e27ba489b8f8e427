"""Matching rounds: the round, the frozen input it solved, the proposal, its pairings and the unpaired."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentormatch.domain.pairings import PairingState, Reason, Serves, Side
from mentormatch.domain.rounds import RoundState, Stage
from mentormatch.persistence.column_types import Line
from mentormatch.persistence.database import Model, rules


class MatchingRound(Model):
    """One matching round of a programme, from the button to its end, with the lease of whoever solves it."""

    __tablename__ = "matching_round"
    __table_args__ = rules(
        sa.UniqueConstraint("programme_id", "number"),
        sa.UniqueConstraint("programme_id", "id"),
        sa.Index(
            "uq_matching_round_open",
            "programme_id",
            unique=True,
            sqlite_where=sa.text("state NOT IN ('published', 'closed')"),
            postgresql_where=sa.text("state NOT IN ('published', 'closed')"),
        ),
        sa.CheckConstraint("(state = 'solving') = (lease_until IS NOT NULL)", name="lease"),
        sa.CheckConstraint("attempts BETWEEN 0 AND 3", name="attempts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    number: Mapped[int]
    """Counts from 1 within the programme; people say "round 3"."""
    state: Mapped[RoundState]
    version: Mapped[int] = mapped_column(default=1)
    seed: Mapped[int] = mapped_column(default=0)
    """Settles ties, together with the participants' ids."""
    started_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime]
    queued_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    """Counted when the work is claimed, so that a round that kills its solver is given up."""
    fence: Mapped[int] = mapped_column(default=0)
    """Moves with every claim; a late solver's result carries an old one and is refused."""
    lease_until: Mapped[datetime | None]
    stage: Mapped[Stage | None]
    stage_done: Mapped[int] = mapped_column(default=0)
    stage_total: Mapped[int] = mapped_column(default=0)
    stage_since: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(Line(500), default="")
    publication: Mapped[int] = mapped_column(default=0)
    """How many times this round has been published."""
    publish_key: Mapped[str | None] = mapped_column(Line(64), unique=True)
    """The one-time key of the form that published it: a second press finds the first one's result."""
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))


class Snapshot(Model):
    """The frozen input of a solve, found by its content's hash."""

    __tablename__ = "snapshot"
    __table_args__ = rules()

    sha256: Mapped[str] = mapped_column(Line(64), primary_key=True)
    content: Mapped[bytes]
    """Canonical JSON of whole numbers and opaque ids, zlib-compressed."""
    created_at: Mapped[datetime]


class Proposal(Model):
    """The result of one solve; a re-solve makes another and overwrites nothing."""

    __tablename__ = "proposal"
    __table_args__ = rules(sa.UniqueConstraint("round_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("matching_round.id"))
    number: Mapped[int]
    snapshot_sha256: Mapped[str] = mapped_column(sa.ForeignKey("snapshot.sha256"))
    result_sha256: Mapped[str] = mapped_column(Line(64))
    inputs_version: Mapped[int]
    """The programme's inputs version the snapshot was taken at."""
    entrants: Mapped[dict[str, list[str]]] = mapped_column(sa.JSON, deferred=True, deferred_raiseload=True)
    """Participant id -> the engine's id, which outlives a corrected address, and a digest of the answers solved."""
    summary: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    certificate: Mapped[bytes | None] = mapped_column(deferred=True)
    """The prices that prove the result, as zlib-compressed JSON; proposals of the first release have none."""
    solver: Mapped[str] = mapped_column(Line(200))
    """Versions of the engine and of the libraries it used."""
    created_at: Mapped[datetime]


class Pairing(Model):
    """One mentor with one mentee in one proposal, and the mentorship that may come of it."""

    __tablename__ = "pairing"
    __table_args__ = rules(
        sa.UniqueConstraint("proposal_id", "mentee_id"),
        sa.UniqueConstraint("proposal_id", "mentor_id", "slot"),
        sa.CheckConstraint("mentor_id <> mentee_id", name="two_people"),
        sa.CheckConstraint("slot BETWEEN 1 AND capacity", name="slot"),
        sa.CheckConstraint("coverage_points BETWEEN 1 AND gap_points", name="coverage_points"),
        sa.ForeignKeyConstraint(["programme_id", "round_id"], ["matching_round.programme_id", "matching_round.id"]),
        sa.ForeignKeyConstraint(["programme_id", "mentor_id"], ["participant.programme_id", "participant.id"]),
        sa.ForeignKeyConstraint(["programme_id", "mentee_id"], ["participant.programme_id", "participant.id"]),
        sa.Index("ix_pairing_round_id", "round_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int]
    round_id: Mapped[int]
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    mentor_id: Mapped[int] = mapped_column(index=True)
    mentee_id: Mapped[int] = mapped_column(index=True)
    slot: Mapped[int]
    capacity: Mapped[int]
    """The mentor's capacity when the round was posed; the slot never exceeds it."""
    coverage_points: Mapped[int]
    gap_points: Mapped[int]
    preferences: Mapped[list[Any]] = mapped_column(sa.JSON, default=list, server_default="[]")
    """What the pair is worth beside its coverage: list of [preference, points]."""
    score: Mapped[int]
    serves: Mapped[Serves]
    closures: Mapped[list[Any]] = mapped_column(sa.JSON)
    """What the mentor can close: list of [competency, from level, to level, points]."""
    state: Mapped[PairingState]
    version: Mapped[int] = mapped_column(default=1)


class Unpaired(Model):
    """Someone left without a partner on one side in one proposal, and why."""

    __tablename__ = "unpaired"
    __table_args__ = rules(
        sa.UniqueConstraint("proposal_id", "participant_id", "side"),
        sa.ForeignKeyConstraint(["programme_id", "participant_id"], ["participant.programme_id", "participant.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int]
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    participant_id: Mapped[int] = mapped_column(index=True)
    side: Mapped[Side]
    reason: Mapped[Reason]
    is_candidate: Mapped[bool]
    """Whether this is a mentor who needs a mentee for the certification pursued."""
    detail: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
