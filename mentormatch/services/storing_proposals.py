"""Storing proposals: a checked solution as rows, beside the frozen input it answers."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import SYSTEM
from mentormatch.domain.adjustments import Adjustment, AdjustmentKind
from mentormatch.domain.pairings import PairingState, Reason, Side
from mentormatch.matching.certificate import written
from mentormatch.matching.explaining import NO_OBSTACLES
from mentormatch.matching.snapshots import record_of, sha256_of, snapshot_of
from mentormatch.matching.solution import MatchingSolution, PlainOptimum, SolvedPairing, Totals
from mentormatch.matching.solution import Unpaired as LeftOver
from mentormatch.persistence.advancing import Cause, begin_all
from mentormatch.persistence.models import Pairing, Proposal, Snapshot, Unpaired
from mentormatch.schemas.policy import policy_as_json
from mentormatch.services.claiming_rounds import Claim
from mentormatch.services.freezing_inputs import FrozenInput

_SOLVED_WITH: Final = ("mentormatch", "numpy", "scipy")


def store_proposal(
    session: Session, claim: Claim, frozen: FrozenInput, solution: MatchingSolution, at: datetime
) -> int:
    """Add the next proposal of a round with its pairings and unpaired; return its id."""
    proposal = Proposal(
        round_id=claim.round_id,
        number=_next_number(session, claim.round_id),
        snapshot_sha256=_kept_snapshot(session, snapshot_of(frozen.problem, frozen.policy), at),
        result_sha256=sha256_of(record_of(solution)),
        inputs_version=frozen.inputs_version,
        entrants=frozen.entrants,
        summary=summary_of(frozen, solution),
        certificate=zlib.compress(written(solution.certificate).encode()),
        solver=", ".join(f"{name} {version(name)}" for name in _SOLVED_WITH),
        created_at=at,
    )
    session.add(proposal)
    session.flush()
    places = {person.id: person.capacity for person in frozen.problem.people}
    pairings = [_pairing(claim, proposal.id, frozen, solved, places) for solved in solution.pairings]
    begin_all(session, pairings, Cause(SYSTEM, at))
    session.add_all(_unpaired(claim, proposal.id, frozen, (*_left_out(frozen), *solution.unpaired)))
    return proposal.id


def summary_of(frozen: FrozenInput, solution: MatchingSolution) -> dict[str, Any]:
    """Return what pages say of a proposal as a whole: its totals, the policy it followed, whether it is proven."""
    return {
        "totals": asdict(solution.totals),
        "policy": policy_as_json(frozen.policy),
        "is_proven": solution.is_proven,
        "bound": asdict(solution.bound),
        "adjustments": sorted([a.kind, a.mentor_id or 0, a.mentee_id or 0] for a in frozen.adjustments),
    }


def totals_from(summary: dict[str, Any]) -> Totals:
    """Read the totals back from a stored summary; before there were points of preference, all points were coverage."""
    kept = summary["totals"]
    return Totals(**{"total_coverage": kept["total_score"], **kept, "plain": PlainOptimum(**kept["plain"])})


def adjustments_from(summary: dict[str, Any]) -> frozenset[Adjustment]:
    """Read back which adjustments a proposal contains; one solved before there were any contains none."""
    kept = summary.get("adjustments", ())
    return frozenset(Adjustment(AdjustmentKind(kind), mentor or None, mentee or None) for kind, mentor, mentee in kept)


def _next_number(session: Session, round_id: int) -> int:
    numbers = sa.select(sa.func.max(Proposal.number)).where(Proposal.round_id == round_id)
    return (session.scalar(numbers) or 0) + 1


def _kept_snapshot(session: Session, snapshot: str, at: datetime) -> str:
    sha256 = sha256_of(snapshot)
    if session.get(Snapshot, sha256) is None:
        session.add(Snapshot(sha256=sha256, content=zlib.compress(snapshot.encode()), created_at=at))
        session.flush()
    return sha256


def _pairing(
    claim: Claim, proposal_id: int, frozen: FrozenInput, solved: SolvedPairing, places: Mapping[str, int]
) -> Pairing:
    return Pairing(
        programme_id=claim.programme_id,
        round_id=claim.round_id,
        proposal_id=proposal_id,
        mentor_id=frozen.people[solved.mentor_id][0],
        mentee_id=frozen.people[solved.mentee_id][0],
        slot=solved.slot,
        capacity=places[solved.mentor_id],
        coverage_points=solved.coverage,
        gap_points=solved.gap_points,
        preferences=[[found.preference.value, found.points] for found in solved.preferences],
        score=solved.score,
        serves=solved.serves,
        closures=[[c.competency.value, c.from_level, c.to_level, c.points] for c in solved.closures],
        state=PairingState.PROPOSED,
        version=1,
    )


def _left_out(frozen: FrozenInput) -> Iterable[LeftOver]:
    for person in frozen.left_out:
        yield LeftOver(
            person_id=person,
            side=Side.MENTEE,
            reason=Reason.LEFT_OUT,
            is_candidate=False,
            obstacles=NO_OBSTACLES,
        )


def _unpaired(claim: Claim, proposal_id: int, frozen: FrozenInput, left_over: Iterable[LeftOver]) -> Iterable[Unpaired]:
    for one in left_over:
        yield Unpaired(
            programme_id=claim.programme_id,
            proposal_id=proposal_id,
            participant_id=frozen.people[one.person_id][0],
            side=one.side,
            reason=one.reason,
            is_candidate=one.is_candidate,
            detail=asdict(one.obstacles),
        )
