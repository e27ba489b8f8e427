"""Lower floors: from which one down a round's solution can be any different."""

import numpy as np

from mentormatch.domain.policies import Policy
from mentormatch.matching.core.market import Ints, Mask
from mentormatch.matching.ground import Ground
from mentormatch.matching.windows import Window, portions, window_of


def highest_that_matters(ground: Ground, policy: Policy) -> int:
    """Give the highest floor at which a pair becomes eligible that might be chosen; -1 if there is none.

    With any floor above it, the best solutions are the same as with the present one.
    """
    sides, free = ground.floor.sides, ground.floor.free
    everyone, found = np.arange(len(sides.mentors)), -1
    for rows in portions(np.arange(len(free)), max(1, len(sides.mentors))):
        window = window_of(sides, free[rows], everyone)
        below = _below_the_floor_only(window) & _may_be_chosen(ground, policy, rows)
        gaps = np.maximum(1, sides.gap_points[free[rows]])[:, None]
        percent = np.where(below, window.coverage.astype(np.int64) * 100 // gaps, -1)
        found = max(found, int(percent.max(initial=-1)))
    return min(found, policy.floor_percent - 1)


def _below_the_floor_only(window: Window) -> Mask:
    apart = window.same_person | window.kept_apart | window.no_language | window.no_common_hours | window.same_site
    return np.asarray((window.coverage >= 1) & window.below_floor & ~apart)


def _may_be_chosen(ground: Ground, policy: Policy, rows: Ints) -> Mask:
    """Mark the pairs that might be part of a best solution were they allowed."""
    sides = ground.floor.sides
    score = (sides.wants[ground.floor.free[rows]] @ sides.teaches.T).astype(np.int64) + ground.per_pair
    # A wish would be worth so much more, and is not looked up pair by pair.
    score += policy.wish_points if len(sides.wishes) else 0
    may = np.zeros(score.shape, dtype=bool)
    for footing in ground.footings:
        prices = footing.residual.prices
        may |= ground.best - footing.bound + prices.mentee[rows, None] + prices.mentor - score <= 0
    return may
