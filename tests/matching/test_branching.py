"""No A-mentors-B while B-mentors-A, and no solution lost to it."""

import random

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from mentormatch.domain.competencies import Competency
from mentormatch.domain.policies import Policy
from mentormatch.matching import pairing_up
from mentormatch.matching.checking import breaches, points_of
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd, levels, problem, seeker

pytestmark = pytest.mark.slow

NO_CANDIDATES = Policy(mentorships_required={})


def twin(person_id: str, strong: set[str]) -> Person:
    """Return someone at 4 in the named competencies and 0 elsewhere, who mentors one and wants a mentor."""
    return seeker(
        person_id,
        levels=levels(0, **dict.fromkeys(strong, 4)),
        targets=levels(4),
        offers_mentoring=True,
        capacity=1,
    )


def twins(pairs: int, seed: int, block: int = 1) -> list[Person]:
    """Return pairs of people of whom each is strong exactly where the other is weak; greater blocks make more ties."""
    draw = random.Random(seed)  # noqa: S311 -- test data
    names = [competency.value for competency in Competency]
    blocks = [names[at : at + block] for at in range(0, len(names), block)]
    halves = [{name for chosen in draw.sample(blocks, len(blocks) // 2) for name in chosen} for _ in range(pairs)]
    return [
        twin(f"{number}{side}", half if side == "a" else set(names) - half)
        for number, half in enumerate(halves)
        for side in "ab"
    ]


def loops(pairs: set[Pair]) -> list[Pair]:
    return [pair for pair in pairs if pair[::-1] in pairs]


def test_two_people_who_could_teach_each_other_are_paired_one_way() -> None:
    solution = solve(problem(*twins(1, seed=0)), Policy())

    assert len(solution.pairings) == 1


@pytest.mark.parametrize("pairs", [2, 5, 8, 30])
def test_people_of_two_kinds_made_for_each_other_are_proven_without_any_branch(
    monkeypatch: pytest.MonkeyPatch, pairs: int
) -> None:
    monkeypatch.setattr(pairing_up, "MOST_WORK", 0)
    monkeypatch.setattr(pairing_up, "FEWEST_BRANCHES", 0)

    solution = solve(problem(*twins(pairs, seed=pairs, block=8), seed=pairs), NO_CANDIDATES)

    found = {(pairing.mentor_id, pairing.mentee_id) for pairing in solution.pairings}
    assert (solution.is_proven, len(found), loops(found)) == (True, 2 * pairs, [])


@pytest.mark.parametrize("seed", range(3))
def test_people_made_for_each_other_are_still_paired_without_loops_and_proved(seed: int) -> None:
    solution = solve(problem(*twins(6, seed), seed=seed), Policy())

    assert loops({(p.mentor_id, p.mentee_id) for p in solution.pairings}) == []
    assert solution.is_proven


@pytest.mark.parametrize(("seekers", "teachers", "both"), [(30, 12, 0), (0, 0, 24), (10, 5, 20), (100, 40, 0)])
def test_the_total_agrees_with_an_integer_program(seekers: int, teachers: int, both: int) -> None:
    posed = problem(*crowd(seekers, teachers, seed=seekers + both, both=both))

    assert solve(posed, NO_CANDIDATES).totals.total_score == integer_program(posed, NO_CANDIDATES)


@pytest.mark.parametrize(
    ("pairs", "block", "seed"), [(3, 1, 3), (6, 1, 6), (4, 1, 6), (5, 4, 1), (5, 4, 3), (6, 4, 1), (8, 4, 6)]
)
def test_the_total_of_twins_agrees_with_an_integer_program(pairs: int, block: int, seed: int) -> None:
    posed = problem(*twins(pairs, seed, block), seed=seed)

    assert solve(posed, NO_CANDIDATES).totals.total_score == integer_program(posed, NO_CANDIDATES)


def integer_program(posed: MatchingProblem, policy: Policy) -> int:
    """Give the greatest total by HiGHS: one variable per eligible pair, one row per person and per possible loop."""
    mentees = [person for person in posed.people if person.wants_mentor]
    mentors = [person for person in posed.people if person.places]
    chances = [(a, b) for a in mentors for b in mentees if not list(breaches(posed, policy, a, b))]
    pairs = [(a.id, b.id) for a, b in chances]
    limits: list[int] = [1] * len(mentees) + [mentor.places for mentor in mentors]
    cells = [(mentees.index(b), at) for at, (_, b) in enumerate(chances)]
    cells += [(len(mentees) + mentors.index(a), at) for at, (a, _) in enumerate(chances)]
    where = {pair: at for at, pair in enumerate(pairs)}
    for a, b in loops(set(pairs)):
        if a < b:
            cells += [(len(limits), where[a, b]), (len(limits), where[b, a])]
            limits.append(1)
    row, column = np.array(cells).T
    matrix = coo_array((np.ones(len(cells)), (row, column)), shape=(len(limits), len(pairs)))
    worth = np.array([points_of(policy, a, b)[0] for a, b in chances])
    result = milp(
        -worth,
        constraints=LinearConstraint(matrix, ub=np.array(limits)),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(pairs), dtype=np.int64),
        options={"mip_rel_gap": 0},
    )
    return -round(result.fun or 0)
