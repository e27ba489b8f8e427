"""Who does a thing: a person with an account, the system itself, or whoever sits at the console."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ActorKind(StrEnum):
    """The three kinds of actor that the audit trail knows."""

    ACCOUNT = "account"
    SYSTEM = "system"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Actor:
    """The one to whom a state change is ascribed; `account_id` only for people with an account."""

    kind: ActorKind
    account_id: int | None = None

    @classmethod
    def account(cls, account_id: int) -> "Actor":
        """Return the actor for a signed-in person."""
        return cls(ActorKind.ACCOUNT, account_id)


SYSTEM: Final = Actor(ActorKind.SYSTEM)
CONSOLE: Final = Actor(ActorKind.CONSOLE)
