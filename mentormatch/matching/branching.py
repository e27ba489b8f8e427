"""A search over the loops that charges could not settle: branch on their directions, best branch first."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final

from mentormatch.matching.core.choosing import Choice
from mentormatch.matching.core.loops import Loop

Bans = frozenset[int]
"""Keys of the pairs that a branch rules out."""

Bound = tuple[float, ...]
"""What no solution of a branch exceeds, tier by tier; endless in the tiers that were not looked at."""

DEEPEST: Final = 200
"""So many bans on one branch are as good as a sign that no proof will be found."""

_TIERS: Final = 6


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """What was proved about the solutions without the banned pairs."""

    bans: Bans
    choice: Choice

    @property
    def bound(self) -> Bound:
        """Give what no solution of this branch exceeds."""
        return (*self.choice.bounds, *[inf] * (_TIERS - len(self.choice.bounds)))

    def __lt__(self, other: "Branch") -> bool:
        # The heap gives the smallest first; bans in order make the choice between equals the same on every run.
        return (other.bound, sorted(self.bans)) < (self.bound, sorted(other.bans))


@dataclass(frozen=True, slots=True, eq=False)
class Fork:
    """Two branches that hold every solution between them: without the one direction of a loop, and the other."""

    loop: Loop
    without: tuple["Tree", "Tree"]


Tree = Branch | Fork


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """The best solution that was found, the branch that may hold the best there is, and all that were looked at."""

    best: Branch
    leading: Branch
    tree: Tree

    @property
    def is_proven(self) -> bool:
        """Tell whether no branch can hold anything better."""
        return self.best.bound == self.leading.bound


def search(root: Branch, narrowed: Callable[[Branch, Bans], Branch], most_branches: int) -> Searched:
    """Find the best solution without loops: the first one without trouble is the best there is.

    When cut short, the most promising branch is finished by banning one direction of each loop in the way.
    """
    waiting, splits = [root], dict[Bans, Loop]()
    while (trouble := waiting[0].choice.trouble) and len(splits) < most_branches and len(waiting[0].bans) < DEEPEST:
        best = heapq.heappop(waiting)
        splits[best.bans] = trouble
        for direction in trouble:
            heapq.heappush(waiting, narrowed(best, best.bans | {direction}))
    best = waiting[0]
    while best.choice.trouble:
        best = narrowed(best, best.bans | {best.choice.trouble[0]})
    leaves = {branch.bans: branch for branch in waiting}
    return Searched(best, waiting[0], _grown(frozenset(), splits, leaves))


def _grown(bans: Bans, splits: dict[Bans, Loop], leaves: dict[Bans, Branch]) -> Tree:
    if bans in leaves:
        return leaves[bans]
    loop = splits[bans]
    one, other = (_grown(bans | {direction}, splits, leaves) for direction in loop)
    return Fork(loop, (one, other))
