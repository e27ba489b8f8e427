"""Foreseeing what a change to a proposal would do, by solving it, before anybody makes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mentormatch.domain.adjustments import Act, Adjustment, Change
from mentormatch.domain.errors import AdjustmentRefused, Fault, InputRefused
from mentormatch.domain.sentences import said
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.adjustments import MadeAdjustment
from mentormatch.services.adjusting_proposals import SeenAct, checked_act
from mentormatch.services.proposal_moves import Move, moves_between
from mentormatch.services.standing_proposals import Reached, Solutions, Standing, standing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What changes against the proposal with the adjustments made so far: points in all, counts, and who moves."""

    points: int
    mentees_paired: int
    candidates_served: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """An intended change, whom it is about, and its effect or the reasons why it cannot be."""

    number: int
    seen: SeenAct
    change: Change
    act: Act
    names: Mapping[int, str]
    """The names of those it is about and of those who give way, by participant id."""
    is_done: bool
    collected: int
    """How many adjustments wait to be solved already; the effect is told on top of them."""
    reasons: tuple[str, ...] = ()
    effect: Effect | None = None
    meanwhile: tuple[MadeAdjustment, ...] = ()
    """What others decided since the form was opened."""


class ForeseeingEffects:
    """Answers what a change would do; nothing is kept."""

    def __init__(self, transactions: Transactions, solutions: Solutions) -> None:
        self._transactions = transactions
        self._solutions = solutions

    def foresee(self, programme_id: int, number: int, change: Change | None) -> Foreseen:
        """Solve the proposal with the change and say what differs.

        Raises NotFound for people who are not in it, Conflict for a round without a proposal under review, and
        InputRefused when no change is named.
        """
        with self._transactions.reading() as session:
            standing = standing_of(session, programme_id, number)
        if change is None:
            raise InputRefused([Fault(None, None, said("This address names no change."))])
        try:
            act = checked_act(standing, change)
        except AdjustmentRefused as refused:
            return _foreseen(standing, change, Act(), reasons=refused.reasons)
        if act.is_done(standing.decided):
            return _foreseen(standing, change, act, is_done=True)
        try:
            return _foreseen(standing, change, act, effect=self._effect(standing, act))
        except AdjustmentRefused as refused:
            return _foreseen(standing, change, act, reasons=refused.reasons)

    def _effect(self, standing: Standing, act: Act) -> Effect:
        after = self._solutions.reached(standing, act.after(standing.decided))
        return effect_of(standing, self._solutions.reached(standing, standing.decided), after)


def effect_of(standing: Standing, before: Reached, after: Reached) -> Effect:
    """Compare two things that a proposal can come to."""
    return Effect(
        points=after.totals.total_score - before.totals.total_score,
        mentees_paired=after.totals.mentees_paired - before.totals.mentees_paired,
        candidates_served=after.totals.candidates_served - before.totals.candidates_served,
        moves=moves_between(before.mentor_of, after.mentor_of, standing.names),
    )


def _foreseen(
    standing: Standing,
    change: Change,
    act: Act,
    *,
    is_done: bool = False,
    reasons: tuple[str, ...] = (),
    effect: Effect | None = None,
) -> Foreseen:
    named = {change.mentor_id, change.mentee_id, change.other_id} - {None}
    concerned = {i for i in (*named, *_people(act.makes), *_people(act.lifts)) if i is not None}
    return Foreseen(
        number=standing.number,
        seen=SeenAct(standing.version, standing.latest_act),
        change=change,
        act=act,
        names={i: standing.names[i] for i in concerned if i in standing.names},
        is_done=is_done,
        collected=len(standing.decided ^ standing.contained),
        reasons=reasons,
        effect=effect,
    )


def _people(adjustments: Iterable[Adjustment]) -> list[int]:
    return [i for adjustment in adjustments for i in adjustment.people]
