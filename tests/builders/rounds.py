"""Rounds, proposals, pairings and notices as rows; every function adds to the session it is given and flushes."""

import zlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final, TypeVar

from sqlalchemy.orm import Session

from mentormatch.domain.adjustments import Adjustment
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.pairings import PairingState, Reason, Serves, Side
from mentormatch.domain.policies import Policy
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.signups import Signup
from mentormatch.matching.snapshots import snapshot_of
from mentormatch.matching.solution import Obstacles, PlainOptimum, Totals
from mentormatch.persistence.models import (
    AdjustmentRow,
    MatchingRound,
    Notice,
    Pairing,
    Participant,
    Proposal,
    Snapshot,
    Unpaired,
)
from mentormatch.schemas.policy import policy_as_json
from mentormatch.services.freezing_inputs import digest_of
from mentormatch.services.posing_problems import person_id, problem_of
from tests.builders.accounts import NOW

Row = TypeVar("Row")

NO_OBSTACLES: Final = Obstacles(
    partners=0,
    nothing_to_close=0,
    kept_apart=0,
    no_shared_language=0,
    no_common_hours=0,
    same_site=0,
    below_floor=0,
    eligible=0,
    taken=0,
    best_coverage=0,
    gap_points=0,
)
SUMMARY: Final = {
    "totals": dict.fromkeys(Totals.__slots__, 1) | {"plain": dict.fromkeys(PlainOptimum.__slots__, 1)},
    "policy": policy_as_json(Policy()),
    "is_proven": True,
}
"""What is kept of a solve as a whole, for tests that look at other things."""


def add_round(session: Session, programme_id: int, **differing: Any) -> MatchingRound:  # noqa: ANN401 -- any column
    """Add round 1 of a programme, under review; a round that is being solved gets its lease with its state."""
    columns: dict[str, Any] = {
        "programme_id": programme_id,
        "number": 1,
        "state": RoundState.PROPOSED,
        "seed": 7,
        "created_at": NOW,
        "lease_until": NOW + timedelta(minutes=1) if differing.get("state") == RoundState.SOLVING else None,
    }
    return _added(session, MatchingRound(**columns | differing))


def add_proposal(session: Session, round_id: int, **differing: Any) -> Proposal:  # noqa: ANN401 -- any column
    """Add proposal 1 of a round with a snapshot of its own."""
    number = differing.get("number", 1)
    sha256 = f"{round_id:032x}{number:032x}"
    session.add(Snapshot(sha256=sha256, content=differing.pop("content", b"frozen"), created_at=NOW))
    session.flush()
    columns: dict[str, Any] = {
        "round_id": round_id,
        "number": number,
        "snapshot_sha256": sha256,
        "result_sha256": "f" * 64,
        "inputs_version": 0,
        "entrants": {},
        "summary": SUMMARY,
        "solver": "a test",
        "created_at": NOW,
    }
    return _added(session, Proposal(**columns | differing))


def frozen(members: Mapping[int, Signup]) -> dict[str, Any]:
    """Return what a proposal keeps of its input: the snapshot of these participants, and who is who in it."""
    entrants = {str(key): [person_id(signup.email), digest_of(signup)] for key, signup in members.items()}
    snapshot = snapshot_of(problem_of(members.values(), Policy()), Policy())
    return {"entrants": entrants, "content": zlib.compress(snapshot.encode())}


def add_pairing(
    session: Session,
    proposal: Proposal,
    mentor: Participant,
    mentee: Participant,
    **differing: Any,  # noqa: ANN401 -- any column
) -> Pairing:
    """Add a proposed pairing that closes half of the mentee's gap."""
    columns: dict[str, Any] = {
        "programme_id": mentor.programme_id,
        "round_id": proposal.round_id,
        "proposal_id": proposal.id,
        "mentor_id": mentor.id,
        "mentee_id": mentee.id,
        "slot": 1,
        "capacity": 5,
        "coverage_points": 500,
        "gap_points": 1000,
        "score": 500,
        "serves": Serves.NOTHING,
        "closures": [["flow_pull", 1, 3, 500]],
        "state": PairingState.PROPOSED,
    }
    return _added(session, Pairing(**columns | differing))


def add_unpaired(
    session: Session, proposal: Proposal, participant: Participant, *, side: Side, reason: Reason
) -> Unpaired:
    """Add somebody whom a proposal leaves without a partner."""
    row = Unpaired(
        programme_id=participant.programme_id,
        proposal_id=proposal.id,
        participant_id=participant.id,
        side=side,
        reason=reason,
        is_candidate=False,
        detail=asdict(NO_OBSTACLES),
    )
    return _added(session, row)


def add_adjustment(
    session: Session,
    matching_round: MatchingRound,
    adjustment: Adjustment,
    **differing: Any,  # noqa: ANN401 -- any column
) -> AdjustmentRow:
    """Add a decision about a round that holds."""
    columns: dict[str, Any] = {
        "programme_id": matching_round.programme_id,
        "round_id": matching_round.id,
        "kind": adjustment.kind,
        "mentor_id": adjustment.mentor_id,
        "mentee_id": adjustment.mentee_id,
        "made_in": 1,
        "made_at": NOW,
    }
    return _added(session, AdjustmentRow(**columns | differing))


def add_notice(session: Session, proposal: Proposal, participant: Participant, **differing: Any) -> Notice:  # noqa: ANN401
    """Add a held notice of a proposal to a participant; one being sent gets its lease with its state."""
    in_hand = differing.get("state") in {NoticeState.SENDING, NoticeState.IN_DOUBT}
    columns: dict[str, Any] = {
        "programme_id": participant.programme_id,
        "round_id": proposal.round_id,
        "proposal_id": proposal.id,
        "publication": 1,
        "participant_id": participant.id,
        "kind": NoticeKind.UNPAIRED,
        "state": NoticeState.HELD,
        "recipient": participant.email,
        "subject": "Your mentoring round",
        "message_id": f"<n.{proposal.id}.{participant.id}.{differing.get('revision', 1)}@test.example>",
        "message": b"Subject: Your mentoring round\r\n\r\nHello.\r\n",
        "created_at": NOW,
        "next_at": NOW,
        "lease_until": NOW + timedelta(minutes=2) if in_hand else None,
    }
    return _added(session, Notice(**columns | differing))


def _added(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
