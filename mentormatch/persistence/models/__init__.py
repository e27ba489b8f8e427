"""The tables, one file for each aggregate; importing this package makes all of them known."""

from mentormatch.persistence.models.accounts import Account, BrowserSession, Coordinatorship, SignInRequest
from mentormatch.persistence.models.adjustments import AdjustmentRow
from mentormatch.persistence.models.audit import AuditEntry
from mentormatch.persistence.models.imports import ImportedFile
from mentormatch.persistence.models.notices import Installation, MailTextRow, Notice
from mentormatch.persistence.models.pairings import Meeting, PairingAnswer, ReminderRow, RemindersOff
from mentormatch.persistence.models.participants import Participant, Rating
from mentormatch.persistence.models.plans import ActivityText, PlanStep, RatedLevel
from mentormatch.persistence.models.programmes import Programme
from mentormatch.persistence.models.rounds import MatchingRound, Pairing, Proposal, Snapshot, Unpaired

__all__ = [
    "Account",
    "ActivityText",
    "AdjustmentRow",
    "AuditEntry",
    "BrowserSession",
    "Coordinatorship",
    "ImportedFile",
    "Installation",
    "MailTextRow",
    "MatchingRound",
    "Meeting",
    "Notice",
    "Pairing",
    "PairingAnswer",
    "Participant",
    "PlanStep",
    "Programme",
    "Proposal",
    "RatedLevel",
    "Rating",
    "ReminderRow",
    "RemindersOff",
    "SignInRequest",
    "Snapshot",
    "Unpaired",
]
