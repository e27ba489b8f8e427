"""Adjusting proposals: what coordinators decide about a round is kept, collected for the next solve, and undone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.adjustments import Act, Adjustment, AdjustmentKind, Change, act_of
from mentormatch.domain.certification import HIGHEST_CAPACITY
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import AdjustedMeanwhile, AdjustmentRefused, NotFound
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.matching.people import Person
from mentormatch.persistence.advancing import Cause
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound
from mentormatch.persistence.repositories.adjustments import (
    MadeAdjustment,
    Scene,
    active_adjustments,
    adjustments_since,
    latest_act,
    lift,
    make,
    restore,
)
from mentormatch.persistence.repositories.programmes import inputs_moved
from mentormatch.persistence.repositories.rounds import round_of
from mentormatch.services.standing_proposals import Standing, standing_of

_IDLE = frozenset({RoundState.PROPOSED, RoundState.DRAFT, RoundState.FAILED, RoundState.RECALLED})
"""The states in which nothing is being solved or sent."""


@dataclass(frozen=True, slots=True)
class SeenAct:
    """What a coordinator had before their eyes: the round's version, and the latest act among its adjustments."""

    version: int
    act: int


@dataclass(frozen=True, slots=True)
class Terms:
    """Whether a bar is meant for good, and why an adjustment is made."""

    for_good: bool = False
    reason: str = ""


PLAIN: Final = Terms()


class AdjustingProposals:
    """Makes and lifts adjustments; none changes a pair before the round is solved again."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def make(
        self, programme_id: int, number: int, change: Change, seen: SeenAct, actor: Actor, terms: Terms = PLAIN
    ) -> None:
        """Keep an intended change; one that has been made already stays as it is.

        Raises AdjustmentRefused, by name, for what cannot hold, NotFound for people who are not in the proposal, and
        AdjustedMeanwhile when another coordinator was faster: then nothing is overwritten.
        """
        with self._transactions.reading() as session:
            standing = standing_of(session, programme_id, number)
        act = checked_act(standing, change)
        if act.is_done(standing.decided):
            return
        if (standing.version, standing.latest_act) != (seen.version, seen.act):
            raise AdjustedMeanwhile(said("Round %(number)s has been adjusted since you looked at it.", number=number))
        standing.problem_with(act.after(standing.decided))
        given_way = [one for one in standing.active if one.adjustment in act.lifts]
        with self._transactions.writing() as session:
            scene = self._scene(session, programme_id, number, seen, Cause(actor, self._clock(), terms.reason))
            lift(session, scene, [one.id for one in given_way])
            for adjustment in act.makes:
                make(session, scene, adjustment, for_good=terms.for_good, reason=terms.reason)

    def undo(
        self, programme_id: int, number: int, seen: SeenAct, actor: Actor, adjustment: Adjustment | None = None
    ) -> None:
        """Lift one adjustment, or what the last act made; what had given way to that act holds again.

        Raises AdjustedMeanwhile when another coordinator was faster, or the round is being solved or was published.
        """
        with self._transactions.writing() as session:
            scene = self._scene(session, programme_id, number, seen, Cause(actor, self._clock(), said("undone")))
            row = round_of(session, programme_id, number)
            active = active_adjustments(session, programme_id, row.id)
            lifted = (
                _last(active, row) if adjustment is None else [one for one in active if one.adjustment == adjustment]
            )
            lift(session, scene, [one.id for one in lifted])
            if adjustment is None and lifted:
                restore(session, scene, given_way_to=lifted[0].made_in)

    def since(self, programme_id: int, number: int, act: int) -> tuple[MadeAdjustment, ...]:
        """Return what was made or lifted after an act, for whoever comes too late."""
        with self._transactions.reading() as session:
            return adjustments_since(session, programme_id, round_of(session, programme_id, number).id, act)

    def _scene(self, session: Session, programme_id: int, number: int, seen: SeenAct, cause: Cause) -> Scene:
        # The programme's row first, as everything that moves a round's inputs takes it: acts come one after another.
        inputs_moved(session, programme_id)
        row = round_of(session, programme_id, number, lock=True)
        act = latest_act(session, programme_id)
        if row.state not in _IDLE or (row.version, act) != (seen.version, seen.act):
            raise AdjustedMeanwhile(said("Round %(number)s has been adjusted since you looked at it.", number=number))
        return Scene(programme_id, row.id, act + 1, cause)


def checked_act(standing: Standing, change: Change) -> Act:
    """Say what a change amounts to.

    Raises NotFound for people who are not in the proposal, and AdjustmentRefused for what makes no sense for them.
    """
    named = {change.mentor_id, change.mentee_id, change.other_id} - {None}
    if not named <= standing.engine_ids.keys():
        raise NotFound(said("Somebody named is not in this proposal."))
    try:
        act = act_of(change, standing.decided, standing.mentor_of)
    except ValueError as refused:
        raise AdjustmentRefused([said("This change cannot be made: %(why)s.", why=str(refused))]) from refused
    if reasons := tuple(_idle(standing, act)):
        raise AdjustmentRefused(reasons)
    return act


def _idle(standing: Standing, act: Act) -> Iterator[str]:
    """Say which adjustments ask of people what they do not offer or want."""
    people = {person.id: person for person in standing.posed[0].people}
    for adjustment in act.makes:
        asked = [people.get(standing.engine_ids[i]) for i in adjustment.people]
        name = standing.names[adjustment.people[0]]
        if adjustment in standing.decided or None in asked:
            continue
        yield from _objections(adjustment, name, [p for p in asked if p])


def _objections(adjustment: Adjustment, name: str, people: Sequence[Person]) -> Iterator[str]:
    first, last = people[0], people[-1]
    match adjustment.kind:
        case AdjustmentKind.EXTRA_PLACE if not first.offers_mentoring:
            yield said("%(name)s does not offer to mentor.", name=name)
        case AdjustmentKind.EXTRA_PLACE if first.capacity >= HIGHEST_CAPACITY:
            yield said("%(name)s has %(num)s places already, and nobody has more.", name=name, num=HIGHEST_CAPACITY)
        case AdjustmentKind.LEFT_OUT if not first.wants_mentor:
            yield said("%(name)s did not ask for a mentor.", name=name)
        case AdjustmentKind.BAR if first is last:
            yield said("%(name)s cannot be paired with themselves anyway.", name=name)


def _last(active: Sequence[MadeAdjustment], row: MatchingRound) -> list[MadeAdjustment]:
    """Return what the last act of this round made; a bar for good of an earlier round is none of it."""
    of_round = [one for one in active if not one.is_for_good or one.made_at >= row.created_at]
    latest = max((one.made_in for one in of_round), default=0)
    return [one for one in of_round if one.made_in == latest]
