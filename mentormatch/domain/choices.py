"""People chosen out of a list, by hand or by a search, and what can be done with all of them at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mentormatch.domain.searches import Wanted
from mentormatch.domain.signups import SignupState

MOST_CHOSEN: Final = 10_000


class Act(StrEnum):
    """A step that a coordinator takes with many people at once."""

    PAUSE = "pause"
    RESUME = "resume"
    WITHDRAW = "withdraw"


LEADS_TO: Final[Mapping[Act, SignupState]] = MappingProxyType(
    {Act.PAUSE: SignupState.PAUSED, Act.RESUME: SignupState.ACTIVE, Act.WITHDRAW: SignupState.WITHDRAWN}
)
STARTS_FROM: Final[Mapping[Act, tuple[SignupState, ...]]] = MappingProxyType(
    {
        Act.PAUSE: (SignupState.ACTIVE,),
        # An unconfirmed sign-up is not made active here: nobody has shown that the mailbox is theirs.
        Act.RESUME: (SignupState.PAUSED,),
        Act.WITHDRAW: (SignupState.UNCONFIRMED, SignupState.ACTIVE, SignupState.PAUSED),
    }
)
UNDONE_BY: Final[Mapping[Act, Act]] = MappingProxyType({Act.PAUSE: Act.RESUME, Act.RESUME: Act.PAUSE})
"""What takes an act back; whoever has withdrawn stays so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The people ticked in a list (`ids`), or else all who are looked for; in the order of the list."""

    wanted: Wanted
    ids: tuple[int, ...] | None = None
