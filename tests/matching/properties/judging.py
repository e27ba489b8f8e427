"""Solving a round and holding the answer against the model."""

from mentormatch.domain.policies import Policy
from mentormatch.matching.people import Pair
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import solve
from tests.matching.properties.model import Model, Worth


def pairs_of(solution: MatchingSolution) -> frozenset[Pair]:
    """Name the pairs of a solution."""
    return frozenset((pairing.mentor_id, pairing.mentee_id) for pairing in solution.pairings)


def solved_pairs(posed: MatchingProblem, policy: Policy) -> frozenset[Pair]:
    """Solve a round and name the pairs."""
    return pairs_of(solve(posed, policy))


def solved_worth(posed: MatchingProblem, policy: Policy) -> Worth:
    """Solve a round and count what its pairs are worth."""
    return Model(posed, policy).worth(solved_pairs(posed, policy))
