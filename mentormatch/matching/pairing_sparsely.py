"""Choosing the pairs of a round that is too large for tables: the same answer as theirs, from the sparse core."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentormatch.domain.pairings import Serves
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.branching import Relaxed, without_loops
from mentormatch.matching.core.choosing import Choice, choose
from mentormatch.matching.core.columns import TUNING, Tuning
from mentormatch.matching.core.market import Ints, Market, Prices
from mentormatch.matching.core.tiers import Counts, Tiered, resettled, tiered_optimum
from mentormatch.matching.mutual import Bans, Found
from mentormatch.matching.people import Pair
from mentormatch.matching.places import needed_by, serves
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.sides import Sides
from mentormatch.matching.ties import Drum

MOST_BRANCHES = 200

Check = Callable[[], None]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Floor:
    """What the search works on: the mentees and places that locks leave free."""

    sides: Sides
    locks: frozenset[Pair]
    free: NDArray[np.intp]
    market: Market
    counts: Counts
    drum: Drum
    tuning: Tuning = TUNING


def floor_of(problem: MatchingProblem, policy: Policy, sides: Sides, tuning: Tuning = TUNING) -> Floor:
    """Set the locked pairs aside and lay out the places that are left."""
    row, column = np.divmod(sides.keys_of(problem.locks), max(1, len(sides.mentors)))
    taken = np.bincount(column, minlength=len(sides.mentors))
    first, further, capacity = (np.zeros(len(sides.mentors), dtype=np.int64) for _ in range(3))
    for at, mentor in enumerate(sides.mentors):
        needed = needed_by(mentor, policy)
        served = [serves(slot, needed) for slot in range(int(taken[at]) + 1, mentor.places + 1)]
        first[at], further[at] = served.count(Serves.FIRST_PLACE), served.count(Serves.FURTHER_PLACE)
        capacity[at] = len(served)
    free = np.setdiff1d(np.arange(len(sides.mentees)), row)
    mirrored = sides.keys_of((mentee, mentor) for mentor, mentee in problem.locks)
    return Floor(
        sides=sides,
        locks=problem.locks,
        free=free,
        market=sides.market(free, capacity, mirrored),
        counts=Counts(
            first=first,
            further=further,
            capacity=capacity,
            participation=policy.objective is Objective.PARTICIPATION,
        ),
        drum=Drum(problem.seed, sides.mentees, sides.mentors),
        tuning=tuning,
    )


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Settled:
    """The pairs that were found, and the optimum with loops allowed from which the search began."""

    found: Found
    root: Tiered
    choice: Choice


def chosen_sparsely(floor: Floor, near: frozenset[Pair], check: Check, start: Prices | None = None) -> Settled:
    """Choose the pairs by the counts, the score, nearness and lots; `check` may call it off."""
    keys = _keys_on(floor, near)
    states: dict[Bans, Tiered] = {}
    choices: dict[Bans, Choice] = {}

    def relaxed(bans: Bans) -> Relaxed:
        check()
        states[bans] = _narrowed(floor, states, bans, check, start)
        choices[bans] = choose(states[bans], keys, lambda a, b: floor.drum.lots(floor.free[a], b), check)
        return _relaxed(floor, choices[bans])

    found = without_loops(relaxed, MOST_BRANCHES)
    root = states[frozenset()]
    return Settled(found=Found(found.pairs | floor.locks, found.is_proven), root=root, choice=choices[frozenset()])


def without_candidates(floor: Floor) -> Floor:
    """Give the same round as if nobody were a candidate."""
    nobody = np.zeros_like(floor.counts.capacity)
    counts = Counts(
        first=nobody, further=nobody, capacity=floor.counts.capacity, participation=floor.counts.participation
    )
    return Floor(
        sides=floor.sides,
        locks=floor.locks,
        free=floor.free,
        market=floor.market,
        counts=counts,
        drum=floor.drum,
        tuning=floor.tuning,
    )


def _narrowed(floor: Floor, states: dict[Bans, Tiered], bans: Bans, check: Check, start: Prices | None) -> Tiered:
    """Solve a branch from where the one it comes from stands."""
    wider = next((bans - {ban} for ban in bans if bans - {ban} in states), None)
    if wider is None:
        return tiered_optimum(floor.market, floor.counts, check, tuning=floor.tuning, start=start)
    state = states[wider]
    return resettled(state, state.columns.without(_keys_on(floor, bans - wider)), floor.counts, check)


def _relaxed(floor: Floor, choice: Choice) -> Relaxed:
    mentee = np.flatnonzero(choice.mentor_of >= 0)
    mentor = choice.mentor_of[mentee]
    held = np.bincount(mentor, minlength=floor.market.mentors)
    first, further = floor.counts.first, floor.counts.further
    worth = (
        int(np.minimum(held, first).sum()),
        int(np.minimum(np.maximum(held - first, 0), further).sum()),
        len(mentee) if floor.counts.participation else 0,
        int(floor.market.coverage(mentee, mentor).sum()),
        choice.near,
        choice.lots,
    )
    return Relaxed(worth, floor.sides.pairs_of(floor.free[mentee].tolist(), mentor.tolist()))


def _keys_on(floor: Floor, pairs: frozenset[Pair]) -> Ints:
    """Give the market's keys of pairs; those of locked mentees are none of it."""
    row, column = np.divmod(floor.sides.keys_of(pairs), max(1, len(floor.sides.mentors)))
    at = np.searchsorted(floor.free, row)
    here = at < len(floor.free)
    here[here] = floor.free[at[here]] == row[here]
    return np.asarray(at[here] * len(floor.sides.mentors) + column[here], dtype=np.int64)
