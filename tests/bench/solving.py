"""The sparse core as it is measured: a whole solve, and another one after a small change."""

from dataclasses import dataclass

import numpy as np

from mentormatch.matching.core.choosing import Choice, Chooser, Hints
from mentormatch.matching.core.market import Ints
from mentormatch.matching.core.tiers import Counts, Tiered, tiered_optimum
from mentormatch.matching.core.tight import Numbers
from mentormatch.matching.core.tiles import Check
from tests.bench.families import Measured


def never() -> None:
    """Never call anything off."""


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """What was chosen, and all that a change starts from."""

    chooser: Chooser
    tiered: Tiered
    choice: Choice

    def barred(self) -> Choice:
        """Choose again with the pair of the middle mentee barred."""
        mentees = np.flatnonzero(self.choice.mentor_of >= 0)
        mentee = mentees[len(mentees) // 2]
        keys = np.array([mentee * self.tiered.columns.market.mentors + self.choice.mentor_of[mentee]])
        return self.chooser.choose(self.tiered.without(keys, never), self.choice.hints)


def solved(measured: Measured, check: Check = never) -> Solved:
    """Solve and certify; `check` may call it off."""
    market = measured.market
    nobody = np.zeros(market.mentors, dtype=np.int64)
    counts = Counts(first=nobody, further=nobody, capacity=market.places.capacity, participation=False)
    chooser = Chooser(twins=measured.twins, near=np.empty(0, np.int64), lots=lots, check=check)
    tiered = tiered_optimum(market, counts, check)
    return Solved(chooser, tiered, chooser.choose(tiered, Hints()))


def lots(mentee: Numbers, mentor: Numbers) -> Ints:
    """Draw a lot of 40 bits for every pair."""
    mixed = mentee.astype(np.uint64) << np.uint64(32) | mentor.astype(np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray(mixed >> np.uint64(24), dtype=np.int64) + 1
