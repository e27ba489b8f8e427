"""The gate that mail passes on its way out: whether it is open, and what has passed it."""

from typing import Protocol

from sqlalchemy.orm import Session


class Gate(Protocol):
    """Decides whether the mails of rounds may leave, and is told of every mail that does."""

    def is_held(self, session: Session) -> bool:
        """Tell whether only links to sign in may leave now."""

    def note_handed_over(self, message_id: str, version: int) -> None:
        """Learn that the mail in this version is about to leave."""


class OpenGate:
    """Lets everything pass."""

    def is_held(self, _session: Session) -> bool:
        """Hold nothing back."""
        return False

    def note_handed_over(self, _message_id: str, _version: int) -> None:
        """Keep nothing in mind."""
