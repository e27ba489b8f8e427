"""Where a search begins: anew, at the prices of a similar round, or where its search ended."""

from collections.abc import Callable, Mapping
from itertools import starmap

import numpy as np

from mentormatch.matching.certificate import TIERS, Certificate, Price
from mentormatch.matching.core.choosing import Choice, Hints
from mentormatch.matching.core.loops import Charges, Loop
from mentormatch.matching.core.market import Ints, Prices
from mentormatch.matching.core.moving import allowed, carried, moved_keys
from mentormatch.matching.core.opening import Former
from mentormatch.matching.core.tiers import Tiered, Tiers, tiered_optimum
from mentormatch.matching.core.tiles import Check
from mentormatch.matching.laying_out import Floor
from mentormatch.matching.people import Pair

Begin = Callable[[Floor, Check], tuple[Tiered, Hints]]
"""Finds the optimum in which loops are no matter, and what may help on the way from there."""

_SCORE = TIERS.index("score")
_NOTHING: Price = (0,) * len(TIERS)


def begun_anew(floor: Floor, check: Check) -> tuple[Tiered, Hints]:
    """Begin without knowing anything."""
    return tiered_optimum(floor.market, floor.counts, check, tuning=floor.tuning), Hints()


def begun_at(tiers: Tiers, floor: Floor, check: Check) -> tuple[Tiered, Hints]:
    """Begin at the prices of the same people in another round."""
    return tiered_optimum(floor.market, floor.counts, check, tuning=floor.tuning, start=tiers), Hints()


def begun_by(certificate: Certificate, floor: Floor, check: Check) -> tuple[Tiered, Hints]:
    """Begin at the prices that prove a similar round; who was not in it has no price yet."""
    mentees, mentors = (
        np.array([known.get(person, _NOTHING) for person in people], dtype=np.int64).reshape(-1, len(TIERS)).T
        for known, people in ((certificate.mentees, floor.mentees), (certificate.mentors, floor.mentors))
    )
    first, further, paired, score, *later = starmap(Prices, zip(mentees, mentors, strict=True))
    tiered, _ = begun_at((first, further, paired, score), floor, check)
    return tiered, Hints(_charges_by(certificate.charges, floor), tuple(later))


def begun_after(
    earlier: Tiered, choice: Choice, rows: Ints, former: Former | None, floor: Floor, check: Check
) -> tuple[Tiered, Hints] | None:
    """Begin where the search on a similar floor ended; `rows` gives the numbers that its mentees had there, or -1.

    What was known of all pairs is `former`, if they all have the same numbers and the same lots.
    """
    tiered = earlier.moved(floor.market, floor.counts, rows, check)
    if tiered is None:
        return None
    number = {row: at for at, row in enumerate(rows.tolist()) if row >= 0}
    charges = tuple(_renumbered(stage, number, len(floor.mentors)) for stage in choice.charges)
    later = tuple(Prices(carried(prices.mentee, rows, 0), prices.mentor) for prices in choice.hints.prices)
    mentor_of = carried(choice.mentor_of, rows, -1)
    known = choice.core
    core = None if known is None else moved_keys(earlier.columns.market, floor.market, rows, known)[0]
    return tiered, Hints(charges, later, mentor_of, core, former)


def _renumbered(charges: Charges, number: Mapping[int, int], mentors: int) -> Charges:
    def there(key: int) -> int | None:
        row, column = divmod(key, mentors)
        return number[row] * mentors + column if row in number else None

    moved = {(there(one), there(other)): charge for (one, other), charge in charges.items()}
    return {(min(a, b), max(a, b)): charge for (a, b), charge in moved.items() if a is not None and b is not None}


def _charges_by(charges: Mapping[Pair, Price], floor: Floor) -> tuple[Charges, ...]:
    loops = {loop: price for pair, price in charges.items() if (loop := _loop(pair, floor)) is not None}
    stages = range(_SCORE, len(TIERS))
    return tuple({loop: price[tier] for loop, price in loops.items() if price[tier]} for tier in stages)


def _loop(pair: Pair, floor: Floor) -> Loop | None:
    """Give the keys of both directions, if both are still allowed."""
    keys = floor.keys_on((pair, pair[::-1]))
    if len(keys) < len(pair) or not allowed(floor.market, *np.divmod(keys, len(floor.mentors))).all():
        return None
    return int(keys[0]), int(keys[1])
