"""A person's sign-up to a programme: who they are, what they offer and seek, how they rate themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import Levels
from mentormatch.domain.mailboxes import mailbox
from mentormatch.domain.positions import Position


class SignupState(StrEnum):
    """How far a sign-up has come; only active ones enter a matching round."""

    UNCONFIRMED = "unconfirmed"
    ACTIVE = "active"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signup:
    """The answers of one participant; a target that is missing means the default of the position aimed at."""

    email: str
    name: str
    organisation: str
    site: str
    time_zone: str
    languages: tuple[str, ...]
    manager_email: str | None
    position: Position
    position_aimed_at: Position
    offers_mentoring: bool
    capacity: int
    wants_mentor: bool
    certification_held: Certification
    certification_pursued: Certification
    mentorships_completed: int
    hopes: str = ""
    levels: Levels
    targets: Mapping[Competency, int]

    @property
    def mailbox(self) -> str:
        """The key under which this person is one and the same, however the address is typed."""
        return mailbox(self.email)

    @property
    def manager_mailbox(self) -> str | None:
        """The key of the line manager's mailbox."""
        return mailbox(self.manager_email) if self.manager_email else None

    def targets_with(self, defaults: Levels) -> Levels:
        """Fill the targets the person left open from the defaults of the position aimed at."""
        return MappingProxyType({c: self.targets.get(c, defaults[c]) for c in Competency})
