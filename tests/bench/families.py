"""The rounds that are measured: random families and files of sign-ups, as markets."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from mentormatch.domain.policies import Policy
from mentormatch.matching.core.loops import Twins
from mentormatch.matching.core.market import Market, Places
from mentormatch.matching.laying_out import floor_of
from mentormatch.matching.sides import sides_of
from mentormatch.services.posing_problems import problem_of
from mentormatch.spreadsheets.signups import read_signups
from tests.builders.markets import market

FAMILIES: Final = ("random", "ties", "structured", "scarce", "places", "languages", "both")
"""With scarce mentors there are a third as many, who have none to five places; with `places` they have one to five."""

_THIRDS: Final = ("scarce", "places")


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A market, and who is on both sides of it."""

    market: Market
    twins: Twins


def measured_round(family: str, mentees: int, mentors: int) -> Measured:
    """Make one round of a family, or of a file of sign-ups; the same one every time."""
    if family.endswith(".csv"):
        return _from_file(Path(family))
    made = instance(family, mentees, mentors)
    return Measured(made, _everybody_twice(made) if family == "both" else _strangers(made))


def instance(family: str, mentees: int, mentors: int) -> Market:
    """Make one market of a family."""
    drawn = family if family in ("structured", "ties", "equal") else "random"
    made = market(
        (mentees, mentors // 3 if family in _THIRDS else mentors),
        seed=1,
        family=drawn,
        mixed_places=family == "scarce",
        tongues=6 if family == "languages" else 1,
        barred=5 * mentees,
    )
    if family != "places":
        return made
    return replace(made, places=Places.plain(np.random.default_rng(2).integers(1, 6, made.mentors)))


def _strangers(made: Market) -> Twins:
    return Twins(np.full(made.mentees, -1), np.full(made.mentors, -1))


def _everybody_twice(made: Market) -> Twins:
    number, both = np.full(made.mentees, -1), min(made.mentees, made.mentors)
    number[:both] = np.arange(both)
    back = np.full(made.mentors, -1)
    back[:both] = np.arange(both)
    return Twins(number, back)


def _from_file(path: Path) -> Measured:
    policy = Policy()
    problem = problem_of(read_signups(path.read_bytes()), policy, seed=0)
    floor = floor_of(problem, policy, sides_of(problem, policy))
    # Every contender is asked for the score alone, without a preference for candidates.
    return Measured(replace(floor.market, places=Places.plain(floor.market.places.capacity)), floor.twins)
