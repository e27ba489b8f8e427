"""What is held about a person: for every table that knows one, what they are given of it and what erasing does."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class OnErasure(StrEnum):
    """What becomes of a table's rows when the person they are about is erased."""

    DELETED = "deleted"
    EMPTIED = "emptied"
    """The row stays as a number; names, addresses, ratings and texts in it go."""
    KEPT = "kept"
    """The row holds numbers, dates and states only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One table: the columns that name the person, those that are handed out, those that are not, and the end."""

    by: tuple[str, ...]
    """Columns with the participant's id, the account's id or the mailbox; a row counts when one of them fits."""
    shown: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    on_erasure: OnErasure = OnErasure.DELETED
    why_hidden: str = ""
    """For a table that is not handed out at all: the reason."""


_ANSWERS: Final = (
    *("state", "email", "name", "organisation", "site", "time_zone", "languages", "manager_email", "position"),
    *("position_aimed_at", "offers_mentoring", "capacity", "wants_mentor", "certification_held"),
    *("certification_pursued", "mentorships_completed", "hopes", "agreed_to_be_listed", "created_at", "updated_at"),
)

HOLDINGS: Final[Mapping[str, Holding]] = MappingProxyType(
    {
        "participant": Holding(
            by=("id",),
            shown=("id", *_ANSWERS),
            hidden=frozenset({"programme_id", "version", "mailbox"}),
            on_erasure=OnErasure.EMPTIED,
        ),
        "rating": Holding(
            by=("participant_id",),
            shown=("competency", "level", "target", "rated_at"),
            hidden=frozenset({"participant_id"}),
        ),
        "rating_history": Holding(
            by=("participant_id",),
            shown=("occasion", "competency", "level", "rated_at"),
            hidden=frozenset({"participant_id"}),
        ),
        "plan_step": Holding(
            by=("participant_id",),
            shown=("competency", "kind", "is_done", "day", "hours", "notes", "changed_at"),
            hidden=frozenset({"participant_id"}),
        ),
        "pairing_answer": Holding(
            by=("participant_id",),
            shown=(
                *("pairing_id", "answer", "reason", "answered_at", "fit", "fit_at"),
                *("change_asked", "change_asked_at"),
            ),
            hidden=frozenset({"participant_id"}),
        ),
        "meeting": Holding(
            by=("organiser_id",),
            shown=("pairing_id", "number", "starts_at", "minutes", "invited_at"),
            hidden=frozenset({"id", "organiser_id", "identity", "sequence"}),
            on_erasure=OnErasure.KEPT,
        ),
        "reminder": Holding(
            by=("participant_id",),
            shown=("pairing_id", "kind", "written_at"),
            hidden=frozenset({"participant_id", "message_id"}),
        ),
        "reminders_off": Holding(by=("participant_id",), shown=("since",), hidden=frozenset({"participant_id"})),
        "wish": Holding(
            by=("mentee_id",), shown=("place", "mentor_id", "made_at"), hidden=frozenset({"mentee_id", "programme_id"})
        ),
        "avoidance": Holding(
            by=("participant_id",),
            shown=("email", "made_at"),
            hidden=frozenset({"participant_id", "programme_id", "place", "mailbox"}),
        ),
        "pairing": Holding(
            by=("mentor_id", "mentee_id"),
            shown=("id", "round_id", "mentor_id", "mentee_id", "coverage_points", "closures", "state"),
            hidden=frozenset(
                {"programme_id", "proposal_id", "slot", "capacity", "gap_points", "preferences", "score"}
                | {"serves", "version"}
            ),
            on_erasure=OnErasure.EMPTIED,
        ),
        "unpaired": Holding(
            by=("participant_id",),
            shown=("proposal_id", "side", "reason", "is_candidate"),
            hidden=frozenset({"id", "programme_id", "participant_id", "detail"}),
            on_erasure=OnErasure.KEPT,
        ),
        "notice": Holding(
            by=("participant_id", "recipient"),
            shown=("kind", "state", "recipient", "subject", "created_at", "sent_at", "message"),
            hidden=frozenset(
                {"id", "programme_id", "round_id", "proposal_id", "publication", "participant_id", "revision"}
                | {"version", "message_id", "next_at", "first_tried_at", "attempts", "doubts", "fence", "lease_owner"}
                | {"lease_until", "text_version", "reply"}
            ),
            on_erasure=OnErasure.EMPTIED,
        ),
        "audit_entry": Holding(
            by=("object_id",),
            shown=("at", "old_state", "new_state", "why"),
            hidden=frozenset({"id", "actor_kind", "actor_id", "programme_id", "object_table", "object_id", "version"}),
            on_erasure=OnErasure.KEPT,
        ),
        "account": Holding(
            by=("id",),
            shown=("email", "language", "may_create_programmes", "created_at", "disabled_at"),
            hidden=frozenset({"id", "mailbox"}),
            on_erasure=OnErasure.EMPTIED,
        ),
        "browser_session": Holding(
            by=("account_id",),
            shown=("called", "created_at", "seen_at"),
            hidden=frozenset({"account_id", "token_hash"}),
        ),
        "sign_in_request": Holding(
            by=("mailbox",),
            shown=("kind", "email", "language", "requested_at", "mailed_at", "used_at", "expires_at"),
            hidden=frozenset(
                {"id", "mailbox", "browser_hash", "client", "next_path", "programme_id", "token_hash", "code_hash"}
                | {"code_tries"}
            ),
        ),
        "coordinatorship": Holding(
            by=("account_id",),
            shown=("programme_id", "granted_at"),
            hidden=frozenset({"account_id"}),
            on_erasure=OnErasure.KEPT,
        ),
        "adjustment": Holding(
            by=("mentor_id", "mentee_id"),
            on_erasure=OnErasure.EMPTIED,
            why_hidden="a coordinator’s decision about two people tells of the other one too",
        ),
        "erasure": Holding(
            by=("participant_id",), on_erasure=OnErasure.KEPT, why_hidden="it is written when nobody is left to ask"
        ),
        "matching_round": Holding(
            by=("started_by",),
            on_erasure=OnErasure.KEPT,
            why_hidden="it tells of a coordinator’s work",
        ),
        "mail_text": Holding(
            by=("changed_by",),
            on_erasure=OnErasure.KEPT,
            why_hidden="it tells of a coordinator’s work",
        ),
        "imported_file": Holding(
            by=("sent_by",),
            why_hidden="a file that waits to be imported holds other people’s answers and is gone within a day",
        ),
    }
)
"""Every table that refers to a participant or an account, or holds an address; a new one needs a line here."""
