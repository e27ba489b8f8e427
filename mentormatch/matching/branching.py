"""No A-mentors-B while B-mentors-A where the search starts from a sparse optimum: branch on the loops' directions."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass

from mentormatch.matching.mutual import Bans, Found
from mentormatch.matching.people import Pair
from mentormatch.matching.seats import loops_among


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The best solution of a branch, loops allowed: its worth tier by tier, an upper bound for all below it."""

    worth: tuple[int, ...]
    pairs: frozenset[Pair]


def without_loops(relaxed: Callable[[Bans], Relaxed], most_branches: int) -> Found:
    """Look at the most promising branch first: the first one without a loop is the best solution there is.

    When cut short, the most promising branch is finished by banning one direction of each loop that is left.
    """
    waiting = [_entry(relaxed(frozenset()), frozenset())]
    for _ in range(most_branches):
        *_, bans, found = heapq.heappop(waiting)
        loops = loops_among(found.pairs)
        if not loops:
            return Found(found.pairs, is_proven=True)
        for direction in (loops[0], loops[0][::-1]):
            narrower = bans | {direction}
            heapq.heappush(waiting, _entry(relaxed(narrower), narrower))
    *_, bans, found = heapq.heappop(waiting)
    while loops := loops_among(found.pairs):
        bans = bans | set(loops)
        found = relaxed(bans)
    return Found(found.pairs, is_proven=False)


def _entry(relaxed: Relaxed, bans: Bans) -> tuple[tuple[int, ...], list[Pair], Bans, Relaxed]:
    # The heap gives the smallest first; bans in order make the choice between equals the same on every run.
    return tuple(-worth for worth in relaxed.worth), sorted(bans), bans, relaxed
