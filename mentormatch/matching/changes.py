"""The smallest changes that give somebody a partner; each is offered only after the changed round was solved."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Final

import numpy as np

from mentormatch.domain.certification import HIGHEST_CAPACITY
from mentormatch.domain.pairings import Side
from mentormatch.domain.policies import Policy
from mentormatch.matching.alternatives import choices_of
from mentormatch.matching.core.market import Arcs, Ints
from mentormatch.matching.explanation import Change, ChangeKind
from mentormatch.matching.facing import Facing, facing_of
from mentormatch.matching.floors import highest_that_matters
from mentormatch.matching.ground import Ground
from mentormatch.matching.people import Pair
from mentormatch.matching.places_worth import bonuses_of_next
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.scoring import managed_pairs
from mentormatch.matching.solution import Unpaired
from mentormatch.matching.trials import Trials, pairs_of, with_places, without_bar, without_earlier
from mentormatch.matching.worth import NOTHING

MOST_PLACES: Final = 3
_MOST_TRIES: Final = 6


@dataclass(frozen=True, eq=False, kw_only=True)
class Changes:
    """Looks for changes to a solved round."""

    ground: Ground
    trials: Trials

    def that_help(self, unpaired: Unpaired) -> tuple[tuple[Change, ...], bool]:
        """List the changes that give this person a partner, and whether all that might were tried."""
        if not unpaired.obstacles.partners - unpaired.obstacles.nothing_to_close:
            return (), True
        refused = self.trials.budget.refused
        facing = facing_of(self.ground.floor.sides, unpaired.person_id, unpaired.side)
        found = (
            *self._places(facing),
            *self._apart(facing),
            *self._floors(unpaired, facing),
            *self._rules(unpaired, facing),
            *self._forced(facing),
        )
        return found, refused == self.trials.budget.refused

    def _places(self, facing: Facing) -> Iterator[Change]:
        """Try one more place where it would be this mentee who gets in."""
        given = 0
        for mentor_id, places in self._likely_places(facing)[:_MOST_TRIES]:
            change = Change(kind=ChangeKind.ONE_MORE_PLACE, difference=NOTHING, partner_id=mentor_id)
            raised = partial(with_places, person_id=mentor_id, places=places)
            for found in self._verified(facing, change, ("places", mentor_id, 1), raised):
                given += 1
                yield found
            if given == MOST_PLACES:
                return

    def _likely_places(self, facing: Facing) -> list[tuple[str, int]]:
        """List mentors with the places they would have, the greatest gain first."""
        ground = self.ground
        if facing.side is not Side.MENTEE or facing.person_id not in ground.floor.mentees:
            return []
        mentee, footing = ground.floor.mentees.index(facing.person_id), ground.footings[0]
        joined, first = footing.joined(mentee), footing.places_more(self._bonuses)
        gain = footing.residual.prices.mentor + self._bonuses - joined
        mentors = ground.floor.sides.mentors
        likely = sorted(np.flatnonzero((gain > 0) & (gain >= first)).tolist(), key=lambda at: (-gain[at], at))
        return [(mentors[at].id, mentors[at].places + 1) for at in likely if mentors[at].places < HIGHEST_CAPACITY]

    def _apart(self, facing: Facing) -> Iterator[Change]:
        """Try to lift every single bar, and to allow every earlier pairing, that may matter."""
        problem, policy = self.trials.problem, self.trials.policy
        managed, earlier = frozenset(managed_pairs(problem.people)), problem.earlier_pairings
        hindering = frozenset() if policy.allow_earlier_pairings else earlier
        for partner_id in facing.kept_apart():
            pair = facing.pair(partner_id)
            if pair in managed or not self._might_be_chosen(pair):
                continue
            if pair in problem.bars and pair not in hindering:
                change = Change(kind=ChangeKind.LIFT_BAR, difference=NOTHING, partner_id=partner_id)
                yield from self._verified(facing, change, ("bar", pair), partial(without_bar, pair=pair))
            elif pair in hindering and pair not in problem.bars:
                change = Change(kind=ChangeKind.ALLOW_EARLIER_PAIRING, difference=NOTHING, partner_id=partner_id)
                yield from self._verified(facing, change, ("earlier", pair), partial(without_earlier, pair=pair))

    def _might_be_chosen(self, pair: Pair) -> bool:
        """Tell whether a pair could be part of a best solution if nothing kept it apart."""
        ground, (mentor_id, mentee_id) = self.ground, pair
        if mentee_id not in ground.floor.mentees:
            return False
        [score] = ground.floor.sides.score_of([pair]).values()
        arcs = Arcs(
            mentee=np.array([ground.floor.mentees.index(mentee_id)], dtype=np.int32),
            mentor=np.array([ground.floor.mentors.index(mentor_id)], dtype=np.int32),
            worth=np.array([score + ground.per_pair], dtype=np.int64),
        )
        least, _ = ground.least([footing.falls(arcs) for footing in ground.footings])
        return bool(least[0] <= 0)

    def _floors(self, unpaired: Unpaired, facing: Facing) -> Iterator[Change]:
        """Try every lower floor in turn, from the highest that may matter, until one is low enough."""
        if not unpaired.obstacles.below_floor + unpaired.obstacles.eligible:
            return
        for percent in range(self._highest_floor, -1, -1):
            change = Change(kind=ChangeKind.LOWER_FLOOR, difference=NOTHING, floor_percent=percent)
            refused = self.trials.budget.refused
            found = list(
                self._verified(
                    facing, change, ("floor", percent), policy=replace(self.trials.policy, floor_percent=percent)
                )
            )
            yield from found
            if found or refused != self.trials.budget.refused:
                return

    def _rules(self, unpaired: Unpaired, facing: Facing) -> Iterator[Change]:
        seen, policy = unpaired.obstacles, self.trials.policy
        without = {
            "shared_language": (seen.no_shared_language, replace(policy, shared_language=False)),
            "minimum_common_hours": (seen.no_common_hours, replace(policy, minimum_common_hours=0)),
            "other_site_only": (seen.same_site, replace(policy, other_site_only=False)),
        }
        for rule, (hindered, laxer) in without.items():
            if hindered:
                change = Change(kind=ChangeKind.DROP_HARD_RULE, difference=NOTHING, rule=rule)
                yield from self._verified(facing, change, ("rule", rule), policy=laxer)

    def _forced(self, facing: Facing) -> Iterator[Change]:
        people = frozenset({facing.person_id})
        for choices in choices_of(self.ground, self.trials, people, facing.side, most=1):
            for best in choices.alternatives:
                partner_id = best.mentor_id if facing.side is Side.MENTEE else best.mentee_id
                if best.is_exact:
                    yield Change(kind=ChangeKind.FORCE, difference=NOTHING - best.loss, partner_id=partner_id)

    def _verified(
        self,
        facing: Facing,
        change: Change,
        name: Hashable,
        problem: Callable[[MatchingProblem], MatchingProblem] | None = None,
        policy: Policy | None = None,
    ) -> Iterator[Change]:
        """Give a change with its difference if the changed round, solved, has a partner for this person."""
        changed = self.trials.tried(name, problem, policy)
        if changed is None:
            return
        on_side = {mentee if facing.side is Side.MENTEE else mentor for mentor, mentee in pairs_of(changed)}
        if facing.person_id in on_side:
            yield replace(change, difference=self.trials.gain(changed))

    @cached_property
    def _bonuses(self) -> Ints:
        return np.array(bonuses_of_next(self.ground, self.trials), dtype=np.int64)

    @cached_property
    def _highest_floor(self) -> int:
        return highest_that_matters(self.ground, self.trials.policy)
