"""A certificate proves the pairs of its round, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from mentormatch.domain.errors import LocksContradict
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.certificate import Certificate, read, written
from mentormatch.matching.people import Pair
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.proof import doubts
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd
from tests.matching.strategies import policies, problems


def certified(posed: MatchingProblem, policy: Policy) -> tuple[frozenset[Pair], Certificate]:
    solution = solve(posed, policy)
    assert solution.certificate is not None
    return frozenset((p.mentor_id, p.mentee_id) for p in solution.pairings), solution.certificate


@settings(max_examples=200, deadline=None)
@given(problems(most=8), policies)
def test_every_certificate_leaves_no_doubt(posed: MatchingProblem, policy: Policy) -> None:
    try:
        solution = solve(posed, policy)
    except LocksContradict:
        assume(False)  # noqa: FBT003 -- hypothesis' own signature
    pairs = frozenset((p.mentor_id, p.mentee_id) for p in solution.pairings)

    assume(solution.certificate is not None)
    assert solution.certificate is not None
    assert doubts(posed, policy, pairs, read(written(solution.certificate))) == ()


@pytest.mark.parametrize("objective", Objective)
@pytest.mark.parametrize("sides", [(60, 40, 0), (10, 10, 60), (0, 0, 90), (40, 90, 5)])
def test_a_crowd_is_proven_tier_by_tier(sides: tuple[int, int, int], objective: Objective) -> None:
    posed, policy = MatchingProblem.of(crowd(sides[0], sides[1], 7, sides[2]), seed=7), Policy(objective=objective)
    pairs, certificate = certified(posed, policy)

    assert doubts(posed, policy, pairs, certificate) == ()


def test_pairs_that_are_not_the_best_are_doubted() -> None:
    posed = MatchingProblem.of(crowd(20, 20, 3), seed=3)
    pairs, certificate = certified(posed, Policy())

    assert "and the prices to" in doubts(posed, Policy(), frozenset(sorted(pairs)[1:]), certificate)[0]


def test_a_price_lowered_by_one_is_noticed() -> None:
    posed = MatchingProblem.of(crowd(20, 20, 3), seed=3)
    pairs, certificate = certified(posed, Policy())
    paid = next(person for person, price in certificate.mentees.items() if price[3] > 0)
    lowered = tuple(part - (tier == 3) for tier, part in enumerate(certificate.mentees[paid]))

    assert doubts(posed, Policy(), pairs, replace(certificate, mentees={**certificate.mentees, paid: lowered}))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"tiers": 3}', "null"])
def test_what_is_not_a_certificate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(text)
