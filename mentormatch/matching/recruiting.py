"""Whom to recruit: what one or two more mentors who are strong in a competency would add, found by solving."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from statistics import median_low
from typing import Final

import numpy as np

from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import HIGHEST
from mentormatch.domain.policies import Policy
from mentormatch.matching.core.footing import Footing
from mentormatch.matching.core.market import Ints
from mentormatch.matching.ground import Ground, every_pair, ground_of
from mentormatch.matching.people import Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.sides import sides_of
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import Cancelled
from mentormatch.matching.trials import Trials, with_people
from mentormatch.matching.worth import NOTHING, Worth, folded

MOST_RECRUITS: Final = 5
MOST_SOLVES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Recruits:
    """What so many mentors with so many places each, at the highest level in a competency, would add."""

    competency: Competency
    number: int
    places: int
    mentees_paired: int
    gaps_closed: int
    worth: Worth


def recruits_for(
    problem: MatchingProblem,
    policy: Policy,
    solution: MatchingSolution,
    *,
    number: int = 1,
    most: int = MOST_RECRUITS,
    most_solves: int = MOST_SOLVES,
    cancelled: Cancelled | None = None,
) -> tuple[Recruits, ...]:
    """List the competencies in which so many more mentors, otherwise like the middle one, would add most.

    With enough solves allowed these are the best; what adds nothing is not listed.
    """
    trials = Trials.of(problem, policy, solution, most_solves, cancelled)
    mentors = [person for person in problem.people if person.places]
    if not mentors:
        return ()
    middle = _middle(mentors)
    found: list[Recruits] = []
    for most_gained, competency in _promising(ground_of(problem, policy, solution), trials, middle, number):
        found.sort(key=lambda each: folded(each.worth), reverse=True)
        # Nobody who comes later can gain more than this.
        if len(found) >= most and folded(found[most - 1].worth) >= most_gained:
            break
        found += _tried(trials, middle, competency, number)
    useful = [each for each in found if each.worth > NOTHING]
    ranked = sorted(useful, key=lambda each: (each.worth, each.gaps_closed), reverse=True)
    return tuple(ranked[:most])


def _middle(mentors: Sequence[Person]) -> Person:
    """Make up the middle mentor: median levels and places; languages and the like as most of them have."""
    levels = tuple(median_low(column) for column in zip(*(mentor.levels for mentor in mentors), strict=True))
    kinds = Counter((mentor.languages, mentor.site, mentor.working_day) for mentor in mentors)
    [(usual, _)] = kinds.most_common(1)
    like = next(each for each in mentors if (each.languages, each.site, each.working_day) == usual)
    return replace(
        like,
        levels=levels,
        capacity=median_low(mentor.places for mentor in mentors),
        offers_mentoring=True,
        wants_mentor=False,
        manager=None,
        certification_pursued=Certification.NONE,
        mentorships_completed=0,
    )


def _strong(middle: Person, competency: Competency, number: int, taken: frozenset[str]) -> list[Person]:
    levels = tuple(HIGHEST if c is competency else had for c, had in zip(Competency, middle.levels, strict=True))
    names = (name for name in map("recruit {}".format, count(1)) if name not in taken)
    return [replace(middle, id=name, levels=levels) for name in islice(names, number)]


def _promising(ground: Ground, trials: Trials, middle: Person, number: int) -> Iterator[tuple[int, Competency]]:
    """Give the competencies with what they would gain at most, by the prices of the mentees, the most first."""
    surplus = [_surplus(ground, footing, trials, middle) for footing in ground.footings]
    places = number * middle.places
    gains = [
        -np.sort(-table, axis=0)[:places].sum(axis=0) + footing.bound - ground.best
        for table, footing in zip(surplus, ground.footings, strict=True)
    ]
    most = np.max(gains, axis=0)
    for at in np.argsort(-most, kind="stable").tolist():
        if most[at] > 0:
            yield int(most[at]), list(Competency)[at]


def _surplus(ground: Ground, footing: Footing, trials: Trials, middle: Person) -> Ints:
    """Tell what a mentor strong in each competency would give each mentee beyond the mentee's price."""
    mentees = [replace(ground.floor.sides.mentees[row], offers_mentoring=False) for row in ground.floor.free.tolist()]
    recruits = [replace(_strong(middle, c, 1, frozenset())[0], id=c.value) for c in Competency]
    alone = replace(trials.problem, people=(*mentees, *recruits), locks=frozenset())
    arcs = every_pair(sides_of(alone, trials.policy).whole_market())
    table = np.zeros((len(mentees), len(recruits)), dtype=np.int64)
    table[arcs.mentee, arcs.mentor] = arcs.worth + ground.per_pair - footing.residual.prices.mentee[arcs.mentee]
    return np.maximum(0, table)


def _tried(trials: Trials, middle: Person, competency: Competency, number: int) -> Iterator[Recruits]:
    recruits = _strong(middle, competency, number, frozenset(person.id for person in trials.problem.people))
    changed = trials.tried(("recruits", competency, number), lambda problem: with_people(problem, recruits))
    if changed is None:
        return
    before, after = trials.solution, changed
    yield Recruits(
        competency=competency,
        number=number,
        places=middle.places,
        mentees_paired=after.totals.mentees_paired - before.totals.mentees_paired,
        gaps_closed=_closed(after, competency) - _closed(before, competency),
        worth=trials.gain(changed),
    )


def _closed(solution: MatchingSolution, competency: Competency) -> int:
    return sum(closure.competency is competency for each in solution.pairings for closure in each.closures)
