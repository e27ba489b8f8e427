"""Charges on mutual pairs: a price for either direction, raised until a best assignment uses only one of them.

A charge that is paid at most once can be given back whole, so the charged optimum plus all charges is an upper bound
for every solution without loops; where such a solution reaches the bound, it is proved the best.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from mentormatch.matching.assigning import assign, prices
from mentormatch.matching.people import Pair
from mentormatch.matching.scoring import Mask, Table
from mentormatch.matching.seats import Loop, Seats, loops_among, times_used
from mentormatch.matching.tiers import Stage

MOST_IDLE_ROUNDS: Final = 14
"""After so many without a better bound or solution, branching is the better way."""
FEW_LOOPS: Final = 2
"""So few are settled sooner by branching than by charging."""


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """What the stages before leave open: every solution as good as the best keeps to this.

    `musts` counts in each cell who of the two must be assigned, `required` in all; of each obliged loop exactly one
    direction must be used.
    """

    permitted: Mask
    musts: Table
    required: int = 0
    obliged: frozenset[Loop] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """The best assignment under some charges, and the bound that its prices prove."""

    bound: int
    worth: int
    pairs: frozenset[Pair]
    fits: bool
    charges: Mapping[Loop, int]
    left_open: Open


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """A stage's outcome: a bound, and either what it leaves open to the next stage or a loop to branch on."""

    bound: int
    pairs: frozenset[Pair]
    charges: Mapping[Loop, int]
    left_open: Open
    trouble: Loop | None


@dataclass(slots=True)
class _Charge:
    """A charge in search of its value: too low at `low` (both directions used), too high at `high` (neither)."""

    step: int
    most: int
    value: int = 0
    low: int | None = None
    high: int | None = None
    may_be_negative: bool = False

    def adjust(self, used: int) -> None:
        if used == 2:
            self.low = self.value
            self.high = None if self.high is not None and self.high <= self.value else self.high
        elif used == 0 and (self.value > 0 or self.may_be_negative):
            self.high = self.value
            self.low = None if self.low is not None and self.low >= self.value else self.low
        else:
            return
        self._move(up=used == 2)

    def _move(self, *, up: bool) -> None:
        low = 0 if self.low is None and not self.may_be_negative else self.low
        if low is not None and self.high is not None:
            middle = (low + self.high) // 2
            self.value = middle if middle != low else (self.high if up else low)
        else:
            self.value += self.step if up else -self.step
            self.step *= 2
        self.value = max(-self.most, min(self.value, self.most))


def settle(stage: Stage, given: Open, seats: Seats, known: Mapping[Loop, int], check: Callable[[], None]) -> Settled:
    """Find the best loop-free assignment of a stage, or a bound and a loop that keeps it from being reached.

    `known` are charges that did well on a wider branch; `check` may call the work off.
    """
    charges = _first_charges(stage, given, known)
    dual = trial = _try(stage, given, seats, charges)
    primal = trial if trial.fits else None
    idle = 0
    while idle < MOST_IDLE_ROUNDS:
        check()
        loops = loops_among(trial.pairs)
        if _meet(primal, dual) or (not charges and len(loops) <= FEW_LOOPS):
            break
        for loop in loops:
            charges.setdefault(loop, _Charge(stage.step, stage.most))
        for loop, charge in charges.items():
            charge.adjust(times_used(loop, trial.pairs))
        trial = _try(stage, given, seats, charges)
        idle += 1
        if trial.bound < dual.bound:
            dual, idle = trial, 0
        if trial.fits and (primal is None or trial.worth > primal.worth):
            primal, idle = trial, 0
    if primal is not None and _meet(primal, dual):
        return Settled(dual.bound, primal.pairs, dual.charges, dual.left_open, None)
    return Settled(dual.bound, dual.pairs, dual.charges, dual.left_open, _trouble(dual, given))


def _first_charges(stage: Stage, given: Open, known: Mapping[Loop, int]) -> dict[Loop, _Charge]:
    charges = {}
    for loop in sorted({*known, *given.obliged}):
        value = known.get(loop, 0)
        step = max(1, abs(value) // 16) if value else stage.step
        charges[loop] = _Charge(step, stage.most, value, may_be_negative=loop in given.obliged)
    return charges


def _meet(primal: Trial | None, dual: Trial) -> bool:
    return primal is not None and primal.worth == dual.bound


def _try(stage: Stage, given: Open, seats: Seats, charges: Mapping[Loop, _Charge]) -> Trial:
    values = stage.values + given.musts * stage.must
    for loop, charge in charges.items():
        for direction in (loop, loop[::-1]):
            values[seats.cells(direction)] -= charge.value
    usable = np.where(given.permitted, np.maximum(values, 0), 0)
    columns = assign(usable)
    row_price, column_price = prices(usable, columns)
    rows = np.flatnonzero(columns >= 0)
    chosen = (rows, columns[rows])
    pairs = seats.pairs(columns)
    in_full = int(given.musts[chosen].sum()) == given.required
    once = all(times_used(loop, pairs) == 1 for loop in given.obliged)
    asked = {loop: charge.value for loop, charge in charges.items() if charge.value}
    return Trial(
        bound=int(usable[chosen].sum()) - given.required * stage.must + sum(asked.values()),
        worth=int(stage.values[chosen].sum()),
        pairs=pairs,
        fits=in_full and once and not loops_among(pairs),
        charges=asked,
        left_open=Open(
            permitted=given.permitted & (values == row_price[:, None] + column_price),
            # Whoever has a price is assigned in every best assignment, and must stay so.
            musts=(row_price > 0).astype(np.int64)[:, None] + (column_price > 0),
            required=int((row_price > 0).sum() + (column_price > 0).sum()),
            obliged=given.obliged | {loop for loop, charge in asked.items() if charge > 0},
        ),
    )


def _trouble(dual: Trial, given: Open) -> Loop:
    """Name a loop on which the bound fails: used twice, or charged or obliged and not used."""
    unused = {loop for loop in {*dual.charges, *given.obliged} if not times_used(loop, dual.pairs)}
    return min(loops_among(dual.pairs) or unused)
