"""The one door to the engine: `solve`."""

from collections.abc import Callable

from mentormatch.domain.policies import Policy
from mentormatch.domain.rounds import Stage
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution

Progress = Callable[[Stage, int, int], None]
"""Called with the stage, the steps done and the steps in all."""

Cancelled = Callable[[], bool]
"""Asked between stages; True calls the solving off."""


def solve(
    problem: MatchingProblem,
    policy: Policy,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> MatchingSolution:
    """Pair people as the policy asks, exactly and the same on every run.

    Raises LocksContradict for a lock that teaches nothing, and SolvingCancelled when `cancelled` says so.
    """
    raise NotImplementedError
