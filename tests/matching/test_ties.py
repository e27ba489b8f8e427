"""Ties fall by the seed: the same on every run, fair over many."""

from collections import Counter
from itertools import permutations

import numpy as np
import pytest

from mentormatch.domain.policies import Policy
from mentormatch.matching.core.market import Ints
from mentormatch.matching.people import Person
from mentormatch.matching.solve import solve
from mentormatch.matching.ties import Drum
from tests.builders.problems import problem, seeker, teacher

pytestmark = pytest.mark.slow


def drawn(people: int, seeds: int) -> Counter[tuple[str, ...]]:
    """Count over many seeds which mentor each of some equal mentees got."""
    crowd = [seeker(f"mentee{n}") for n in range(people)] + [teacher(f"mentor{n}") for n in range(people)]
    outcomes: Counter[tuple[str, ...]] = Counter()
    for seed in range(seeds):
        pairings = solve(problem(*crowd, seed=seed), Policy()).pairings
        outcomes[tuple(p.mentor_id for p in sorted(pairings, key=lambda p: p.mentee_id))] += 1
    return outcomes


def test_every_equally_good_pairing_has_its_chance() -> None:
    outcomes = drawn(people=3, seeds=300)

    assert set(outcomes) == set(permutations(["mentor0", "mentor1", "mentor2"]))
    assert min(outcomes.values()) > 20


def test_of_two_equal_pairings_each_is_drawn_about_half_of_the_time() -> None:
    outcomes = drawn(people=2, seeds=200)

    assert all(70 < times < 130 for times in outcomes.values())


def test_which_of_two_equal_mentees_stays_unpaired_is_a_fair_draw() -> None:
    people = [seeker("first"), seeker("second"), teacher("mentor")]

    chosen = Counter(solve(problem(*people, seed=seed), Policy()).pairings[0].mentee_id for seed in range(200))

    assert all(70 < times < 130 for times in chosen.values())


def test_lots_are_positive_and_belong_to_the_pair_and_not_to_its_row() -> None:
    mentees, mentors = [seeker("a"), seeker("b")], [teacher("c"), teacher("d")]

    there, turned = lots(5, mentees, mentors), lots(5, mentees[::-1], mentors[::-1])

    assert (there > 0).all()
    assert (turned == there[::-1, ::-1]).all()


def lots(seed: int, mentees: list[Person], mentors: list[Person]) -> Ints:
    return Drum(seed, mentees, mentors).lots(np.arange(len(mentees))[:, None], np.arange(len(mentors)))
