"""Choosing the pairs: what the core finds on a round that was laid out, put back into pairs of people."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np

from mentormatch.matching.beginning import Begin, begun_anew, begun_at
from mentormatch.matching.branching import Bans, Branch, Searched, search
from mentormatch.matching.core.choosing import Chooser
from mentormatch.matching.core.tiers import Tiered
from mentormatch.matching.core.tiles import Check
from mentormatch.matching.laying_out import Floor
from mentormatch.matching.people import Pair

MOST_WORK: Final = 4_000_000
"""So much is looked at before a search over loops is cut short: a few minutes, counted and not timed."""

_WORK_PER_BRANCH: Final = 400
"""What a branch costs beside the people on it."""

FEWEST_BRANCHES: Final = 20
"""Even the largest rounds get so many."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Settled:
    """The pairs that were found, locks and all, the search that found them, and the optimum that it began with."""

    floor: Floor
    pairs: frozenset[Pair]
    searched: Searched
    tiered: Tiered


def chosen_pairs(
    floor: Floor,
    near: frozenset[Pair],
    check: Check,
    begin: Begin = begun_anew,
    most_branches: int | None = None,
) -> Settled:
    """Choose the pairs by the counts, the score, nearness and lots; `check` may call it off."""
    chooser = Chooser(twins=floor.twins, near=floor.keys_on(near), lots=floor.lots, check=check)
    tiered, hints = begin(floor, check)

    def narrowed(wider: Branch, bans: Bans) -> Branch:
        fewer = tiered.without(np.array(sorted(bans), dtype=np.int64), check)
        return Branch(bans, chooser.choose(fewer, wider.choice.hints))

    root = Branch(frozenset(), chooser.choose(tiered, hints))
    searched = search(root, narrowed, _most_branches(floor) if most_branches is None else most_branches)
    mentor_of = searched.best.choice.mentor_of
    mentee = np.flatnonzero(mentor_of >= 0)
    pairs = floor.sides.pairs_of(floor.free[mentee].tolist(), mentor_of[mentee].tolist())
    return Settled(floor=floor, pairs=pairs | floor.locks, searched=searched, tiered=tiered)


def plain_pairs(settled: Settled, check: Check, resumed: Callable[[Begin], Begin] = lambda begin: begin) -> Settled:
    """Choose the pairs as if nobody were a candidate; of the best solutions the one nearest to what was found."""
    counts, prices = settled.floor.counts, settled.searched.best.choice.tiered.prices
    if not counts.first.any() and not counts.further.any():
        return settled
    nobody = np.zeros_like(counts.capacity)
    plain = replace(settled.floor, counts=replace(counts, first=nobody, further=nobody))
    return chosen_pairs(plain, settled.pairs, check, resumed(partial(begun_at, prices)))


def _most_branches(floor: Floor) -> int:
    return max(FEWEST_BRANCHES, MOST_WORK // (_WORK_PER_BRANCH + len(floor.mentees) + len(floor.mentors)))
