"""The independent check of a solution: it shares no code with the solver and can be read in one sitting."""

from mentormatch.domain.policies import Policy
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution


def violations(problem: MatchingProblem, policy: Policy, solution: MatchingSolution) -> tuple[str, ...]:
    """List everything that is wrong with a solution; an empty tuple means that it may be stored."""
    raise NotImplementedError
