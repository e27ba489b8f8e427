"""The best assignment on a list of pairs: a primal-dual flow in whole numbers that goes on from where it stands."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.market import Arcs, Ints, Mask, Places, Prices
from mentormatch.matching.core.steps import (
    Ends,
    Nearest,
    Standing,
    Steps,
    few_of,
    nearest_from,
    nearest_to,
    place_steps,
    quiet_moves,
    sent_along,
    way_of_one,
)
from mentormatch.matching.core.tiles import Check

_WIDER: Final = 8
_FARTHEST: Final = 2**53
"""Distances are only exact up to here."""

_AHEAD: Final = 4

_SINGLE: Final = 8
"""For so few ends no more prices are moved than must be, as what was known of all others still holds then."""


class NoFlow(ArithmeticError):
    """Places that must be filled cannot be, which never happens to a problem that has a solution."""


class Flow:
    """An assignment in the making: mentees and mentors are nodes, and one hub stands for leaving people unpaired.

    Prices never let a pair be worth more than its two sides; whoever is assigned is so at exactly these prices.
    `must` marks mentees who have to be assigned whatever it costs. One that goes on from where a similar market stands
    `is_quiet`: it moves as few prices as it can.
    """

    def __init__(self, places: Places, must: Mask, prices: Prices, stride: int = 8) -> None:
        self.places = places
        self.must = must
        self.mentee_price = prices.mentee.astype(np.int64)
        self.mentor_price = prices.mentor.astype(np.int64)
        self.mentor_of = np.full(len(must), -1, dtype=np.int64)
        self.stride = stride
        self.phases = 0
        self.is_quiet = False
        self._arcs = self._close = Arcs.joined()
        self._leeway = -1

    @property
    def prices(self) -> Prices:
        """Give today's prices; a mentor nobody wants is not priced below what an empty place costs."""
        lowest = -np.where(self.places.counts > 0, self.places.bonuses, 0).max(axis=0)
        empty = np.bincount(self.mentor_of[self.mentor_of >= 0], minlength=len(lowest)) == 0
        return Prices(self.mentee_price, np.where(empty, np.maximum(self.mentor_price, lowest), self.mentor_price))

    @property
    def arcs(self) -> Arcs:
        """List the pairs that the flow knows of, mentee by mentee."""
        return self._arcs

    def add(self, arcs: Arcs) -> None:
        """Take in further pairs; where they are worth more than their prices, the fewer people ask for more.

        Who asks for more is let go.
        """
        lack = -arcs.slack(Prices(self.mentee_price, self.mentor_price))
        over = arcs.where(lack > 0)
        sides = (over.mentee, len(self.mentee_price)), (over.mentor, len(self.mentor_price))
        lifts = [np.zeros(size, dtype=np.int64) for _, size in sides]
        fewer = int(np.argmin([np.count_nonzero(np.bincount(side, minlength=size)) for side, size in sides]))
        np.maximum.at(lifts[fewer], sides[fewer][0], lack[lack > 0])
        self.mentee_price = self.mentee_price + lifts[0]
        self.mentor_price = self.mentor_price + lifts[1]
        held = np.flatnonzero(self.mentor_of >= 0)
        self.mentor_of[held[(lifts[0][held] > 0) | (lifts[1][self.mentor_of[held]] > 0)]] = -1
        joined = Arcs.joined(self._arcs, arcs)
        self._arcs = joined.where(np.argsort(joined.mentee, kind="stable"))
        self._leeway = -1

    def assign(self, mentor_of: Ints) -> None:
        """Take over what an assignment has of known pairs that are worth exactly their prices."""
        own = self._arcs.where(mentor_of[self._arcs.mentee] == self._arcs.mentor)
        own = own.where(own.slack(Prices(self.mentee_price, self.mentor_price)) == 0)
        self.mentor_of[own.mentee] = own.mentor

    def restricted(self, kept: Mask) -> "Flow":
        """Give a copy that knows only some of the pairs; whoever was assigned by another one is let go."""
        copy = Flow(self.places, self.must, Prices(self.mentee_price, self.mentor_price), self.stride)
        copy.mentor_of, copy.is_quiet = self.mentor_of.copy(), True
        lost = self._arcs.where(~kept)
        copy.mentor_of[lost.mentee[self.mentor_of[lost.mentee] == lost.mentor]] = -1
        copy._arcs = self._arcs.where(kept)
        return copy

    def settle(self, check: Check, reach: int | None = None) -> bool:
        """Move prices and assignments until everything adds up, which makes both the best there are.

        With a `reach`, stop and tell False once the prices have moved so far: it may be for want of pairs.
        """
        left = _FARTHEST if reach is None else min(reach, _FARTHEST)
        standing = self._standing()
        limit = 0 if standing.is_fresh else min(self.stride, left)
        while True:
            check()
            if not standing.missing.any() and not standing.short.any():
                self._close, self._leeway = Arcs.joined(), -1
                return True
            if left <= 0:
                return False
            self.phases += 1
            ends = self._ends(standing)
            is_single = self.is_quiet and len(ends.excess) <= _SINGLE
            # Of a few, prices move once and no farther than the limit; of others from both ends.
            within = limit if is_single else min(2 * limit, _FARTHEST)
            steps = self._steps(standing, within)
            if limit == 0:
                self._push(ends, steps, standing.through, few_of(steps, steps.cost == 0, self.phases))
                limit, standing = min(self.stride, left), self._standing()
                continue
            check()
            nearest = nearest_from(ends, steps, standing.through, limit)
            check()
            farthest = nearest.farthest
            if nearest.is_any:
                moving = ends, steps, standing.through, nearest
                farthest = self._move_few(*moving, check) if is_single else self._meet(*moving, within, check)
            elif limit == _FARTHEST:
                raise NoFlow
            elif limit == left:
                return False
            left -= farthest if reach is not None else 0
            limit = min(max(self.stride, 2 * farthest) if nearest.is_any else limit * _WIDER, left)
            standing = self._standing()

    def _move_few(self, ends: Ends, steps: Steps, through: Ints, forward: Nearest, check: Check) -> int:
        """Move as few prices as can be, and send along what has become tight; tell how far at most."""
        backward = nearest_to(ends, steps, through, forward.farthest)
        self._move(steps, quiet_moves(forward, backward))
        check()
        if ends.amounts.sum() == 1:
            self._pass_on(*way_of_one(ends, steps, through, forward))
        else:
            tight = (steps.cost == 0) & backward.joins(steps)
            self._push(ends, steps, through, few_of(steps, tight, self.phases, backward.used))
        return forward.farthest

    def _meet(self, ends: Ends, steps: Steps, through: Ints, forward: Nearest, within: int, check: Check) -> int:
        """Move the prices from both ends until they meet, and send along what has become tight; tell how far at most.

        From one end alone, what lies farthest from it on its own would wait for one of very many phases.
        """
        self._move(steps, forward.moves)
        backward = nearest_to(ends, steps, through, within - forward.farthest)
        self._move(steps, -backward.moves)
        check()
        tight = (steps.cost == 0) & (forward.joins(steps) | backward.joins(steps))
        self._push(ends, steps, through, few_of(steps, tight, self.phases, forward.used | backward.used))
        return max(forward.farthest, backward.farthest)

    def _standing(self) -> Standing:
        held = np.bincount(self.mentor_of[self.mentor_of >= 0], minlength=len(self.mentor_price))
        counts, above = self.places.counts, self.mentor_price + self.places.bonuses
        least = np.where(above > 0, counts, 0).sum(axis=0)
        filled = np.clip(held, least, np.where(above >= 0, counts, 0).sum(axis=0))
        active = self.must | (self.mentee_price > 0) | (self.mentor_of >= 0)
        hub = len(active) + len(held)
        through = np.where(
            self.mentor_of >= 0, len(active) + self.mentor_of, np.where(active, np.arange(len(active)), hub)
        )
        return Standing(
            active=active,
            through=np.concatenate([through, np.arange(len(active), hub + 1)]),
            filled=filled,
            short=filled - held,
            missing=active & (self.mentor_of < 0),
            hub=int(filled.sum() - active.sum()),
        )

    def _ends(self, standing: Standing) -> Ends:
        mentees, hub = len(self.must), len(self.must) + len(self.mentor_price)
        short = standing.short
        much, little = np.flatnonzero(short < 0), np.flatnonzero(short > 0)
        missing = np.flatnonzero(standing.missing)
        over, under = ([hub], [abs(standing.hub)]) if standing.hub else ([], [])
        excess = np.concatenate([missing, mentees + much, over if standing.hub > 0 else []])
        amounts = np.concatenate([np.ones(len(missing)), -short[much], under if standing.hub > 0 else []])
        lack = np.concatenate([mentees + little, over if standing.hub < 0 else []])
        wanted = np.concatenate([short[little], under if standing.hub < 0 else []])
        return Ends(*(part.astype(np.int64) for part in (excess, amounts, lack, wanted)))

    def _steps(self, standing: Standing, limit: int) -> Steps:
        """Collect the steps within the limit; nodes are the mentees, the mentors and the hub, in this order."""
        mentees, hub = len(self.must), len(self.must) + len(self.mentor_price)
        arcs, price = self._within(limit), self.mentee_price
        slack = arcs.slack(Prices(price, self.mentor_price))
        use = np.flatnonzero((slack <= limit) & (self.mentor_of[arcs.mentee] != arcs.mentor))
        leaving = np.flatnonzero(standing.active & ~self.must & (price <= limit))
        parts = [
            (arcs.mentee[use], mentees + arcs.mentor[use], slack[use], np.ones(len(use))),
            (leaving, np.full(len(leaving), hub), price[leaving], np.ones(len(leaving))),
            *place_steps(self.places, self.mentor_price, standing.filled, limit, mentees),
        ]
        joined = [np.concatenate([part[k] for part in parts]).astype(np.int64) for k in range(4)]
        return Steps(joined[0], joined[1], joined[2], joined[3], len(use))

    def _within(self, limit: int) -> Arcs:
        """Give the pairs that may be within the limit; only now and then all of them are looked at."""
        if limit > self._leeway:
            self._leeway = _AHEAD * max(limit, self.stride)
            slack = self._arcs.slack(Prices(self.mentee_price, self.mentor_price))
            self._close = self._arcs.where(np.flatnonzero(slack <= self._leeway))
        return self._close

    def _move(self, steps: Steps, moves: Ints) -> None:
        """Move the prices by distances from one end or, negative, to the other; no step's cost falls below nothing."""
        mentees, hub = len(self.must), len(moves) - 1
        self.mentee_price = self.mentee_price + moves[:mentees] - moves[hub]
        self.mentor_price = self.mentor_price - moves[mentees:hub] + moves[hub]
        # No pair can have come closer by more than that.
        self._leeway -= int(np.abs(moves).max(initial=0))
        steps.cost[:] += moves[steps.tail] - moves[steps.head]

    def _push(self, ends: Ends, steps: Steps, through: Ints, near: NDArray[np.intp]) -> None:
        """Send as much as possible along the steps that cost nothing."""
        self._pass_on(*sent_along(ends, steps, through, near, len(self.must)))

    def _pass_on(self, tails: NDArray[np.int32], heads: NDArray[np.int32]) -> None:
        """Let mentees go and assign them as the steps that are taken say."""
        mentees, hub = len(self.must), len(self.must) + len(self.mentor_price)
        freed = (tails >= mentees) & (tails < hub) & (heads < mentees)
        self.mentor_of[heads[freed]] = -1
        made = (tails < mentees) & (heads >= mentees) & (heads < hub)
        self.mentor_of[tails[made]] = heads[made] - mentees
