"""A search over the loops that charges could not settle: branch on their directions, best branch first."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass

from mentormatch.matching.core.choosing import Choice
from mentormatch.matching.core.loops import Loop

Bans = frozenset[int]
"""Keys of the pairs that a branch rules out."""


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """What was proved about the solutions without the banned pairs; stages that were not reached have no bound."""

    bans: Bans
    choice: Choice

    def __lt__(self, other: "Branch") -> bool:
        # The heap gives the smallest first; bans in order make the choice between equals the same on every run.
        return (_bounds(other.choice), sorted(self.bans)) < (_bounds(self.choice), sorted(other.bans))


def search(
    root: Branch,
    narrowed: Callable[[Branch, Bans], Branch],
    loops: Callable[[Choice], list[Loop]],
    most_branches: int,
) -> tuple[Branch, bool]:
    """Find the best solution without loops and tell whether it is proved; the first without trouble is the best.

    When cut short, the most promising branch is finished by banning one direction of each loop that is left.
    """
    waiting = [root]
    for _ in range(most_branches):
        best = heapq.heappop(waiting)
        if best.choice.trouble is None:
            return best, True
        for direction in best.choice.trouble:
            heapq.heappush(waiting, narrowed(best, best.bans | {direction}))
    best = heapq.heappop(waiting)
    while left := loops(best.choice):
        best = narrowed(best, best.bans | {loop[0] for loop in left})
    return best, False


def _bounds(choice: Choice) -> tuple[float, ...]:
    return (*choice.bounds, *[float("inf")] * (3 - len(choice.bounds)))
