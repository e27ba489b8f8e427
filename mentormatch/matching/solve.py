"""The one door to the engine: `solve`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from mentormatch.domain.errors import LockConflict, LockFault, LocksContradict, SolvingCancelled
from mentormatch.domain.policies import Policy
from mentormatch.domain.rounds import Stage
from mentormatch.matching.branching import Searched
from mentormatch.matching.certifying import certificate_of
from mentormatch.matching.core.pricing import allowed_pairs
from mentormatch.matching.core.tiles import Check
from mentormatch.matching.explaining import unpaired_of
from mentormatch.matching.laying_out import floor_of
from mentormatch.matching.pairing_up import Settled, chosen_pairs, plain_pairs
from mentormatch.matching.pairings import pairings_of
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.resuming import After, Standing, begin_after, kept_of, plain_after, sides_after, standing_of
from mentormatch.matching.sides import Sides
from mentormatch.matching.solution import Bound, MatchingSolution, Totals
from mentormatch.matching.totals import totals_of

Progress = Callable[[Stage, int, int], None]
"""Called with the stage, the steps done and the steps in all."""

Cancelled = Callable[[], bool]
"""Asked between steps; True calls the solving off."""


def solve(
    problem: MatchingProblem,
    policy: Policy,
    *,
    after: After = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> MatchingSolution:
    """Pair people as the policy asks, exactly and the same on every run.

    With an earlier solution of a similar problem, or only its certificate, the same answer is found sooner.
    Raises LocksContradict for a lock that teaches nothing, and SolvingCancelled when `cancelled` says so.
    """
    course = _Course(progress, cancelled)
    course.report(Stage.SCORING, 0, 1)
    standing = standing_of(after, problem, policy)
    sides = sides_after(standing, problem, policy)
    _refuse_empty_locks(problem, sides)
    course.report(Stage.SCORING, 1, 1)
    course.report(Stage.SOLVING, 0, 3)
    floor = floor_of(problem, policy, sides, drum=standing.settled.floor.drum if standing else None)
    settled = chosen_pairs(floor, problem.under_review, course.check, begin_after(after, policy))
    course.report(Stage.SOLVING, 1, 3)
    plain = plain_pairs(settled, course.check, partial(plain_after, after, policy))
    course.report(Stage.SOLVING, 2, 3)
    solution = _written(problem, policy, standing, (settled, plain), course.check)
    course.report(Stage.SOLVING, 3, 3)
    return solution


def _written(
    problem: MatchingProblem,
    policy: Policy,
    earlier: Standing | None,
    found: tuple[Settled, Settled],
    check: Check,
) -> MatchingSolution:
    """Write down what was found, with candidates and without, keeping what an earlier solution says already."""
    (settled, plain), sides = found, found[0].floor.sides
    kept = kept_of(earlier, problem, sides, settled.pairs)
    pairings = pairings_of(problem, policy, sides, settled.pairs, kept.pairings)
    unpaired = unpaired_of(problem, policy, sides, settled.pairs, check, kept.unpaired)
    eligible = kept.eligible if kept.eligible is not None else allowed_pairs(sides.whole_market(), check)
    totals = totals_of(problem, policy, sides, pairings, plain.pairs, eligible)
    return MatchingSolution(
        pairings=pairings,
        unpaired=unpaired,
        totals=totals,
        is_proven=settled.searched.is_proven,
        bound=_bound(totals, settled.searched),
        certificate=certificate_of(settled.floor, settled.searched),
        standing=Standing(
            problem=problem,
            policy=policy,
            settled=settled,
            plain=plain,
            pairings=pairings,
            unpaired=unpaired,
            eligible=eligible,
        ),
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


def _bound(totals: Totals, searched: Searched) -> Bound:
    """Add to what was reached what is still open, tier by tier."""
    reached = totals.candidates_served, totals.further_places_served, totals.mentees_paired, totals.total_score
    left = (most - found for most, found in zip(searched.leading.bound, searched.best.bound, strict=True))
    return Bound(*(int(now + more) for now, more in zip(reached, left, strict=False)))


def _refuse_empty_locks(problem: MatchingProblem, sides: Sides) -> None:
    empty = [pair for pair, coverage in sides.coverage_of(problem.locks).items() if coverage < 1]
    if empty:
        raise LocksContradict([LockConflict(*pair, LockFault.TEACHES_NOTHING) for pair in sorted(empty)])
