"""The one table of legal steps: what is not named here is refused by the code and by both databases."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mentormatch.domain.errors import IllegalStep
from mentormatch.domain.notices import NoticeState as N
from mentormatch.domain.pairings import PairingState as P
from mentormatch.domain.rounds import RoundState as R
from mentormatch.domain.signups import SignupState as S

STEPS: Final[Mapping[type[StrEnum], frozenset[tuple[StrEnum, StrEnum]]]] = MappingProxyType(
    {
        R: frozenset(
            {
                (R.DRAFT, R.QUEUED),
                (R.QUEUED, R.SOLVING),
                (R.QUEUED, R.DRAFT),
                (R.SOLVING, R.PROPOSED),
                (R.SOLVING, R.QUEUED),
                (R.SOLVING, R.FAILED),
                (R.FAILED, R.QUEUED),
                (R.PROPOSED, R.DRAFT),
                (R.PROPOSED, R.PUBLISHED),
                (R.PUBLISHED, R.RECALLED),
                (R.PUBLISHED, R.CLOSED),
                (R.RECALLED, R.DRAFT),
            }
        ),
        P: frozenset(
            {
                (P.PROPOSED, P.ANNOUNCED),
                (P.PROPOSED, P.DROPPED),
                (P.ANNOUNCED, P.ACCEPTED),
                (P.ANNOUNCED, P.DECLINED),
                (P.ANNOUNCED, P.ENDED_EARLY),
                (P.ANNOUNCED, P.RECALLED),
                (P.ACCEPTED, P.COMPLETED),
                (P.ACCEPTED, P.ENDED_EARLY),
            }
        ),
        N: frozenset(
            {
                (N.HELD, N.PENDING),
                (N.HELD, N.CANCELLED),
                (N.PENDING, N.SENDING),
                (N.PENDING, N.CANCELLED),
                (N.SENDING, N.SENDING),
                (N.SENDING, N.PENDING),
                (N.SENDING, N.IN_DOUBT),
                (N.SENDING, N.FAILED),
                (N.SENDING, N.CANCELLED),
                (N.IN_DOUBT, N.SENDING),
                (N.IN_DOUBT, N.PENDING),
                (N.IN_DOUBT, N.SENT),
                (N.IN_DOUBT, N.FAILED),
                (N.SENT, N.BOUNCED),
            }
        ),
        S: frozenset(
            {
                (S.UNCONFIRMED, S.ACTIVE),
                (S.ACTIVE, S.PAUSED),
                (S.PAUSED, S.ACTIVE),
                (S.UNCONFIRMED, S.WITHDRAWN),
                (S.ACTIVE, S.WITHDRAWN),
                (S.PAUSED, S.WITHDRAWN),
                (S.WITHDRAWN, S.ERASED),
            }
        ),
    }
)


def may_step(old: StrEnum, new: StrEnum) -> bool:
    """Tell whether the table names the step from `old` to `new`."""
    return (old, new) in STEPS[type(old)]


def check_step(old: StrEnum, new: StrEnum) -> None:
    """Raise IllegalStep unless the table names the step."""
    if not may_step(old, new):
        msg = f"A {type(old).__name__} cannot go from {old} to {new}."
        raise IllegalStep(msg)
