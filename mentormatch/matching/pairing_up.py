"""Choosing the pairs: the tiers of a policy put on the table of places, solved without loops."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.charging import Open
from mentormatch.matching.mutual import Found, search
from mentormatch.matching.people import Pair
from mentormatch.matching.places import Places, free_places
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.scoring import Mask, PairTable, Table
from mentormatch.matching.seats import Seats
from mentormatch.matching.tiers import stages_of
from mentormatch.matching.ties import lots


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Board:
    """What the search works on: the pairs that may be chosen, beside those that locks have chosen already."""

    table: PairTable
    locks: frozenset[Pair]
    places: Places
    permitted: Mask
    policy: Policy


def board_of(problem: MatchingProblem, policy: Policy, table: PairTable) -> Board:
    """Set the locked pairs aside and lay out the places that are left."""
    places = free_places(table, policy, table.mask_of(problem.locks))
    mirrored = table.mask_of((mentee, mentor) for mentor, mentee in problem.locks)
    permitted = places.spread(table.eligible & ~mirrored).astype(bool)
    return Board(table=table, locks=problem.locks, places=places, permitted=permitted, policy=policy)


def chosen_pairs(board: Board, seed: int, near: frozenset[Pair], check: Callable[[], None]) -> Found:
    """Choose the pairs: candidates, then the plain objective, then nearness, then lots; `check` may call it off."""
    places = board.places
    ones = np.ones(board.permitted.shape, dtype=np.int64)
    ties = places.spread(lots(seed, board.table.mentees, board.table.mentors))
    tiers = [ones * places.first, ones * places.further, *_plain_tiers(board, near), ties]
    return _search(board, [tier for tier in tiers if tier.any()], check)


def plain_pairs(board: Board, seed: int, near: frozenset[Pair], check: Callable[[], None]) -> Found:
    """Choose the pairs as if nobody were a candidate; of the best solutions the one nearest to `near`, then by lots."""
    ties = board.places.spread(lots(seed, board.table.mentees, board.table.mentors))
    return _search(board, [*_plain_tiers(board, near), ties], check)


def _plain_tiers(board: Board, near: frozenset[Pair]) -> list[Table]:
    places = board.places
    participation = [np.ones(board.permitted.shape, dtype=np.int64)]
    objective = participation if board.policy.objective is Objective.PARTICIPATION else []
    return [*objective, places.spread(board.table.score), places.spread(board.table.mask_of(near))]


def _search(board: Board, tiers: Sequence[Table], check: Callable[[], None]) -> Found:
    mentees = [board.table.mentees[at].id for at in board.places.mentee]
    mentors = [board.table.mentors[at].id for at in board.places.mentor]
    start = Open(permitted=board.permitted, musts=np.zeros(board.permitted.shape, dtype=np.int64))
    found = search(stages_of(tiers), start, Seats(mentees, mentors), check)
    return Found(found.pairs | board.locks, found.is_proven)
