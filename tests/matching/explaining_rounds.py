"""Rounds to explain, and the same rounds changed and solved afresh, which is what explanations are held against."""

from dataclasses import replace

from hypothesis import assume

from mentormatch.domain.errors import LocksContradict
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.people import Pair
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import solve
from mentormatch.matching.trials import Trials
from mentormatch.matching.worth import Worth, total_of
from tests.builders.problems import crowd
from tests.matching.exhaustive import every_solution, worth

EVERYTHING = 10_000


def lively(seed: int, both: int = 6) -> MatchingProblem:
    """Pose a round with candidates, few languages, scarce places and people on both sides."""
    return MatchingProblem.of(crowd(6, 3, seed, both=both), seed=seed)


def large(seed: int) -> MatchingProblem:
    """Pose a round of some sixty people."""
    return MatchingProblem.of(crowd(30, 14, seed, both=16), seed=seed)


def scarce(seed: int) -> MatchingProblem:
    """Pose a round in which most find all mentors full."""
    return MatchingProblem.of(crowd(24, 4, seed, both=5), seed=seed)


def one_sided(seed: int) -> MatchingProblem:
    """Pose a round with too few places in which nobody is on both sides, so that no two can mentor each other."""
    return MatchingProblem.of(crowd(26, 9, seed), seed=seed)


def trials_of(posed: MatchingProblem, policy: Policy, solution: MatchingSolution, most: int = 0) -> Trials:
    """Prepare to try so many changes."""
    return Trials.of(posed, policy, solution, most)


def everyone(posed: MatchingProblem) -> frozenset[str]:
    """Name everybody in a round."""
    return frozenset(person.id for person in posed.people)


def comes_to(posed: MatchingProblem, policy: Policy) -> Worth:
    """Solve a round afresh and tell what it comes to."""
    try:
        totals = solve(posed, policy).totals
    except LocksContradict:
        assume(False)  # noqa: FBT003 -- hypothesis' own signature
        raise
    return total_of(totals, participation=policy.objective is Objective.PARTICIPATION)


def forced_comes_to(posed: MatchingProblem, policy: Policy, pair: Pair) -> Worth:
    """Tell what the best of all solutions with this pair comes to, found by trying every one."""
    every = (worth(posed, policy, pairs) for pairs in every_solution(posed, policy) if pair in pairs)
    return Worth(*max(every)[:4])


def with_capacity(posed: MatchingProblem, person_id: str, more: int) -> MatchingProblem:
    """Pose the same round with more or fewer places at somebody."""
    changed = [replace(p, capacity=p.capacity + more) if p.id == person_id else p for p in posed.people]
    return posed_again(posed, people=changed)


def posed_again(posed: MatchingProblem, **changed: object) -> MatchingProblem:
    """Pose the same round with something changed, from the start."""
    names = ("people", "seed", "bars", "locks", "earlier_pairings", "under_review", "wishes")
    return MatchingProblem.of(**{name: getattr(posed, name) for name in names} | changed)
