"""Choosing the pairs: a round laid out for the core, and what the core found put back into pairs of people."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mentormatch.domain.pairings import Serves
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.branching import Bans, Branch, search
from mentormatch.matching.core.choosing import Chooser
from mentormatch.matching.core.columns import TUNING, Tuning
from mentormatch.matching.core.loops import Twins
from mentormatch.matching.core.market import Ints, Market, Prices
from mentormatch.matching.core.tiers import Counts, tiered_optimum
from mentormatch.matching.people import Pair
from mentormatch.matching.places import needed_by, serves
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.sides import Sides
from mentormatch.matching.ties import Drum

MOST_BRANCHES = 2000

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


@dataclass(frozen=True, slots=True)
class Found:
    """The best solution without loops; if not proven, some branches that looked better were not searched."""

    pairs: frozenset[Pair]
    is_proven: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Settled:
    """The pairs that were found, and the prices and charges of the branch that they were found in."""

    found: Found
    branch: Branch


def chosen_pairs(
    floor: Floor,
    near: frozenset[Pair],
    check: Check,
    start: Prices | None = None,
    most_branches: int = MOST_BRANCHES,
) -> Settled:
    """Choose the pairs by the counts, the score, nearness and lots; `check` may call it off."""
    chooser = Chooser(
        twins=_twins(floor),
        near=_keys_on(floor, near),
        lots=lambda mentee, mentor: floor.drum.lots(floor.free[mentee], mentor),
        check=check,
    )
    tiered = tiered_optimum(floor.market, floor.counts, check, tuning=floor.tuning, start=start)

    def narrowed(wider: Branch, bans: Bans) -> Branch:
        keys = np.array(sorted(bans), dtype=np.int64)
        return Branch(bans, chooser.choose(tiered.without(keys, check), wider.choice))

    root = Branch(frozenset(), chooser.choose(tiered))
    branch, is_proven = search(root, narrowed, lambda choice: chooser.twins.loops(choice.mentor_of), most_branches)
    mentee = np.flatnonzero(branch.choice.mentor_of >= 0)
    pairs = floor.sides.pairs_of(floor.free[mentee].tolist(), branch.choice.mentor_of[mentee].tolist())
    return Settled(found=Found(pairs | floor.locks, is_proven), branch=branch)


def plain_pairs(floor: Floor, settled: Settled, check: Check) -> Found:
    """Choose the pairs as if nobody were a candidate; of the best solutions the one nearest to what was found."""
    counts, prices = floor.counts, settled.branch.choice.tiered.prices
    if not counts.first.any() and not counts.further.any():
        return settled.found
    nobody = np.zeros_like(counts.capacity)
    plain = replace(floor, counts=replace(counts, first=nobody, further=nobody))
    start = prices[-1] if not counts.participation else None
    return chosen_pairs(plain, settled.found.pairs, check, start).found


def _twins(floor: Floor) -> Twins:
    mentor = {person.id: at for at, person in enumerate(floor.sides.mentors)}
    mentee = {floor.sides.mentees[row].id: at for at, row in enumerate(floor.free.tolist())}
    return Twins(
        np.array([mentor.get(person_id, -1) for person_id in mentee], dtype=np.intp),
        np.array([mentee.get(person_id, -1) for person_id in mentor], dtype=np.intp),
    )


def _keys_on(floor: Floor, pairs: frozenset[Pair]) -> Ints:
    """Give the market's keys of pairs; those of locked mentees are none of it."""
    row, column = np.divmod(floor.sides.keys_of(pairs), max(1, len(floor.sides.mentors)))
    at = np.searchsorted(floor.free, row)
    here = at < len(floor.free)
    here[here] = floor.free[at[here]] == row[here]
    return np.asarray(at[here] * len(floor.sides.mentors) + column[here], dtype=np.int64)
