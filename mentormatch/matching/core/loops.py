"""Two people who mentor each other: finding such loops, and charging for both directions until only one is used.

A charge that is paid at most once can be given back whole, so the charged optimum plus all charges is an upper bound
for every solution without loops; where such a solution reaches the bound, it is proved the best.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.market import Ints

Loop = tuple[int, int]
"""The keys (mentee times number of mentors plus mentor) of a loop's two directions, the smaller one first."""

Charges = Mapping[Loop, int]
"""What both directions of loops are charged."""


class TiersMixed(ArithmeticError):
    """No whole numbers that can be computed with keep the counts apart; this takes very deep structure."""


PATIENCE: Final = 14
"""After so many rounds without a better bound or solution, branching is the better way."""

Worth = tuple[int, ...]
"""What counts, first things first, compared like words letter by letter."""

State = TypeVar("State")


@dataclass(frozen=True, slots=True, eq=False)
class Twins:
    """Who is on both sides: each mentee's number as a mentor and each mentor's as a mentee, or -1."""

    mentor: NDArray[np.intp]
    mentee: NDArray[np.intp]

    def loops(self, mentor_of: Ints) -> list[Loop]:
        """List the loops of an assignment."""
        rows = np.flatnonzero((mentor_of >= 0) & (self.mentor >= 0))
        back = self.mentee[mentor_of[rows]]
        rows, back = rows[back >= 0], back[back >= 0]
        here = (mentor_of[back] == self.mentor[rows]) & (rows < back)
        keys = [side * len(self.mentee) + mentor_of[side] for side in (rows[here], back[here])]
        return sorted((min(pair), max(pair)) for pair in zip(keys[0].tolist(), keys[1].tolist(), strict=True))

    def uses(self, loop: Loop, mentor_of: Ints) -> int:
        """Count how many of a loop's two directions an assignment uses."""
        return sum(int(mentor_of[key // len(self.mentee)] == key % len(self.mentee)) for key in loop)


@dataclass(frozen=True, slots=True, eq=False)
class Trial(Generic[State]):
    """The best assignment under some charges, what it is worth without them, and where its solver stands."""

    bound: Worth
    worth: Worth
    mentor_of: Ints
    state: State
    charges: Mapping[Loop, int]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome(Generic[State]):
    """The lowest bound found; if a solution reaches it, that solution, and otherwise a loop to branch on."""

    proof: Trial[State]
    mentor_of: Ints
    trouble: Loop | None


@dataclass(slots=True)
class Charge:
    """A charge in search of its value: too low at `low` (both directions used), too high at `high` (neither)."""

    step: int
    most: int
    value: int
    may_be_negative: bool
    low: int | None = None
    high: int | None = None

    def adjust(self, used: int) -> None:
        """Move up if both directions were used and down if none was."""
        if used == 2:
            self.low = self.value
            self.high = None if self.high is not None and self.high <= self.value else self.high
        elif used == 0 and (self.value > 0 or self.may_be_negative):
            self.high = self.value
            self.low = None if self.low is not None and self.low >= self.value else self.low
        else:
            return
        self._move(up=used > 0)

    def _move(self, *, up: bool) -> None:
        low = 0 if self.low is None and not self.may_be_negative else self.low
        if low is not None and self.high is not None:
            middle = (low + self.high) // 2
            self.value = middle if middle != low else (self.high if up else low)
        else:
            self.value += self.step if up else -self.step
            self.step *= 2
        self.value = max(-self.most, min(self.value, self.most))


@dataclass(frozen=True, slots=True, eq=False)
class Charging(Generic[State]):
    """One stage of charging: how to try charges, what is known, and of which loops one direction is obliged.

    `others` gives further assignments that are as good as a trial's: one of them may do without loops.
    """

    attempt: Callable[[Mapping[Loop, int]], Trial[State]]
    others: Callable[[Trial[State]], Iterator[Trial[State]]]
    twins: Twins
    known: Mapping[Loop, int]
    obliged: frozenset[Loop]
    step: int
    most: int

    def settle(self) -> Outcome[State]:
        """Find the best assignment without loops, or a bound and a loop in its way."""
        charges = {loop: self._charge(loop) for loop in sorted({*self.known, *self.obliged})}
        trial = self._try(charges)
        if trial is None:
            charges = {}
            trial = self.attempt({})
        proof = trial
        primal = self._fitting(trial)
        idle = 0
        while idle < PATIENCE and not (primal is not None and primal.worth == proof.bound):
            for loop in self.twins.loops(trial.mentor_of):
                charges.setdefault(loop, self._charge(loop))
            for loop, charge in charges.items():
                charge.adjust(self.twins.uses(loop, trial.mentor_of))
            idle += 1
            tried = self._try(charges)
            if tried is None:
                break
            trial = tried
            if trial.bound < proof.bound:
                proof, idle = trial, 0
            if self._fits(trial) and (primal is None or trial.worth > primal.worth):
                primal, idle = trial, 0
        if charges and not (primal is not None and primal.worth == proof.bound):
            primal = self._fitting(proof)
        if primal is not None and primal.worth == proof.bound:
            return Outcome(proof, primal.mentor_of, None)
        return Outcome(proof, proof.mentor_of, self._trouble(proof))

    def _charge(self, loop: Loop) -> Charge:
        value = self.known.get(loop, 0)
        step = max(1, abs(value) // 16) if value else self.step
        return Charge(step, self.most, value, may_be_negative=loop in self.obliged)

    def _try(self, charges: Mapping[Loop, Charge]) -> Trial[State] | None:
        try:
            return self.attempt({loop: charge.value for loop, charge in charges.items() if charge.value})
        except TiersMixed:
            return None

    def _fitting(self, trial: Trial[State]) -> Trial[State] | None:
        """Give what a trial found, or something as good, if it is without loops."""
        if self._fits(trial):
            return trial
        return next((other for other in self.others(trial) if self._fits(other)), None)

    def _fits(self, trial: Trial[State]) -> bool:
        once = all(self.twins.uses(loop, trial.mentor_of) == 1 for loop in self.obliged)
        return once and not self.twins.loops(trial.mentor_of)

    def _trouble(self, proof: Trial[State]) -> Loop:
        """Name a loop on which the bound fails, used twice or charged or obliged and not used: the dearest of them."""
        unused = [loop for loop in {*proof.charges, *self.obliged} if not self.twins.uses(loop, proof.mentor_of)]
        failing = self.twins.loops(proof.mentor_of) or unused
        return max(failing, key=lambda loop: (proof.charges.get(loop, 0), loop))


def by_key(charges: Charges) -> tuple[Ints, Ints]:
    """Give the sorted keys of all charged directions and their charges."""
    charge = {key: value for loop, value in charges.items() for key in loop}
    keys = np.array(sorted(charge), dtype=np.int64)
    return keys, np.array([charge[key] for key in keys.tolist()], dtype=np.int64)
