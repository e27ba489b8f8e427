"""Ties are settled by fair lots: over a fixed list of seeds every equally good pairing comes up about as often."""

from collections import Counter

import pytest
from scipy.stats import chisquare

from mentormatch.domain.competencies import Competency
from mentormatch.domain.policies import Policy
from mentormatch.matching.people import Person
from tests.builders.problems import gold, levels, problem, seeker, silver, teacher
from tests.matching.properties import exhausting
from tests.matching.properties.effort import IN_FULL
from tests.matching.properties.judging import solved_pairs
from tests.matching.properties.model import Model
from tests.matching.properties.rounds import weights

pytestmark = pytest.mark.slow

SEEDS_PER_OUTCOME = 50 if IN_FULL else 20
SIGNIFICANT = 0.001
EVEN = Policy(weights=weights(dict.fromkeys(Competency, 62)))
BLOCKS = [[competency.value for competency in list(Competency)[at : at + 5]] for at in (0, 5, 10)]


def specialist(at: int) -> Person:
    """Return someone who could teach a third of everything and wants to learn the other two."""
    strong = dict.fromkeys(BLOCKS[at], 4)
    return seeker(f"specialist{at}", levels=levels(0, **strong), targets=levels(4), offers_mentoring=True, capacity=1)


TIED: dict[str, tuple[int, list[Person]]] = {
    "one mentee, four equal mentors": (4, [seeker("x"), *(teacher(str(n)) for n in range(4))]),
    "one mentor, five equal mentees": (5, [teacher("x"), *(seeker(str(n)) for n in range(5))]),
    "which two of four equal mentees": (6, [gold("x"), *(seeker(str(n)) for n in range(4))]),
    "three equal mentees, three equal mentors": (
        6,
        [*(seeker(f"a{n}") for n in range(3)), *(teacher(f"b{n}") for n in range(3))],
    ),
    "three equal mentees, two mentors with two places": (
        6,
        [*(seeker(f"a{n}") for n in range(3)), *(gold(f"b{n}") for n in range(2))],
    ),
    "which of three candidates": (3, [seeker("x"), teacher("y"), *(silver(str(n)) for n in range(3))]),
    "which of two who could teach each other": (2, [specialist(0), specialist(1)]),
    "three who could teach each other, one way round or the other": (2, [specialist(n) for n in range(3)]),
}


@pytest.mark.parametrize(("outcomes", "people"), TIED.values(), ids=TIED)
def test_every_equally_good_pairing_comes_up_about_as_often(outcomes: int, people: list[Person]) -> None:
    possible = exhausting.equally_good(Model(problem(*people), EVEN))
    seeds = range(SEEDS_PER_OUTCOME * outcomes)

    drawn = Counter(solved_pairs(problem(*people, seed=seed), EVEN) for seed in seeds)

    assert drawn.keys() == possible
    assert len(possible) == outcomes
    assert chisquare([drawn[chosen] for chosen in possible]).pvalue > SIGNIFICANT
