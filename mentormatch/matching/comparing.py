"""Several policies on one round: what each comes to, and who would be paired otherwise than under the first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mentormatch.domain.errors import Fault, InputRefused
from mentormatch.domain.policies import Policy
from mentormatch.matching.people import Pair
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import Cancelled, solve
from mentormatch.matching.trials import pairs_of

MOST_POLICIES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of a mentee's gap is closed, in points."""

    coverage: int
    gap_points: int

    @property
    def ratio(self) -> float:
        """Give the share as a number from 0 to 1."""
        return self.coverage / self.gap_points


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What changes against the first policy: pairs that come and go, and the people to whom that happens."""

    pairs_gained: tuple[Pair, ...]
    pairs_lost: tuple[Pair, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A round under one policy; `load` counts the mentors by the number of their mentees.

    The `lowest` and the `median` share are of those who have a mentor; of an even number the lower one in the middle.
    """

    policy: Policy
    solution: MatchingSolution
    lowest: Share | None
    median: Share | None
    load: tuple[int, ...]
    difference: Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The same round under several policies, in the order in which they were given."""

    outcomes: tuple[Outcome, ...]


def compare(problem: MatchingProblem, policies: Sequence[Policy], *, cancelled: Cancelled | None = None) -> Comparison:
    """Solve a round under each of one to four policies; raises InputRefused for another number of them."""
    if not 1 <= len(policies) <= MOST_POLICIES:
        raise InputRefused([Fault(None, "policies", f"must be 1 to {MOST_POLICIES}")])
    solutions: list[MatchingSolution] = []
    for policy in policies:
        solutions.append(solve(problem, policy, after=solutions[0] if solutions else None, cancelled=cancelled))
    outcomes = (_outcome(*each, solutions[0]) for each in zip(policies, solutions, strict=True))
    return Comparison(outcomes=tuple(outcomes))


def _outcome(policy: Policy, solution: MatchingSolution, first: MatchingSolution) -> Outcome:
    shares = [Share(coverage=each.coverage, gap_points=each.gap_points) for each in solution.pairings]
    shares.sort(key=lambda share: share.ratio)
    return Outcome(
        policy=policy,
        solution=solution,
        lowest=shares[0] if shares else None,
        median=shares[(len(shares) - 1) // 2] if shares else None,
        load=_load(solution),
        difference=_difference(pairs_of(first), pairs_of(solution)),
    )


def _load(solution: MatchingSolution) -> tuple[int, ...]:
    mentees = Counter(each.mentor_id for each in solution.pairings)
    mentors = Counter(mentees.values())
    idle = solution.totals.mentors - len(mentees)
    return (idle, *(mentors[number] for number in range(1, max(mentors, default=0) + 1)))


def _difference(before: frozenset[Pair], after: frozenset[Pair]) -> Difference:
    gained, lost = sorted(after - before), sorted(before - after)
    people = {person_id for pair in (*gained, *lost) for person_id in pair}
    return Difference(pairs_gained=tuple(gained), pairs_lost=tuple(lost), people=tuple(sorted(people)))
