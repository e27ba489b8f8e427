"""The one door to the engine: `solve`."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mentormatch.domain.errors import LockConflict, LockFault, LocksContradict, SolvingCancelled
from mentormatch.domain.policies import Policy
from mentormatch.domain.rounds import Stage
from mentormatch.matching.explaining import closures_of, unpaired_of
from mentormatch.matching.pairing_up import board_of, chosen_pairs, plain_pairs
from mentormatch.matching.people import Pair
from mentormatch.matching.places import needed_by, serves
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.scoring import PairTable, pair_table
from mentormatch.matching.solution import MatchingSolution, SolvedPairing
from mentormatch.matching.totals import totals_of

Progress = Callable[[Stage, int, int], None]
"""Called with the stage, the steps done and the steps in all."""

Cancelled = Callable[[], bool]
"""Asked between steps; True calls the solving off."""


def solve(
    problem: MatchingProblem,
    policy: Policy,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> MatchingSolution:
    """Pair people as the policy asks, exactly and the same on every run.

    Raises LocksContradict for a lock that teaches nothing, and SolvingCancelled when `cancelled` says so.
    """

    course = _Course(progress, cancelled)
    course.report(Stage.SCORING, 0, 1)
    table = pair_table(problem, policy)
    _refuse_empty_locks(problem, table)
    board = board_of(problem, policy, table)
    course.report(Stage.SCORING, 1, 1)
    course.report(Stage.SOLVING, 0, 3)
    found = chosen_pairs(board, problem.seed, problem.under_review, course.check)
    course.report(Stage.SOLVING, 1, 3)
    plain = plain_pairs(board, problem.seed, found.pairs, course.check)
    course.report(Stage.SOLVING, 2, 3)
    pairings = tuple(_pairings(problem, policy, table, found.pairs))
    unpaired = unpaired_of(problem, policy, table, found.pairs)
    totals = totals_of(problem, policy, table, pairings, plain.pairs)
    course.report(Stage.SOLVING, 3, 3)
    return MatchingSolution(
        pairings=pairings, unpaired=unpaired, totals=totals, is_proven=found.is_proven and plain.is_proven
    )


@dataclass(frozen=True, slots=True)
class _Course:
    """The way through one solving: tells how far it has come and stops where it is called off."""

    progress: Progress | None
    cancelled: Cancelled | None

    def check(self) -> None:
        if self.cancelled is not None and self.cancelled():
            raise SolvingCancelled("The solving was called off.")

    def report(self, stage: Stage, done: int, total: int) -> None:
        self.check()
        if self.progress is not None:
            self.progress(stage, done, total)


def _refuse_empty_locks(problem: MatchingProblem, table: PairTable) -> None:
    empty = table.mask_of(problem.locks) & (table.coverage < 1)
    conflicts = [
        LockConflict(table.mentors[column].id, table.mentees[row].id, LockFault.TEACHES_NOTHING)
        for row, column in zip(*empty.nonzero(), strict=True)
    ]
    if conflicts:
        raise LocksContradict(conflicts)


def _pairings(
    problem: MatchingProblem, policy: Policy, table: PairTable, pairs: frozenset[Pair]
) -> Iterator[SolvedPairing]:
    row_of = {mentee.id: row for row, mentee in enumerate(table.mentees)}
    mentees_of: dict[str, list[int]] = defaultdict(list)
    for mentor_id, mentee_id in pairs:
        mentees_of[mentor_id].append(row_of[mentee_id])
    for column, mentor in enumerate(table.mentors):
        needed = needed_by(mentor, policy)
        locked = {row: (mentor.id, table.mentees[row].id) in problem.locks for row in mentees_of[mentor.id]}
        # Locks take the first places; then the greater coverage comes first, and rows are in canonical order.
        rows = sorted(locked, key=lambda row: (not locked[row], -table.coverage[row, column], row))  # used at once
        for slot, row in enumerate(rows, start=1):
            coverage = int(table.coverage[row, column])
            yield SolvedPairing(
                mentor_id=mentor.id,
                mentee_id=table.mentees[row].id,
                slot=slot,
                coverage=coverage,
                gap_points=int(table.gap_points[row]),
                score=coverage,
                serves=serves(slot, needed),
                locked=locked[row],
                closures=closures_of(mentor, table.mentees[row], policy),
            )
