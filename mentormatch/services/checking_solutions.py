"""Checking solutions before anything is stored or given out: by code that shares nothing with the solver."""

from mentormatch.domain.errors import SolutionRefused
from mentormatch.domain.policies import Policy
from mentormatch.matching.checking import violations
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.proof import examine
from mentormatch.matching.solution import MatchingSolution


def refuse_faults(problem: MatchingProblem, policy: Policy, solution: MatchingSolution) -> None:
    """Raise SolutionRefused if a rule is broken, something is miscounted or the certificate does not prove enough."""
    if wrong := violations(problem, policy, solution):
        raise SolutionRefused(wrong)
    pairs = frozenset((pairing.mentor_id, pairing.mentee_id) for pairing in solution.pairings)
    examined = examine(problem, policy, pairs, solution.certificate)
    if examined.wrong:
        raise SolutionRefused(examined.wrong)
    if solution.is_proven and examined.gap is not None:
        raise SolutionRefused([f"the pairs come to {examined.worth} and the prices to {examined.bound}"])
