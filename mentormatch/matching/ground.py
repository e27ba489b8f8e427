"""The ground on which a solution is explained: its round in numbers, and where each branch of its proof stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.core.footing import Footing, Outcome
from mentormatch.matching.core.market import Arcs, Ints, Market, Prices
from mentormatch.matching.core.pricing import close_pairs, distance_for
from mentormatch.matching.core.terms import Premise, Terms
from mentormatch.matching.core.tiles import Check
from mentormatch.matching.explanation import Move
from mentormatch.matching.laying_out import Floor, floor_of
from mentormatch.matching.premises import premises_of
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.sides import sides_of
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.worth import CANDIDATE, FURTHER, PAIRED

MOST_LISTED: Final = 4_000_000
"""Rounds of no more mentees times mentors have all their allowed pairs listed."""

MOST_REFINED: Final = 6
"""Up to so many branches, loops are resolved by branching: that bounds losses better than charges do."""

_PER_MENTEE: Final = 60
_WIDER: Final = 4
_FARTHEST: Final = 1 << 17


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Verdict:
    """What a change loses at least, folded, and one way of losing just that, if it is known to be the loss."""

    loss: int
    is_exact: bool
    moves: tuple[Move, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Ground:
    """A solution's round in numbers; losses up to the `limit` are known, all of them if there is none."""

    floor: Floor
    terms: Terms
    chosen: Ints
    footings: tuple[Footing, ...]
    per_pair: int
    limit: int | None

    @cached_property
    def best(self) -> int:
        """Tell what the solution is worth, folded."""
        return self.terms.worth(self.chosen)

    def losses(self, arcs: Ints) -> tuple[Ints, NDArray[np.intp]]:
        """Tell what is lost at least for each of these pairs if it has to be chosen, and on which branch."""
        return self.least([footing.losses(arcs) for footing in self.footings])

    def least(self, falls: Sequence[Ints]) -> tuple[Ints, NDArray[np.intp]]:
        """Given by how much every branch's bound falls, tell what is lost at least, and on which branch."""
        short = np.array([fall + self.best - at.bound for fall, at in zip(falls, self.footings, strict=True)])
        on = short.argmin(axis=0)
        return np.take_along_axis(short, on[None], axis=0)[0], on

    def verdict(self, loss: int, branch: int, outcome: Outcome) -> Verdict:
        """Hold what is lost at least against what is lost in one way, by which a branch's assignment changes."""
        if not outcome.is_allowed or self.best - outcome.worth != loss:
            return Verdict(loss=loss, is_exact=False, moves=())
        return Verdict(loss=loss, is_exact=True, moves=tuple(self._moves(branch, outcome)))

    def _moves(self, branch: int, outcome: Outcome) -> Iterator[Move]:
        """Tell who has another mentor than in the solution, which need not be what the branch began with."""
        chosen = self._chosen
        moved = {mentee: after for mentee, _, after in outcome.moves}
        yield from (move for mentee, move in self._apart[branch].items() if mentee not in moved)
        yield from (self._move(mentee, after) for mentee, after in moved.items() if chosen[mentee] != after)

    def _move(self, mentee: int, after: int) -> Move:
        names = self._names
        return Move(mentee_id=self.floor.mentees[mentee], before=names[self._chosen[mentee]], after=names[after])

    @cached_property
    def _names(self) -> list[str | None]:
        """Give the mentors' ids and, behind the last one and so before the first, nobody's."""
        return [*self.floor.mentors, None]

    @cached_property
    def _chosen(self) -> list[int]:
        return list(self.chosen.tolist())

    @cached_property
    def _apart(self) -> list[dict[int, Move]]:
        """Give, per branch, who is elsewhere in its assignment than in the solution."""
        found = []
        for footing in self.footings:
            mentor_of = footing.residual.mentor_of
            mentees = np.flatnonzero(mentor_of != self.chosen).tolist()
            found.append({mentee: self._move(mentee, int(mentor_of[mentee])) for mentee in mentees})
        return found


def ground_of(
    problem: MatchingProblem,
    policy: Policy,
    solution: MatchingSolution,
    check: Check = lambda: None,
    limit: int | None = None,
) -> Ground:
    """Lay the ground; a large round needs a limit, and is given a narrow one if none is said."""
    floor = floor_of(problem, policy, sides_of(problem, policy))
    paired = PAIRED if policy.objective is Objective.PARTICIPATION else 0
    market = replace(floor.market, per_pair=paired)
    premises = premises_of(floor, solution.certificate, check)
    if market.mentees * market.mentors <= MOST_LISTED:
        arcs, limit = every_pair(market, check), None
    else:
        limit = limit or distance_for(market, premises[0].prices, _PER_MENTEE)[0]
        arcs = _near_arcs(market, premises, limit, check)
    terms = Terms(arcs=arcs, counts=floor.counts, first=CANDIDATE, further=FURTHER, twins=floor.twins)
    chosen = _chosen(floor, solution)
    footings = _refined([Footing.under(premise, terms, chosen, check, limit) for premise in premises], chosen, check)
    # Of branches that bound a loss alike, the one the solution stands on shows best how it comes about.
    footings.sort(key=lambda footing: (footing.residual.mentor_of != chosen).any())
    return Ground(floor=floor, terms=terms, chosen=chosen, footings=tuple(footings), per_pair=paired, limit=limit)


def _refined(footings: list[Footing], chosen: Ints, check: Check) -> list[Footing]:
    """Branch further where loops are used or charged for, the branch of the highest bound first."""
    done: list[Footing] = []
    while footings and len(footings) + len(done) < MOST_REFINED:
        first = max(footings, key=lambda footing: footing.bound)
        footings.remove(first)
        premises = first.split()
        if premises is None:
            done.append(first)
        else:
            footings += (Footing.under(premise, first.terms, chosen, check, first.limit) for premise in premises)
    return done + footings


def wider(ground: Ground) -> int | None:
    """Give the next wider limit, or None if all that can be known is known."""
    if ground.limit is None or ground.limit >= _FARTHEST:
        return None
    return min(_FARTHEST, max(1, ground.limit) * _WIDER)


def every_pair(market: Market, check: Check = lambda: None) -> Arcs:
    """List all allowed pairs of a market, in the order of their keys."""
    nothing = Prices(np.zeros(market.mentees, dtype=np.int64), np.zeros(market.mentors, dtype=np.int64))
    arcs = close_pairs(replace(market, per_pair=0), nothing, 0, check)
    return _sorted(market, replace(arcs, worth=arcs.worth + market.per_pair), market.singled())


def _near_arcs(market: Market, premises: Sequence[Premise], limit: int, check: Check) -> Arcs:
    near = [close_pairs(market, premise.prices, limit, check) for premise in premises]
    return _sorted(market, *near, market.singled())


def _sorted(market: Market, *parts: Arcs) -> Arcs:
    arcs = Arcs.joined(*parts)
    return arcs.where(np.unique(market.keys_of(arcs), return_index=True)[1])


def _chosen(floor: Floor, solution: MatchingSolution) -> Ints:
    chosen = np.full(len(floor.mentees), -1, dtype=np.int64)
    keys = floor.keys_on((pairing.mentor_id, pairing.mentee_id) for pairing in solution.pairings)
    mentee, mentor = np.divmod(keys, max(1, len(floor.mentors)))
    chosen[mentee] = mentor
    return chosen
