"""Notices: the mails this product sends, their kinds and the states of their delivery."""

from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    """What a mail is about; each kind has a folder of texts of its own."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    MENTOR_AND_MENTEE = "mentor_and_mentee"
    UNPAIRED = "unpaired"
    RECALL = "recall"
    TEST = "test"
    SIGN_IN = "sign_in"
    CONFIRM_SIGNUP = "confirm_signup"
    ALREADY_SIGNED_UP = "already_signed_up"
    ACCEPTED = "accepted"
    """Both have accepted a pairing; to both."""
    DECLINED = "declined"
    """A pairing was declined; to the other of the two."""
    PAIRING_RETURNED = "pairing_returned"
    """A pairing was declined, why, and who else is free; to the coordinators."""
    CHANGE_ASKED = "change_asked"
    """One of a pair asks for a change; to the coordinators."""
    INVITATION = "invitation"
    REMINDER = "reminder"
    PARTNER_LEFT = "partner_left"
    """A pairing has ended, as one of the two has left the programme; to the other."""


ROUND_KINDS = (NoticeKind.MENTOR, NoticeKind.MENTEE, NoticeKind.MENTOR_AND_MENTEE, NoticeKind.UNPAIRED)
"""The kinds that a published round sends, one of them to everybody in it."""
WORDED_KINDS = (*ROUND_KINDS, NoticeKind.RECALL)
"""The kinds whose text a programme may word itself; all of them belong to a round."""
LINK_KINDS = (NoticeKind.SIGN_IN, NoticeKind.CONFIRM_SIGNUP, NoticeKind.ALREADY_SIGNED_UP)
"""The kinds that carry a secret link: they are their reader's alone, and of no use after a few minutes."""

PAIRING_KINDS = (
    *(NoticeKind.ACCEPTED, NoticeKind.DECLINED, NoticeKind.PAIRING_RETURNED),
    *(NoticeKind.CHANGE_ASKED, NoticeKind.PARTNER_LEFT, NoticeKind.INVITATION, NoticeKind.REMINDER),
)
"""The kinds that tell one person, or the coordinators, what became of one announced pairing."""


class NoticeState(StrEnum):
    """How far a mail has come; `in_doubt` means that the mail server may have accepted it."""

    HELD = "held"
    PENDING = "pending"
    SENDING = "sending"
    IN_DOUBT = "in_doubt"
    SENT = "sent"
    BOUNCED = "bounced"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSearch:
    """Which notices are looked for; what is empty narrows nothing."""

    text: str = ""
    state: NoticeState | None = None
    kind: NoticeKind | None = None
    round_number: int | None = None
    twice: bool = False
    """Only those that may have arrived twice."""


@dataclass(frozen=True, slots=True)
class HeldSearch:
    """Which held notices are looked for; what is empty narrows nothing."""

    text: str = ""
    kind: NoticeKind | None = None
