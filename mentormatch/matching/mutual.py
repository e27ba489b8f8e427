"""No A-mentors-B while B-mentors-A: an exact search that branches on the two directions of such a loop."""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mentormatch.matching.charging import Open, settle
from mentormatch.matching.people import Pair
from mentormatch.matching.seats import Loop, Seats, loops_among
from mentormatch.matching.tiers import Stage

Bans = frozenset[Pair]
"""Pairs that a branch of the search rules out."""

MOST_CELLS: Final = 50_000_000
"""About how many cells of tables are looked at before the search is cut short: a minute or so."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What the stages proved about the solutions without the banned pairs; `trouble` is the loop to branch on next.

    `bounds` hold stage by stage; a stage that was not reached has none, which counts as endless.
    """

    bounds: tuple[float, ...]
    bans: Bans
    pairs: frozenset[Pair]
    charges: tuple[Mapping[Loop, int], ...]
    trouble: Loop | None

    def __lt__(self, other: "Branch") -> bool:
        # The heap gives the smallest first; bans in order make the choice between equals the same on every run.
        return (other.bounds, sorted(self.bans)) < (self.bounds, sorted(other.bans))


@dataclass(frozen=True, slots=True)
class Found:
    """The best solution without loops; if not proven, some branches that looked better were not searched."""

    pairs: frozenset[Pair]
    is_proven: bool


def search(stages: Sequence[Stage], start: Open, seats: Seats, check: Callable[[], None]) -> Found:
    """Look at the most promising branch first: the first one without trouble is the best solution there is.

    When cut short, the most promising branch is finished by banning one direction of each loop that is left.
    """

    def branch(bans: Bans, charges: Sequence[Mapping[Loop, int]]) -> Branch:
        left = Open(seats.without(start.permitted, bans), start.musts)
        return _branch(stages, left, seats, bans, charges, check)

    waiting = [branch(frozenset(), ())]
    for _ in range(max(20, MOST_CELLS // max(1, start.permitted.size))):
        best = heapq.heappop(waiting)
        if best.trouble is None:
            return Found(best.pairs, is_proven=True)
        for direction in (best.trouble, best.trouble[::-1]):
            heapq.heappush(waiting, branch(best.bans | {direction}, best.charges))
    best = heapq.heappop(waiting)
    while loops := loops_among(best.pairs):
        best = branch(best.bans | set(loops), best.charges)
    return Found(best.pairs, is_proven=False)


def _branch(
    stages: Sequence[Stage],
    left: Open,
    seats: Seats,
    bans: Bans,
    known: Sequence[Mapping[Loop, int]],
    check: Callable[[], None],
) -> Branch:
    banned = {min(pair, pair[::-1]) for pair in bans}
    bounds: list[float] = []
    charges: list[Mapping[Loop, int]] = []
    pairs: frozenset[Pair] = frozenset()
    for at, stage in enumerate(stages):
        wider = known[at] if at < len(known) else {}
        start = {loop: charge for loop, charge in wider.items() if loop not in banned}
        settled = settle(stage, left, seats, start, check)
        bounds.append(settled.bound)
        charges.append(settled.charges)
        left, pairs = settled.left_open, settled.pairs
        if settled.trouble is not None:
            endless = [float("inf")] * (len(stages) - len(bounds))
            return Branch((*bounds, *endless), bans, pairs, tuple(charges), settled.trouble)
    return Branch(tuple(bounds), bans, pairs, tuple(charges), None)
