"""The matching round: its states and the stages that are shown while it is solved."""

from enum import StrEnum


class RoundState(StrEnum):
    """How far a round has come, from the coordinator's button to its end."""

    DRAFT = "draft"
    QUEUED = "queued"
    SOLVING = "solving"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    RECALLED = "recalled"
    FAILED = "failed"
    CLOSED = "closed"


OPEN_STATES = (
    RoundState.DRAFT,
    RoundState.QUEUED,
    RoundState.SOLVING,
    RoundState.PROPOSED,
    RoundState.RECALLED,
    RoundState.FAILED,
)
"""A programme has at most one round in these states; a published round makes room for the next."""


class Stage(StrEnum):
    """What the solving of a round is busy with; the value is the order of work."""

    READING = "reading"
    SCORING = "scoring"
    SOLVING = "solving"
    CHECKING = "checking"
    WRITING = "writing"
    SAVING = "saving"
