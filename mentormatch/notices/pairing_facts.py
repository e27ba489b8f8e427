"""What the mails about one announced pairing tell; the sentences around the facts live in the templates."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from mentormatch.domain.mentorships import Reminder
from mentormatch.domain.notices import NoticeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingHead:
    """What every such mail carries: where its next step is, and whom to ask."""

    programme: str
    page_url: str
    programme_url: str
    coordinators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedFacts:
    """For each of the two, once both have accepted; the reader is the mentor or the mentee."""

    kind: ClassVar = NoticeKind.ACCEPTED
    name: str
    head: PairingHead
    partner: str
    partner_email: str
    is_mentor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclinedFacts:
    """For the other of the two, without the reason: that is between whoever declined and the coordinators."""

    kind: ClassVar = NoticeKind.DECLINED
    name: str
    head: PairingHead
    partner: str
    is_mentor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A mentor who is free for the mentee without changing any other pairing, and the share of the gap in per cent."""

    mentor: str
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedFacts:
    """For a coordinator: who declined whom and why, and who else is free for the mentee."""

    kind: ClassVar = NoticeKind.PAIRING_RETURNED
    name: str = ""
    head: PairingHead
    mentor: str
    mentee: str
    by_mentor: bool
    reason: str
    suggested: Suggested | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAskedFacts:
    """For a coordinator: who asks what to be changed in which pairing."""

    kind: ClassVar = NoticeKind.CHANGE_ASKED
    name: str = ""
    head: PairingHead
    mentor: str
    mentee: str
    by_mentor: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLeftFacts:
    """For the one who stays, when the other has left the programme; without a name when they were erased."""

    kind: ClassVar = NoticeKind.PARTNER_LEFT
    name: str
    head: PairingHead
    partner: str
    is_mentor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationFacts:
    """For each of the two: when they meet, by the reader's clock and by the other's, and who has arranged it."""

    kind: ClassVar = NoticeKind.INVITATION
    name: str
    head: PairingHead
    partner: str
    partner_email: str
    is_organiser: bool
    was_moved: bool
    minutes: int
    starts_at: datetime
    my_zone: str
    their_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderFacts:
    """For one of the two: what comes next for the pair, and where these reminders end."""

    kind: ClassVar = NoticeKind.REMINDER
    name: str
    head: PairingHead
    stage: Reminder
    partner: str
    is_mentor: bool
    has_answered: bool
    """Whether the reader has accepted; only then a meeting is what comes next."""
    is_accepted: bool
    """Whether both have."""
    off_url: str


PairingFacts = (
    AcceptedFacts
    | DeclinedFacts
    | ReturnedFacts
    | ChangeAskedFacts
    | PartnerLeftFacts
    | InvitationFacts
    | ReminderFacts
)
