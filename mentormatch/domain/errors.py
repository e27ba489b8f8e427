"""Named facts that stop a use case; each carries the sentence to show and the ids, none an HTTP code."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mentormatch.domain.sentences import said


class MentormatchError(Exception):
    """Any fact of this product that stops a use case."""


class NotFound(MentormatchError):
    """What was asked for does not exist in this programme, or is none of the asker's business."""


class IllegalStep(MentormatchError):
    """The state of a thing does not allow this step."""


class Conflict(MentormatchError):
    """Someone else changed the thing since it was looked at; nothing was done."""


class AdjustedMeanwhile(Conflict):
    """Another coordinator has adjusted or solved the round since it was looked at; nothing was overwritten."""


class SignupClosed(MentormatchError):
    """Sign-up is not open now."""


class LinkRefused(MentormatchError):
    """A sign-in link or code is unknown, used, expired or belongs to another browser."""


class RoundAlreadyOpen(MentormatchError):
    """The programme has a round that is not finished yet; `number` names it."""

    def __init__(self, number: int) -> None:
        words = said("Round %(number)s is still open. Finish or discard it before you start another.", number=number)
        super().__init__(words)
        self.number = number


class TooMany(MentormatchError):
    """This was done too often in a short time."""


class PublishRefused(MentormatchError):
    """The proposal no longer fits the people in it; `reasons` says why, one sentence each."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = tuple(reasons)


class AdjustmentRefused(MentormatchError):
    """An adjustment cannot hold beside the others or the rules; `reasons` says why, one sentence each."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input: where (`row` counted as a spreadsheet shows it, `column`) and what."""

    row: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        match self.row, self.column:
            case None | 0, None | "":
                return self.message
            case None | 0, column:
                return said("%(label)s: %(words)s", label=column, words=self.message)
            case row, None | "":
                return said("row %(row)s: %(words)s", row=row, words=self.message)
            case row, column:
                return said("row %(row)s, %(column)s: %(words)s", row=row, column=column, words=self.message)


class InputRefused(MentormatchError):
    """An input was refused whole; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)


class LockFault(StrEnum):
    """Why a lock cannot hold."""

    NOT_IN_THE_ROUND = "not_in_the_round"
    SAME_PERSON = "same_person"
    BARRED = "barred"
    LINE_MANAGER = "line_manager"
    WANTS_NO_MENTOR = "wants_no_mentor"
    OVER_CAPACITY = "over_capacity"
    TWO_MENTORS = "two_mentors"
    MUTUAL = "mutual"
    TEACHES_NOTHING = "teaches_nothing"


@dataclass(frozen=True, slots=True)
class LockConflict:
    """A locked pair and why it cannot hold."""

    mentor_id: str
    mentee_id: str
    fault: LockFault


class LocksContradict(MentormatchError):
    """Some locks cannot hold, alone or together; `conflicts` names each."""

    def __init__(self, conflicts: Sequence[LockConflict]) -> None:
        super().__init__("; ".join(f"lock {c.mentor_id} - {c.mentee_id}: {c.fault}" for c in conflicts))
        self.conflicts = tuple(conflicts)


class SolvingCancelled(MentormatchError):
    """The solving of a round was called off; nothing came of it."""


class SolutionRefused(MentormatchError):
    """The independent checker found a solution wrong; `violations` says where."""

    def __init__(self, violations: Sequence[str]) -> None:
        super().__init__("; ".join(violations))
        self.violations = tuple(violations)


class RecallRefused(PublishRefused):
    """The publication cannot be taken back any more; `reasons` says why, one sentence each."""
