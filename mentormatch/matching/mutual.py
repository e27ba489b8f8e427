"""No A-mentors-B while B-mentors-A: an exact search that branches on the two directions of such a loop."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass

from mentormatch.matching.people import Pair

Ban = frozenset[Pair]
"""Pairs that a branch of the search rules out."""

MOST_BRANCHES = 2_000


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The best solution of a branch, loops allowed: its worth tier by tier, an upper bound for all below it."""

    worth: tuple[int, ...]
    pairs: frozenset[Pair]


@dataclass(frozen=True, slots=True)
class Found:
    """The best solution without loops; if not proven, some branches that looked better were not searched."""

    pairs: frozenset[Pair]
    is_proven: bool


def without_loops(relaxed: Callable[[Ban], Relaxed], most_branches: int = MOST_BRANCHES) -> Found:
    """Search the best first: the first solution without a loop that comes up is the best there is.

    When cut short, the most promising branch is finished by banning one direction of each loop that is left.
    """
    root = relaxed(frozenset())
    waiting = [_entry(root, frozenset())]
    for _ in range(most_branches):
        *_, bans, found = heapq.heappop(waiting)
        loop = first_loop(found.pairs)
        if loop is None:
            return Found(found.pairs, is_proven=True)
        for direction in (loop, loop[::-1]):
            narrower = bans | {direction}
            heapq.heappush(waiting, _entry(relaxed(narrower), narrower))
    *_, bans, found = heapq.heappop(waiting)
    while loop := first_loop(found.pairs):
        bans |= {loop}
        found = relaxed(bans)
    return Found(found.pairs, is_proven=False)


def first_loop(pairs: frozenset[Pair]) -> Pair | None:
    """Name one pair that is there in both directions, the same one for the same pairs."""
    return min((pair for pair in pairs if pair[::-1] in pairs), default=None)


def _entry(relaxed: Relaxed, bans: Ban) -> tuple[tuple[int, ...], list[Pair], Ban, Relaxed]:
    # The heap gives the smallest first; bans in order make the choice between equals the same on every run.
    return tuple(-worth for worth in relaxed.worth), sorted(bans), bans, relaxed
