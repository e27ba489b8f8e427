"""A best assignment that can be asked what it costs to have things otherwise, and what becomes of everybody then."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.flow import Flow
from mentormatch.matching.core.market import Arcs, Ints
from mentormatch.matching.core.residual import NOBODY, Residual, Ways
from mentormatch.matching.core.terms import FORBIDDEN, Needed, Premise, Terms
from mentormatch.matching.core.tiles import Check

Costs = NDArray[np.float64]

_MOST_CELLS: Final = 4_000_000

_FEW: Final = 4
_SMALL: Final = 1_500
"""If the ways from more than one node in a few are asked for, up to so many in all, those from all are found."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Outcome:
    """What becomes of an assignment: who moves from which mentor to which (-1 is none), and what all is worth then."""

    moves: tuple[tuple[int, int, int], ...]
    worth: int
    is_allowed: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Now:
    """What is asked about single people and pairs over and over, as plain lists."""

    mentor: list[int]
    worth: list[int]
    held: list[int]
    needed: list[Needed]
    arc_worth: list[int]
    as_mentor: list[int]
    as_mentee: list[int]


@dataclass(frozen=True, eq=False, kw_only=True)
class Footing:
    """The best assignment under a premise; no solution under that premise is worth more than the `bound`.

    With a `limit`, pairs that cost more than that are not among the terms: ways are known as far as it reaches.
    """

    terms: Terms
    premise: Premise
    residual: Residual
    worth: int
    bound: int
    limit: int | None = None
    _known: dict[tuple[int, bool], tuple[Ways, int]] = field(default_factory=dict)

    @classmethod
    def under(cls, premise: Premise, terms: Terms, near: Ints, check: Check, limit: int | None = None) -> Self:
        """Find a best assignment: the one nearby, as far as it fits the prices of the premise."""
        charged = terms.charged(premise)
        kept = terms.chosen(near)
        kept = kept[charged.arcs.slack(premise.prices)[kept] == 0]
        flow = Flow(terms.places(), np.zeros(len(near), dtype=bool), premise.prices)
        flow.mentor_of[terms.arcs.mentee[kept]] = terms.arcs.mentor[kept]
        flow.add(charged.arcs)
        flow.settle(check)
        return cls(
            terms=terms,
            premise=replace(premise, prices=flow.prices),
            residual=Residual(charged.arcs, terms.places(), flow.mentor_of, flow.prices),
            worth=terms.worth(flow.mentor_of),
            bound=charged.worth(flow.mentor_of) + sum(premise.charges.values()),
            limit=limit,
        )

    def split(self) -> tuple[Premise, Premise] | None:
        """Give two premises for the two ways of resolving a loop that is used or charged for; None if there is none."""
        loops = [*self.terms.twins.loops(self.residual.mentor_of), *sorted(self.premise.charges)]
        if not loops:
            return None
        charges = {loop: charge for loop, charge in self.premise.charges.items() if loop != loops[0]}
        one, other = (
            replace(self.premise, bans=self.premise.bans | {direction}, charges=charges) for direction in loops[0]
        )
        return one, other

    def losses(self, arcs: Ints) -> Ints:
        """Tell by how much the bound falls for each of these pairs if it has to be chosen."""
        return self.residual.slack[arcs] + self._passed_on(self.terms.arcs.where(arcs))

    def falls(self, pairs: Arcs) -> Ints:
        """Tell the same of pairs that are not allowed as yet; for them the bound may also rise."""
        return pairs.slack(self.residual.prices) + self._passed_on(pairs)

    def joined(self, mentee: int) -> Ints:
        """Tell how much one more mentee at each mentor costs at least if this one, who is unpaired, is to join."""
        return self._whole(self.residual.joined(mentee))

    def forced(self, arc: int) -> Outcome:
        """Tell what becomes of everybody if this pair has to be chosen; it must not cost more than can be had."""
        mentee, mentor = int(self.terms.arcs.mentee[arc]), int(self.terms.arcs.mentor[arc])
        way = self._way(mentor, int(self.residual.at[mentee]))
        return self._outcome(None if way is None else [*way, (mentee, arc, mentor)])

    def places_less(self) -> Ints:
        """Tell for each mentor by how much the bound falls with one place less."""
        empty = np.isfinite(self.residual.place_empty())
        away = self._distances(np.array([self.residual.hub]), backwards=True)[0, :-1]
        taken = np.where(np.isfinite(self.residual.place_taken()), self.residual.place_taken(), 0).astype(np.int64)
        return np.asarray(np.where(empty, 0, taken + self._whole(away)))

    def place_less(self, mentor: int, needed: Needed) -> Outcome:
        """Tell what becomes of everybody if a mentor, who then needs these places, has one less."""
        if np.isfinite(self.residual.place_empty()[mentor]):
            return self._outcome([], mentor, needed)
        return self._outcome(self._way(mentor, self.residual.hub), mentor, needed)

    def places_more(self, bonuses: Ints) -> Ints:
        """Tell for each mentor by how much the bound rises with one place more of such a bonus."""
        away = self._distances(np.array([self.residual.hub]), backwards=False)[0, :-1]
        gain = self.residual.prices.mentor + bonuses - self._whole(away)
        return np.asarray(np.maximum(0, gain))

    def place_more(self, mentor: int, needed: Needed) -> Outcome:
        """Tell what becomes of everybody if a mentor, who then needs these places, has one more and it is filled."""
        return self._outcome(self._way(self.residual.hub, mentor, backwards=False), mentor, needed)

    def unmoved(self) -> Outcome:
        """Tell what the assignment is as it stands."""
        return self._outcome([])

    def _passed_on(self, pairs: Arcs) -> Ints:
        """Tell what it costs that each pair's mentor has one more mentee and the mentee's present mentor one less."""
        tail, head = pairs.mentor.astype(np.int64), self.residual.at[pairs.mentee]
        targets, sources = (np.flatnonzero(np.bincount(ends)) for ends in (head, tail))
        backwards = len(targets) <= len(sources)
        nodes, own, other = (targets, head, tail) if backwards else (sources, tail, head)
        row = np.zeros(self.residual.hub + 1, dtype=np.int64)
        row[nodes] = np.arange(len(nodes))
        return self._whole(self._distances(nodes, backwards=backwards)[row[own], other])

    @cached_property
    def _now(self) -> "_Now":
        found = np.zeros(len(self.residual.mentor_of), dtype=np.int64)
        chosen = self.terms.chosen(self.residual.mentor_of)
        found[self.terms.arcs.mentee[chosen]] = self.terms.arcs.worth[chosen]
        return _Now(
            mentor=self.residual.mentor_of.tolist(),
            worth=found.tolist(),
            held=self.residual.held.tolist(),
            needed=list(zip(self.terms.counts.first.tolist(), self.terms.counts.further.tolist(), strict=True)),
            arc_worth=self.terms.arcs.worth.tolist(),
            as_mentor=self.terms.twins.mentor.tolist(),
            as_mentee=self.terms.twins.mentee.tolist(),
        )

    @cached_property
    def _looped(self) -> list[tuple[int, int]]:
        loops, size = self.terms.twins.loops(self.residual.mentor_of), max(1, self.residual.hub)
        return [(one // size, other // size) for one, other in loops]

    def _distances(self, nodes: Ints, *, backwards: bool) -> Costs:
        known = self._known
        if len(known) * (self.residual.hub + 1) > _MOST_CELLS:
            known.clear()
        missing = np.array([node for node in nodes.tolist() if (node, backwards) not in known], dtype=np.int64)
        if len(missing) * _FEW > self.residual.hub <= _SMALL:
            missing = np.arange(self.residual.hub + 1)
        if len(missing):
            ways = self.residual.ways(missing, backwards=backwards)
            known.update({(node, backwards): (ways, row) for row, node in enumerate(missing.tolist())})
        found = [known[node, backwards] for node in nodes.tolist()]
        return np.array([ways.distance[row] for ways, row in found]).reshape(len(nodes), self.residual.hub + 1)

    def _whole(self, costs: Costs) -> Ints:
        farthest = FORBIDDEN if self.limit is None else self.limit + 1
        return np.asarray(np.minimum(costs, farthest), dtype=np.int64)

    def _way(self, tail: int, head: int, *, backwards: bool = True) -> list[tuple[int, int, int]] | None:
        """Give the mentee, the pair and the end of each step in which somebody moves; None if no way is known."""
        own, other = (head, tail) if backwards else (tail, head)
        if (own, backwards) not in self._known:
            self._distances(np.array([own]), backwards=backwards)
        ways, row = self._known[own, backwards]
        if not np.isfinite(ways.distance[row, other]):
            return None
        steps = ((*self.residual.step(*ends), ends[1]) for ends in pairwise(ways.nodes(row, other)))
        return [step for step in steps if step[0] != NOBODY]

    def _outcome(
        self, steps: list[tuple[int, int, int]] | None, changed: int | None = None, needed: Needed = (0, 0)
    ) -> Outcome:
        if steps is None:
            return Outcome(moves=(), worth=self.worth, is_allowed=False)
        hub, now, worth = self.residual.hub, self._now, self.worth
        more = {} if changed is None else {changed: 0}
        moves, to = [], {}
        for mentee, arc, head in steps:
            before, after = now.mentor[mentee], head if head < hub else NOBODY
            worth += (now.arc_worth[arc] if arc != NOBODY else 0) - now.worth[mentee]
            more[after] = more.get(after, 0) + 1
            more[before] = more.get(before, 0) - 1
            to[mentee] = after
            moves.append((mentee, before, after))
        more.pop(NOBODY, None)
        for mentor, number in more.items():
            if not number and mentor != changed:
                continue
            held, needs = now.held[mentor], now.needed[mentor]
            worth -= self.terms.bonus(needs, held)
            worth += self.terms.bonus(needed if mentor == changed else needs, held + number)
        return Outcome(moves=tuple(moves), worth=worth, is_allowed=not self._has_loop(to))

    def _has_loop(self, to: Mapping[int, int]) -> bool:
        now = self._now
        for mentee, mentor in to.items():
            own, back = now.as_mentor[mentee], now.as_mentee[mentor] if mentor != NOBODY else NOBODY
            if NOBODY not in (own, back) and to.get(back, now.mentor[back]) == own:
                return True
        return any(one not in to and other not in to for one, other in self._looped)
