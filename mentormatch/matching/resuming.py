"""Going on from an earlier solution: what of it still holds, and where the search begins because of it."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from mentormatch.domain.policies import Policy
from mentormatch.matching.beginning import Begin, begun_after, begun_anew, begun_by
from mentormatch.matching.certificate import Certificate
from mentormatch.matching.core.choosing import Hints
from mentormatch.matching.core.market import Ints
from mentormatch.matching.core.tiers import Tiered
from mentormatch.matching.core.tiles import Check
from mentormatch.matching.laying_out import Floor
from mentormatch.matching.pairing_up import Settled
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.sides import Sides, sides_again, sides_of
from mentormatch.matching.solution import MatchingSolution

After = MatchingSolution | Certificate | None
"""An earlier solution of a similar round, its certificate if that is all that was kept, or nothing."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Standing:
    """Where solving a round ended: the searches for its pairs and for those without candidates."""

    problem: MatchingProblem
    policy: Policy
    settled: Settled
    plain: Settled

    def is_like(self, problem: MatchingProblem, policy: Policy) -> bool:
        """Tell whether the same people are paired by the same policy, so that only rules about pairs may differ."""
        ours, theirs = self.problem, problem
        return self.policy == policy and ours.seed == theirs.seed and ours.people == theirs.people

    @property
    def sides(self) -> Sides:
        """Give the sides that were laid out."""
        return self.settled.floor.sides


def standing_of(after: After, problem: MatchingProblem, policy: Policy) -> Standing | None:
    """Give where the earlier solving ended, if it did so in this process and on a round that is alike."""
    standing = after.standing if isinstance(after, MatchingSolution) else None
    if isinstance(standing, Standing) and standing.is_like(problem, policy):
        return standing
    return None


def sides_after(standing: Standing | None, problem: MatchingProblem, policy: Policy) -> Sides:
    """Lay out a round, keeping what is as it was."""
    return sides_again(standing.sides, problem, policy) if standing else sides_of(problem, policy)


def begin_after(after: After, standing: Standing | None) -> Begin:
    """Tell where the search for the pairs begins."""
    if after is None:
        return begun_anew
    certificate = after.certificate if isinstance(after, MatchingSolution) else after
    return partial(_resumed, standing.settled if standing else None, partial(begun_by, certificate))


def plain_after(standing: Standing | None, otherwise: Begin) -> Begin:
    """Tell where the search for the pairs without candidates begins."""
    return partial(_resumed, standing.plain, otherwise) if standing else otherwise


def _resumed(earlier: Settled | None, otherwise: Begin, floor: Floor, check: Check) -> tuple[Tiered, Hints]:
    rows = _rows(earlier.floor, floor) if earlier else None
    if earlier is None or rows is None:
        return otherwise(floor, check)
    return begun_after(earlier.tiered, earlier.searched.best.choice, rows, floor, check) or otherwise(floor, check)


def _rows(earlier: Floor, floor: Floor) -> Ints | None:
    """Give the numbers that the mentees had; None if one was not there."""
    rows = np.searchsorted(earlier.free, floor.free)
    here = rows < len(earlier.free)
    if not here.all() or (earlier.free[rows] != floor.free).any():
        return None
    return np.asarray(rows, dtype=np.int64)
