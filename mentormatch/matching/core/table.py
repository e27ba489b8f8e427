"""Small rounds by their whole table: the best assignment by scipy's dense solver, and the prices that prove it.

The solver is Crouse's ("On implementing 2D rectangular assignment algorithms", 2016); it gives no prices. They are the
longest ways between mentors along which mentees could be passed on, found by relaxing until nothing moves.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from mentormatch.matching.core.market import Arcs, Ints, Market, Mask, Places, Prices

Costs = NDArray[np.float64]

_MOST_TURNS: Final = 2000
"""Prices that move on for longer do so because sums were not exact any more."""


_GREATEST: Final = 2.0**49
"""Sums of a few numbers up to here are exact."""


class NotExact(ArithmeticError):
    """The table has numbers too large for the solver to be exact; it has to be solved otherwise."""


@dataclass(frozen=True, eq=False)
class Table:
    """What every pair is worth, those who are kept apart endlessly little, and everybody's places."""

    worth: Costs
    places: Places

    @classmethod
    def of(cls, market: Market) -> "Table":
        """Work out the whole table of a market."""
        everyone = slice(None)
        score = (market.wants @ market.teaches.T).astype(np.float64)
        allowed = score - market.points(everyone, everyone) >= market.least[:, None]
        for rule in market.rules:
            allowed &= rule.table(everyone, everyone)
        allowed[np.divmod(market.apart, max(1, market.mentors))] = False
        worth = np.where(allowed, score + market.per_pair, -np.inf)
        wished = market.singled()
        worth[wished.mentee, wished.mentor] = wished.worth
        return cls(worth, market.places)

    def slack(self, prices: Prices) -> Costs:
        """Tell by how much the prices of both sides exceed what every pair is worth."""
        return np.asarray((prices.mentee[:, None] + prices.mentor) - self.worth)

    def assigned(self, start: Prices) -> Ints:
        """Give everybody the mentor they have in the best assignment, or -1; good prices help if places are enough."""
        mentees, (owner, bonus) = len(self.worth), self._slots
        # Who would lose by a place rather goes without, which is worth nothing.
        value = np.maximum(self.worth[:, owner] + bonus, 0)
        if len(owner) < mentees:
            # Prices would have to be paid by many who get nobody, which costs more than they save. But the places that
            # are worth most to all find their mentees sooner while these are free.
            order = np.argsort(-value.mean(axis=0), kind="stable")
            row, column = linear_sum_assignment(value[:, order], maximize=True)
            return self._mentor_of(row, order[column], value)
        size = len(owner)
        # A square, so that everybody pays their price whatever they get: who has no partner pays it to nobody.
        cost = np.zeros((size, size))
        cost += np.maximum(start.mentor[owner] + bonus, 0)
        own = cost[:mentees]
        own += np.maximum(start.mentee, 0)[:, None]
        own -= value
        row, column = linear_sum_assignment(cost)
        return self._mentor_of(row[:mentees], column[:mentees], value)

    def _mentor_of(self, row: Ints, column: Ints, value: Costs) -> Ints:
        """Tell who got which mentor, leaving out what is worth nothing."""
        paired = value[row, column] > 0
        mentor_of = np.full(len(self.worth), -1, dtype=np.int64)
        mentor_of[row[paired]] = self._slots[0][column[paired]]
        return mentor_of

    def lowest(self, mentor_of: Ints) -> Costs:
        """Give the lowest mentor prices that prove the assignment; raises NotExact if none do."""
        low, high = self._limits(mentor_of)
        held, mine, gain = self._held(mentor_of)
        price: Costs = np.maximum(low, self.worth[mentor_of < 0].max(axis=0, initial=-np.inf))
        rows = np.arange(len(mine))
        for _ in range(_MOST_TURNS):
            raised = np.maximum(price, (price[mine[rows], None] + gain[rows]).max(axis=0, initial=-np.inf))
            # Only those whose mentor's price has just moved can move another one.
            rows = np.flatnonzero((raised > price)[mine])
            price = raised
            if not len(rows):
                break
        else:
            raise NotExact
        if (price > high).any() or (self.worth[held, mine] < price[mine]).any():
            raise NotExact
        return price

    def highest(self, mentor_of: Ints) -> Costs:
        """Give the highest mentor prices that prove the assignment, endless where nothing bounds them."""
        _, price = self._limits(mentor_of)
        held, mine, gain = self._held(mentor_of)
        np.minimum.at(price, mine, self.worth[held, mine])
        columns = np.arange(len(price))
        for _ in range(_MOST_TURNS):
            lowered = price.copy()
            np.minimum.at(lowered, mine, (price[columns] - gain[:, columns]).min(axis=1, initial=np.inf))
            columns = np.flatnonzero(lowered < price)
            price = lowered
            if not len(columns):
                return price
        raise NotExact

    def asked(self, price: Costs) -> Prices:
        """Complete mentor prices: mentees ask for what the best mentor leaves them, at least nothing."""
        mentee = np.maximum(0, (self.worth - price).max(axis=1, initial=0))
        return Prices(mentee.astype(np.int64), price.astype(np.int64))

    @cached_property
    def _slots(self) -> tuple[Ints, Ints]:
        """List all places, the dearest classes first: whose they are, and their bonuses."""
        counts = self.places.counts
        owner = np.tile(np.arange(counts.shape[1]), len(counts))
        return np.repeat(owner, counts.ravel()), np.repeat(self.places.bonuses.ravel(), counts.ravel())

    def _held(self, mentor_of: Ints) -> tuple[Ints, Ints, Costs]:
        """List who is assigned and to whom, and what each would gain with every other mentor."""
        held = np.flatnonzero(mentor_of >= 0)
        mine = mentor_of[held]
        return held, mine, self.worth[held] - self.worth[held, mine][:, None]

    def _limits(self, mentor_of: Ints) -> tuple[Costs, Costs]:
        """Between which prices the places that are in use are worth filling, and no others."""
        counts, everyone = self.places.counts, np.arange(self.places.counts.shape[1])
        held = np.bincount(mentor_of[mentor_of >= 0], minlength=len(everyone))
        used = np.clip(held - (np.cumsum(counts, axis=0) - counts), 0, counts)
        last = len(counts) - 1 - (used > 0)[::-1].argmax(axis=0)
        first = (used < counts).argmax(axis=0)
        worth_filling = -self.places.bonuses[first, everyone].astype(np.float64)
        low = np.where(held > 0, -self.places.bonuses[last, everyone].astype(np.float64), worth_filling)
        has_room = (used < counts).any(axis=0)
        return np.where(self.places.capacity > 0, low, 0), np.where(has_room, worth_filling, np.inf)


def best_by_table(arcs: Arcs, must: Mask, least: Ints, most: Ints) -> tuple[Ints, Prices]:
    """Choose among these pairs alone; `must` have to be paired, and every mentor has between `least` and `most`.

    Raises NotExact where numbers are too large for that.
    """
    mentees, mentors = len(must), len(least)
    # More than all that could be gained by leaving one of them out.
    forced = float((int(arcs.worth.max(initial=0)) + 1) * (mentees + 1))
    if forced > _GREATEST:
        raise NotExact
    places = Places(np.array([least, most - least]), np.array([np.full(mentors, forced), np.zeros(mentors)]))
    worth = np.full((mentees, mentors), -np.inf)
    worth[arcs.mentee, arcs.mentor] = arcs.worth + forced * must[arcs.mentee]
    nothing = Prices(np.zeros(mentees, dtype=np.int64), np.zeros(mentors, dtype=np.int64))
    table = Table(worth, places)
    mentor_of = table.assigned(nothing)
    prices = table.asked(table.lowest(mentor_of))
    held = np.bincount(mentor_of[mentor_of >= 0], minlength=mentors)
    if (must & (mentor_of < 0)).any() or (held < least).any():
        raise NotExact
    return mentor_of, Prices(prices.mentee - int(forced) * must, prices.mentor)
