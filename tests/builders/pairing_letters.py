"""Facts of believable mails about one pairing, for tests that read them."""

from datetime import UTC, datetime
from typing import Final

from mentormatch.domain.mentorships import Reminder
from mentormatch.notices.pairing_facts import (
    AcceptedFacts,
    ChangeAskedFacts,
    DeclinedFacts,
    InvitationFacts,
    PairingFacts,
    PairingHead,
    PartnerLeftFacts,
    ReminderFacts,
    ReturnedFacts,
    Suggested,
)

_SITE: Final = "https://mentoring.firm.example"
_HEAD: Final = PairingHead(
    programme="North 2026",
    page_url=f"{_SITE}/my/north/pairings/7",
    programme_url=f"{_SITE}/p/north",
    coordinators=("cora@firm.example",),
)


def reminder(stage: Reminder, *, has_answered: bool = True, is_accepted: bool = True) -> ReminderFacts:
    """Return a reminder for Mei, whom Omar mentors."""
    return ReminderFacts(
        name="Mei Tanaka",
        head=_HEAD,
        stage=stage,
        partner="Omar Haddad",
        is_mentor=False,
        has_answered=has_answered,
        is_accepted=is_accepted,
        off_url=f"{_SITE}/reminders/0token0",
    )


PAIRING_VARIANTS: Final[dict[str, PairingFacts]] = {
    "accepted_for_the_mentee": AcceptedFacts(
        name="Mei Tanaka", head=_HEAD, partner="Omar Haddad", partner_email="omar@valves.example", is_mentor=False
    ),
    "declined_for_the_mentor": DeclinedFacts(name="Omar Haddad", head=_HEAD, partner="Mei Tanaka", is_mentor=True),
    "pairing_returned_with_a_suggestion": ReturnedFacts(
        head=_HEAD,
        mentor="Omar Haddad",
        mentee="Mei Tanaka",
        by_mentor=False,
        reason="We share an office.",
        suggested=Suggested(mentor="Silva Candida", share=62),
    ),
    "pairing_returned_with_nobody_free": ReturnedFacts(
        head=_HEAD, mentor="Omar Haddad", mentee="Mei Tanaka", by_mentor=True, reason="", suggested=None
    ),
    "change_asked": ChangeAskedFacts(
        head=_HEAD, mentor="Omar Haddad", mentee="Mei Tanaka", by_mentor=True, words="Could we meet less often?"
    ),
    "partner_left_the_mentor": PartnerLeftFacts(name="Omar Haddad", head=_HEAD, partner="Mei Tanaka", is_mentor=True),
    "partner_erased_for_the_mentee": PartnerLeftFacts(name="Mei Tanaka", head=_HEAD, partner="", is_mentor=False),
    "invitation": InvitationFacts(
        name="Omar Haddad",
        head=_HEAD,
        partner="Mei Tanaka",
        partner_email="mei@pumps.example",
        is_organiser=False,
        was_moved=False,
        minutes=60,
        starts_at=datetime(2026, 3, 10, 8, 0, tzinfo=UTC),
        my_zone="Europe/Paris",
        their_zone="Asia/Tokyo",
    ),
    "reminder_to_answer": reminder(Reminder.FIRST_MEETING, has_answered=False, is_accepted=False),
    "reminder_at_half_time": reminder(Reminder.HALF_TIME),
}
"""One of each kind and its turns, by the name of the file that says how it must read."""
