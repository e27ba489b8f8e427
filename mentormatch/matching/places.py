"""The places mentors offer beyond their locks, and what each place would do for a certification."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentormatch.domain.certification import places_needed
from mentormatch.domain.pairings import Serves
from mentormatch.domain.policies import Policy
from mentormatch.matching.people import Person
from mentormatch.matching.scoring import Mask, PairTable, Table


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Places:
    """One column per free place, one row per mentee without a lock; `mentor` and `mentee` index the pair table."""

    mentee: NDArray[np.intp]
    mentor: NDArray[np.intp]
    first: Table
    further: Table

    def spread(self, table: Table | Mask) -> Table:
        """Turn a table of pairs into one of unlocked mentees and free places."""
        return np.asarray(table[np.ix_(self.mentee, self.mentor)], dtype=np.int64)


def serves(slot: int, needed: int) -> Serves:
    """Tell what the mentor's place of this number, counted from 1, does for a certification."""
    if slot > needed:
        return Serves.NOTHING
    return Serves.FIRST_PLACE if slot == 1 else Serves.FURTHER_PLACE


def needed_by(mentor: Person, policy: Policy) -> int:
    """Count the places a mentor needs for the certification pursued."""
    required = policy.mentorships_required
    return places_needed(mentor.certification_pursued, mentor.mentorships_completed, mentor.places, required)


def free_places(table: PairTable, policy: Policy, locked: Mask) -> Places:
    """List the places that locks leave free; locks take a mentor's first places."""
    places = list(_free(table, policy, locked))
    return Places(
        mentee=np.flatnonzero(~locked.any(axis=1)),
        mentor=np.array([mentor for mentor, _ in places], dtype=np.intp),
        first=np.array([served is Serves.FIRST_PLACE for _, served in places], dtype=np.int64),
        further=np.array([served is Serves.FURTHER_PLACE for _, served in places], dtype=np.int64),
    )


def _free(table: PairTable, policy: Policy, locked: Mask) -> Iterator[tuple[int, Serves]]:
    for at, (mentor, taken) in enumerate(zip(table.mentors, locked.sum(axis=0).tolist(), strict=True)):
        needed = needed_by(mentor, policy)
        for slot in range(taken + 1, mentor.places + 1):
            yield at, serves(slot, needed)
