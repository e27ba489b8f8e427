"""The proposal under review as the engine sees it, and solutions of it with other adjustments, kept for a while."""

import zlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from threading import Lock
from typing import Final, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.adjustments import Adjustment
from mentormatch.domain.errors import Conflict, LocksContradict
from mentormatch.domain.policies import Policy
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.snapshots import problem_from
from mentormatch.matching.solution import MatchingSolution, Totals
from mentormatch.matching.solve import solve
from mentormatch.persistence.models import Pairing, Participant, Snapshot
from mentormatch.persistence.repositories.adjustments import MadeAdjustment, active_adjustments, latest_act
from mentormatch.persistence.repositories.proposals import entrants_of
from mentormatch.persistence.repositories.rounds import latest_proposal, round_of
from mentormatch.services.adjusting_inputs import adjusted, named, refuse_empty_locks
from mentormatch.services.storing_proposals import adjustments_from, totals_from

MOST_KEPT: Final = 4
"""Solutions kept in memory; one of five thousand people takes a few tens of megabytes."""

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

PairIds = tuple[int, int]
"""A mentor's and a mentee's participant id."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A proposal with what it was solved from, by participant ids, and the adjustments that hold now."""

    round_id: int
    number: int
    version: int
    proposal_id: int
    snapshot: bytes
    engine_ids: Mapping[int, str]
    names: Mapping[int, str]
    pairs: frozenset[PairIds]
    totals: Totals
    contained: frozenset[Adjustment]
    active: tuple[MadeAdjustment, ...]
    latest_act: int

    @property
    def decided(self) -> frozenset[Adjustment]:
        """What holds now."""
        return frozenset(one.adjustment for one in self.active)

    @cached_property
    def mentor_of(self) -> Mapping[int, int]:
        """The mentor of each mentee who has one."""
        return {mentee: mentor for mentor, mentee in self.pairs}

    @cached_property
    def participant_ids(self) -> Mapping[str, int]:
        """The participant of each of the engine's ids."""
        return {engine_id: key for key, engine_id in self.engine_ids.items()}

    @cached_property
    def posed(self) -> tuple[MatchingProblem, Policy]:
        """What was solved, with the proposal's own pairs under review.

        Raises Conflict for a proposal that an older version of the model solved.
        """
        try:
            problem, policy = _read(self.snapshot)
        except ValueError as refused:
            raise Conflict(
                said("This proposal was solved by an older version of the program. Re-solve first.")
            ) from refused
        known = ((self.engine_ids.get(mentor), self.engine_ids.get(mentee)) for mentor, mentee in self.pairs)
        return replace(problem, under_review=frozenset((a, b) for a, b in known if a and b)), policy

    @property
    def is_readable(self) -> bool:
        """Whether this version of the model can read what was solved."""
        try:
            return bool(self.posed[0].people)
        except Conflict:
            return False

    def problem_with(self, adjustments: Collection[Adjustment]) -> MatchingProblem:
        """Pose the problem with these adjustments; raises AdjustmentRefused, by name, when they contradict."""
        problem, policy = self.posed
        try:
            posed = adjusted(problem, self.engine_ids, adjustments, self.contained)
            refuse_empty_locks(posed, policy)
        except LocksContradict as refused:
            names = {engine_id: self.names.get(key, "") for key, engine_id in self.engine_ids.items()}
            raise named(refused, names) from refused
        return posed


@dataclass(frozen=True, kw_only=True)
class Reached:
    """What comes of a proposal with some adjustments: the mentor of each mentee, and the totals."""

    mentor_of: Mapping[int, int]
    totals: Totals


class Recent(Generic[Key, Value]):
    """The last few answers of a question that takes long; safe to ask from several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the answer for a key, made now if it is not remembered; two who ask at once may both make it."""
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = make()
        with self._lock:
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found

    def latest(self, is_wanted: Callable[[Key], bool]) -> Value | None:
        """Return the answer that was asked for last among the keys that are wanted."""
        with self._lock:
            return next((self._kept[key] for key in reversed(self._kept) if is_wanted(key)), None)


class Solutions:
    """Solves what is under review with other adjustments, and remembers the last few answers."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._kept: Recent[tuple[int, frozenset[Adjustment]], MatchingSolution] = Recent(most)

    def reached(self, standing: Standing, adjustments: frozenset[Adjustment]) -> Reached:
        """Say what a re-solve with these adjustments comes to; raises AdjustmentRefused when they contradict."""
        if adjustments == standing.contained:
            return Reached(mentor_of=standing.mentor_of, totals=standing.totals)
        solution = self.solution(standing, adjustments)
        ids = standing.participant_ids
        mentor_of = {ids[pair.mentee_id]: ids[pair.mentor_id] for pair in solution.pairings}
        return Reached(mentor_of=mentor_of, totals=solution.totals)

    def solution(self, standing: Standing, adjustments: frozenset[Adjustment]) -> MatchingSolution:
        """Solve with these adjustments, or remember the answer; raises AdjustmentRefused when they contradict."""

        def solved() -> MatchingSolution:
            problem, policy = standing.problem_with(adjustments), standing.posed[1]
            # Whatever was solved last of this proposal differs by an adjustment or two: going on from there is quick.
            return solve(problem, policy, after=self._kept.latest(lambda key: key[0] == standing.proposal_id))

        return self._kept.get((standing.proposal_id, adjustments), solved)


def standing_of(session: Session, programme_id: int, number: int) -> Standing:
    """Read the proposal under review; raises NotFound, and Conflict for a round that has none."""
    row = round_of(session, programme_id, number)
    proposal = latest_proposal(session, row.id)
    if proposal is None or row.state != RoundState.PROPOSED:
        raise Conflict(said("Round %(number)s has no proposal under review.", number=number))
    people = sa.select(Participant.id, Participant.name).where(Participant.programme_id == programme_id)
    paired = sa.select(Pairing.mentor_id, Pairing.mentee_id).where(Pairing.proposal_id == proposal.id)
    entrants = entrants_of(session, proposal.id)
    return Standing(
        round_id=row.id,
        number=number,
        version=row.version,
        proposal_id=proposal.id,
        snapshot=session.get_one(Snapshot, proposal.snapshot_sha256).content,
        engine_ids={key: entrant.engine_id for key, entrant in entrants.items()},
        names={row.id: row.name for row in session.execute(people)},
        pairs=frozenset((mentor, mentee) for mentor, mentee in session.execute(paired)),
        totals=totals_from(proposal.summary),
        contained=adjustments_from(proposal.summary),
        active=active_adjustments(session, programme_id, row.id),
        latest_act=latest_act(session, programme_id),
    )


@lru_cache(maxsize=MOST_KEPT)
def _read(snapshot: bytes) -> tuple[MatchingProblem, Policy]:
    return problem_from(zlib.decompress(snapshot).decode())
