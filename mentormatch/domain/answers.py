"""What the two people of a pairing say to it: each side's answer, how the pairing fits, and what follows for it."""

from collections.abc import Collection
from enum import StrEnum

from mentormatch.domain.pairings import PairingState


class Answer(StrEnum):
    """What one of the two says to a pairing that was announced."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class Fit(StrEnum):
    """How one of the two finds the pairing; nobody is to blame for any of it."""

    GOOD = "good"
    STILL_DECIDING = "still_deciding"
    NOT_GOOD = "not_good"


def state_after(answers: Collection[Answer]) -> PairingState | None:
    """Return the state that the answers lead an announced pairing to: both must accept, one declines for both."""
    if Answer.DECLINED in answers:
        return PairingState.DECLINED
    return PairingState.ACCEPTED if len(answers) == 2 else None
