"""Adjustments: what a coordinator decides about a round beyond its policy, and what an intended change amounts to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mentormatch.domain.sentences import said

LONGEST_REASON: Final = 300


class AdjustmentKind(StrEnum):
    """What is decided."""

    LOCK = "lock"
    """This pair stays."""
    BAR = "bar"
    """This pair must not be."""
    LEFT_OUT = "left_out"
    """This mentee gets no mentor in this round."""
    EXTRA_PLACE = "extra_place"
    """This mentor takes one more mentee in this round, as agreed with them."""


class Scope(StrEnum):
    """For how long a bar is meant."""

    ROUND = "round"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One decision, by participant ids; a lock and a bar name both people, the others one."""

    kind: AdjustmentKind
    mentor_id: int | None = None
    mentee_id: int | None = None

    @classmethod
    def lock(cls, mentor_id: int, mentee_id: int) -> "Adjustment":
        """Return the decision that this pair stays."""
        return cls(AdjustmentKind.LOCK, mentor_id, mentee_id)

    @classmethod
    def bar(cls, mentor_id: int, mentee_id: int) -> "Adjustment":
        """Return the decision that this pair must not be."""
        return cls(AdjustmentKind.BAR, mentor_id, mentee_id)

    @classmethod
    def left_out(cls, mentee_id: int) -> "Adjustment":
        """Return the decision that this mentee gets no mentor in this round."""
        return cls(AdjustmentKind.LEFT_OUT, None, mentee_id)

    @classmethod
    def extra_place(cls, mentor_id: int) -> "Adjustment":
        """Return the decision that this mentor takes one more mentee in this round."""
        return cls(AdjustmentKind.EXTRA_PLACE, mentor_id)

    @property
    def people(self) -> tuple[int, ...]:
        """The ids of those it is about, the mentor first."""
        return tuple(i for i in (self.mentor_id, self.mentee_id) if i is not None)


class ChangeKind(StrEnum):
    """What a coordinator can ask for."""

    LOCK = "lock"
    BAR = "bar"
    MOVE = "move"
    """Give this mentee that mentor."""
    SWAP = "swap"
    """Let two mentees exchange their mentors."""
    UNPAIR = "unpair"
    EXTRA_PLACE = "extra_place"
    LIFT = "lift"
    """Take an adjustment back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An intended change, by participant ids; `other_id` is the second mentee of a swap, `lifted` what a lift lifts."""

    kind: ChangeKind
    mentor_id: int | None = None
    mentee_id: int | None = None
    other_id: int | None = None
    lifted: AdjustmentKind | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What a change amounts to: the adjustments it makes and those that give way to it."""

    makes: tuple[Adjustment, ...] = ()
    lifts: tuple[Adjustment, ...] = ()

    def after(self, active: Collection[Adjustment]) -> frozenset[Adjustment]:
        """Return the adjustments that hold once this is done."""
        return frozenset(active) - frozenset(self.lifts) | frozenset(self.makes)

    def is_done(self, active: Collection[Adjustment]) -> bool:
        """Tell whether nothing is left to do."""
        return self.after(active) == frozenset(active)


def act_of(change: Change, active: Collection[Adjustment], mentor_of: Mapping[int, int]) -> Act:
    """Say what a change amounts to; `mentor_of` tells the mentor of each mentee who has one now.

    Who is moved, swapped or unpaired is free of the lock or the leaving out that held them before. Raises
    ValueError when the change does not name whom it takes, or swaps somebody without a mentor.
    """
    makes = _made_by(change, mentor_of)
    if change.kind is ChangeKind.LIFT:
        return Act(lifts=makes)
    held = {change.mentee_id, change.other_id} - {None} if change.kind in _FREEING else set()
    gives_way = (a for a in active if a.kind in _HOLDING and a.mentee_id in held and a not in makes)
    return Act(makes, tuple(sorted(gives_way, key=lambda a: (a.kind, a.people))))


_FREEING: Final = frozenset({ChangeKind.MOVE, ChangeKind.SWAP, ChangeKind.UNPAIR})
_HOLDING: Final = frozenset({AdjustmentKind.LOCK, AdjustmentKind.LEFT_OUT})
_NAMES: Final[Mapping[AdjustmentKind, tuple[bool, bool]]] = {
    AdjustmentKind.LOCK: (True, True),
    AdjustmentKind.BAR: (True, True),
    AdjustmentKind.LEFT_OUT: (False, True),
    AdjustmentKind.EXTRA_PLACE: (True, False),
}
"""Whether a kind names a mentor, and a mentee."""


def _made_by(change: Change, mentor_of: Mapping[int, int]) -> tuple[Adjustment, ...]:
    match change.kind:
        case ChangeKind.LOCK | ChangeKind.MOVE:
            return (_decision(AdjustmentKind.LOCK, change),)
        case ChangeKind.BAR:
            return (_decision(AdjustmentKind.BAR, change),)
        case ChangeKind.UNPAIR:
            return (_decision(AdjustmentKind.LEFT_OUT, change),)
        case ChangeKind.EXTRA_PLACE:
            return (_decision(AdjustmentKind.EXTRA_PLACE, change),)
        case ChangeKind.SWAP:
            return _swap(change, mentor_of)
        case ChangeKind.LIFT:
            if change.lifted is None:
                raise ValueError(said("it does not say what is lifted"))
            return (_decision(change.lifted, change),)


def _decision(kind: AdjustmentKind, change: Change) -> Adjustment:
    mentor, mentee = _NAMES[kind]
    if (mentor and change.mentor_id is None) or (mentee and change.mentee_id is None):
        raise ValueError(said("it does not say whom it is about"))
    return Adjustment(kind, change.mentor_id if mentor else None, change.mentee_id if mentee else None)


def _swap(change: Change, mentor_of: Mapping[int, int]) -> tuple[Adjustment, ...]:
    one, other = change.mentee_id, change.other_id
    if one is None or other is None or one == other or not {one, other} <= mentor_of.keys():
        raise ValueError(said("a swap takes two mentees who have a mentor each"))
    return Adjustment.lock(mentor_of[other], one), Adjustment.lock(mentor_of[one], other)
