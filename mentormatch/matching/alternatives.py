"""The best alternatives that people have: pairs that were not chosen, and what is lost if they have to be."""

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from mentormatch.domain.pairings import Side
from mentormatch.matching.core.market import Ints, Mask
from mentormatch.matching.core.terms import FORBIDDEN
from mentormatch.matching.explanation import Alternative, Choices
from mentormatch.matching.ground import Ground
from mentormatch.matching.trials import Trials, with_lock
from mentormatch.matching.worth import NOTHING, folded, unfolded

MOST_ALTERNATIVES: Final = 5

_AT_ONCE: Final = 500
_SPARE: Final = 4
"""So many times as many are looked at, as a loss that is not exact may turn out greater than those behind it."""

_Ranked = dict[int, list[tuple[int, int, int]]]
"""Per person the loss, the pair and the branch of the best alternatives, in order."""


def choices_of(
    ground: Ground, trials: Trials, people: frozenset[str], side: Side, most: int = MOST_ALTERNATIVES
) -> Iterator[Choices]:
    """Give everyone of these people on that side their best alternatives; who is locked there has none."""
    names = ground.floor.mentees if side is Side.MENTEE else ground.floor.mentors
    numbers = np.array([number for number, name in enumerate(names) if name in people], dtype=np.int64)
    for start in range(0, len(numbers), _AT_ONCE):
        ranked = _ranked(ground, side, numbers[start : start + _AT_ONCE], _SPARE * most)
        for number in numbers[start : start + _AT_ONCE].tolist():
            best = _best(ground, trials, ranked[number], most)
            yield Choices(person_id=names[number], side=side, alternatives=tuple(best))


def _ranked(ground: Ground, side: Side, numbers: Ints, most: int) -> _Ranked:
    arcs = ground.terms.arcs
    owner = (arcs.mentee if side is Side.MENTEE else arcs.mentor).astype(np.int64)
    pairs = np.flatnonzero(np.isin(owner, numbers) & (ground.chosen[arcs.mentee] != arcs.mentor))
    losses, on = ground.losses(pairs)
    known = losses <= (FORBIDDEN // 2 if ground.limit is None else ground.limit)
    kept = np.flatnonzero(known & _small(owner[pairs], losses, most * len(numbers), most))
    order = kept[np.lexsort((losses[kept], owner[pairs[kept]]))]
    starts = np.flatnonzero(np.diff(owner[pairs[order]], prepend=-1))
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
    first = order[rank < most]
    found: _Ranked = defaultdict(list)
    for loss, pair, branch in zip(losses[first].tolist(), pairs[first].tolist(), on[first].tolist(), strict=True):
        found[int(owner[pair])].append((loss, pair, branch))
    return found


def _small(owner: Ints, losses: Ints, number: int, most: int) -> Mask:
    """Mark rather more than the wanted losses: the smallest of all, and all of those who then have too few."""
    if len(losses) <= 2 * number:
        return np.ones(len(losses), dtype=bool)
    small = losses <= np.partition(losses, 2 * number)[2 * number]
    have = np.bincount(owner[small], minlength=int(owner.max()) + 1)
    return np.asarray(small | (have[owner] < most))


def _best(ground: Ground, trials: Trials, ranked: list[tuple[int, int, int]], most: int) -> Iterator[Alternative]:
    """Give the best in the order of their true losses, as far as there is a budget for finding them out."""
    waiting: list[tuple[int, int, int, Alternative | None]] = [(*each, None) for each in ranked]
    given = 0
    while waiting and given < most:
        loss, pair, branch, known = heapq.heappop(waiting)
        found = known or _settled(trials, _alternative(ground, loss, pair, branch))
        if folded(found.loss) > loss:
            heapq.heappush(waiting, (folded(found.loss), pair, branch, found))
        else:
            given += 1
            yield found


def _alternative(ground: Ground, loss: int, pair: int, branch: int) -> Alternative:
    verdict = ground.verdict(loss, branch, ground.footings[branch].forced(pair))
    return Alternative(
        mentor_id=ground.floor.mentors[int(ground.terms.arcs.mentor[pair])],
        mentee_id=ground.floor.mentees[int(ground.terms.arcs.mentee[pair])],
        loss=unfolded(loss),
        is_exact=verdict.is_exact,
        moves=verdict.moves,
    )


def _settled(trials: Trials, found: Alternative) -> Alternative:
    """Find out a loss that is not exact by solving the round with the pair locked."""
    if found.is_exact:
        return found
    pair = found.mentor_id, found.mentee_id
    changed = trials.tried(("force", pair), lambda problem: with_lock(problem, pair))
    if changed is None:
        return found
    loss = NOTHING - trials.gain(changed)
    return replace(found, loss=loss, is_exact=changed.is_proven, moves=trials.moves(changed, found.mentee_id))
