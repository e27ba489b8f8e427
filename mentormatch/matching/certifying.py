"""From where the core stands to a certificate that names people."""

from collections.abc import Mapping

import numpy as np

from mentormatch.matching.certificate import TIERS, Certificate, Price
from mentormatch.matching.core.loops import Loop
from mentormatch.matching.pairing_up import Floor, Settled
from mentormatch.matching.people import Pair

_SCORE = TIERS.index("score")


def certificate_of(floor: Floor, settled: Settled, seed: int) -> Certificate | None:
    """Name the prices and charges that prove the pairs; None if loops could only be settled by branching."""
    if settled.branch.bans or not settled.found.is_proven:
        return None
    choice, sides = settled.branch.choice, floor.sides
    mentees = np.array([prices.mentee for prices in choice.prices]).T.tolist()
    mentors = np.array([prices.mentor for prices in choice.prices]).T.tolist()
    return Certificate(
        seed=seed,
        mentees={sides.mentees[row].id: tuple(price) for row, price in zip(floor.free, mentees, strict=True)},
        mentors={person.id: tuple(price) for person, price in zip(sides.mentors, mentors, strict=True)},
        charges=_charges(floor, choice.charges),
    )


def _charges(floor: Floor, stages: tuple[Mapping[Loop, int], ...]) -> dict[Pair, Price]:
    loops = {loop for stage in stages for loop in stage}
    named = {}
    for loop in loops:
        first, second = sorted(_pair(floor, loop[0]))
        # The counts before the score are never charged for.
        named[first, second] = (*[0] * _SCORE, *(stage.get(loop, 0) for stage in stages))
    return named


def _pair(floor: Floor, key: int) -> Pair:
    row, column = divmod(key, len(floor.sides.mentors))
    return floor.sides.mentors[column].id, floor.sides.mentees[floor.free[row]].id
