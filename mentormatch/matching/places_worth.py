"""What one more place at each mentor would gain, and what one less would lose."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from mentormatch.domain.certification import HIGHEST_CAPACITY
from mentormatch.domain.pairings import Serves
from mentormatch.matching.core.terms import Needed
from mentormatch.matching.explanation import Bounded, PlaceValue
from mentormatch.matching.ground import Ground
from mentormatch.matching.people import Person
from mentormatch.matching.places import needed_by, serves
from mentormatch.matching.trials import Trials, with_places
from mentormatch.matching.worth import NOTHING, unfolded


def places_worth(ground: Ground, trials: Trials, people: frozenset[str]) -> Iterator[PlaceValue]:
    """Tell what a place is worth at everyone of these people who has any."""
    free = ground.terms.counts.capacity.tolist()
    asked = [(at, mentor) for at, mentor in enumerate(ground.floor.sides.mentors) if mentor.id in people]
    gains = _gains(ground, trials, [(at, mentor) for at, mentor in asked if mentor.places < HIGHEST_CAPACITY])
    losses = _losses(ground, trials, [(at, mentor) for at, mentor in asked if free[at]])
    for at, mentor in asked:
        yield PlaceValue(mentor_id=mentor.id, gain=gains.get(at), loss=losses.get(at))


def bonuses_of_next(ground: Ground, trials: Trials) -> list[int]:
    """Give what one more place of each mentor would be worth to a certification, folded."""
    terms, found = ground.terms, []
    for at, mentor in enumerate(ground.floor.sides.mentors):
        needed, held = _needed(ground, trials, at, mentor.places + 1), int(terms.counts.capacity[at])
        found.append(terms.bonus(needed, held + 1) - terms.bonus(needed, held))
    return found


def _gains(ground: Ground, trials: Trials, asked: list[tuple[int, Person]]) -> dict[int, Bounded]:
    bonuses = np.array(bonuses_of_next(ground, trials), dtype=np.int64)
    falls, on = ground.least([-footing.places_more(bonuses) for footing in ground.footings])
    found = {}
    for at, mentor in asked:
        footing, fall = ground.footings[on[at]], int(falls[at])
        rises = fall < ground.best - footing.bound
        needed = _needed(ground, trials, at, mentor.places + 1)
        outcome = footing.place_more(at, needed) if rises else footing.unmoved()
        bounded = Bounded(worth=NOTHING - unfolded(fall), is_exact=ground.verdict(fall, int(on[at]), outcome).is_exact)
        found[at] = bounded if bounded.is_exact else _settled(trials, mentor, 1, bounded)
    return found


def _losses(ground: Ground, trials: Trials, asked: list[tuple[int, Person]]) -> dict[int, Bounded]:
    falls, on = ground.least([footing.places_less() for footing in ground.footings])
    found = {}
    for at, mentor in asked:
        outcome = ground.footings[on[at]].place_less(at, _needed(ground, trials, at, mentor.places - 1))
        verdict = ground.verdict(int(falls[at]), int(on[at]), outcome)
        bounded = Bounded(worth=unfolded(verdict.loss), is_exact=verdict.is_exact)
        found[at] = bounded if bounded.is_exact else _settled(trials, mentor, -1, bounded)
    return found


def _settled(trials: Trials, mentor: Person, more: int, bounded: Bounded) -> Bounded:
    places = mentor.places + more
    changed = trials.tried(("places", mentor.id, more), lambda problem: with_places(problem, mentor.id, places))
    if changed is None:
        return bounded
    gain = trials.gain(changed)
    return Bounded(worth=gain if more > 0 else NOTHING - gain, is_exact=changed.is_proven)


def _needed(ground: Ground, trials: Trials, at: int, places: int) -> Needed:
    """Tell which of a mentor's places behind the locked ones count if there are so many in all."""
    mentor = ground.floor.sides.mentors[at]
    locked = mentor.places - int(ground.terms.counts.capacity[at])
    needed = needed_by(replace(mentor, capacity=places), trials.policy)
    served = [serves(slot, needed) for slot in range(locked + 1, places + 1)]
    return served.count(Serves.FIRST_PLACE), served.count(Serves.FURTHER_PLACE)
