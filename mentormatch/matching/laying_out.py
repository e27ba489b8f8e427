"""Laying a round out for the core: the mentees and places that locks leave free, by number."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mentormatch.domain.pairings import Serves
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.core.keys import lacking
from mentormatch.matching.core.loops import Twins
from mentormatch.matching.core.market import Ints, Market
from mentormatch.matching.core.setting_out import TUNING, Tuning
from mentormatch.matching.core.tiers import Counts
from mentormatch.matching.people import Pair
from mentormatch.matching.places import needed_by, serves
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.sides import Sides
from mentormatch.matching.ties import Drum


@dataclass(frozen=True, eq=False, kw_only=True)
class Floor:
    """What the search works on: the mentees and places that locks leave free; a pair is a key as in `Market`."""

    sides: Sides
    locks: frozenset[Pair]
    free: NDArray[np.intp]
    market: Market
    counts: Counts
    seed: int
    drum: Drum
    tuning: Tuning = TUNING

    @cached_property
    def mentees(self) -> tuple[str, ...]:
        """Give the ids of the mentees in the order of their numbers."""
        return tuple(self.sides.mentees[row].id for row in self.free.tolist())

    @cached_property
    def mentors(self) -> tuple[str, ...]:
        """Give the ids of the mentors in the order of their numbers."""
        return tuple(person.id for person in self.sides.mentors)

    @cached_property
    def twins(self) -> Twins:
        """Tell who is on both sides."""
        mentor, mentee = self.sides.numbers.mentor, self.sides.numbers.mentee
        number = np.full(len(mentee) + 1, -1, dtype=np.intp)
        number[self.free] = np.arange(len(self.free))
        return Twins(
            np.array([mentor.get(person_id, -1) for person_id in self.mentees], dtype=np.intp),
            number[np.array([mentee.get(person_id, -1) for person_id in self.mentors], dtype=np.intp)],
        )

    def lots(self, mentee: NDArray[np.integer], mentor: NDArray[np.integer]) -> Ints:
        """Draw the lots of pairs, given by the numbers of their people."""
        return self.drum.lots(self.free[mentee], mentor)

    def pair(self, key: int) -> Pair:
        """Name a pair."""
        row, column = divmod(key, len(self.mentors))
        return self.mentors[column], self.mentees[row]

    def keys_on(self, pairs: Iterable[Pair]) -> Ints:
        """Give the sorted keys of pairs; those of locked mentees are none of it."""
        row, column = np.divmod(self.sides.keys_of(pairs), max(1, len(self.mentors)))
        at = np.searchsorted(self.free, row)
        here = at < len(self.free)
        here[here] = self.free[at[here]] == row[here]
        return np.asarray(at[here] * len(self.mentors) + column[here], dtype=np.int64)


def floor_of(
    problem: MatchingProblem, policy: Policy, sides: Sides, tuning: Tuning = TUNING, drum: Drum | None = None
) -> Floor:
    """Set the locked pairs aside and lay out the places that are left; the same people may share a drum."""
    row, column = np.divmod(sides.keys_of(problem.locks), max(1, len(sides.mentors)))
    counts = _counts(policy, sides, np.bincount(column, minlength=len(sides.mentors)))
    free = lacking(np.arange(len(sides.mentees)), row)
    mirrored = sides.keys_of((mentee, mentor) for mentor, mentee in problem.locks)
    return Floor(
        sides=sides,
        locks=problem.locks,
        free=free,
        market=sides.market(free, counts.capacity, mirrored),
        counts=counts,
        seed=problem.seed,
        drum=drum or Drum(problem.seed, sides.mentees, sides.mentors),
        tuning=tuning,
    )


def _counts(policy: Policy, sides: Sides, taken: NDArray[np.intp]) -> Counts:
    first, further, capacity = (np.zeros(len(sides.mentors), dtype=np.int64) for _ in range(3))
    for at, mentor in enumerate(sides.mentors):
        needed = needed_by(mentor, policy)
        served = [serves(slot, needed) for slot in range(int(taken[at]) + 1, mentor.places + 1)]
        first[at], further[at] = served.count(Serves.FIRST_PLACE), served.count(Serves.FURTHER_PLACE)
        capacity[at] = len(served)
    return Counts(
        first=first,
        further=further,
        capacity=capacity,
        participation=policy.objective is Objective.PARTICIPATION,
    )
