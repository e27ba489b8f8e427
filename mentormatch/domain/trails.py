"""The audit trail as it is looked through: what a row can be about, and which rows are looked for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Subject(StrEnum):
    """What a row of the trail is about; the value is the table that holds it."""

    ROUND = "matching_round"
    PAIRING = "pairing"
    ADJUSTMENT = "adjustment"
    PARTICIPANT = "participant"
    NOTICE = "notice"
    MAIL_TEXT = "mail_text"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class TrailSearch:
    """Which rows are looked for; what is empty narrows nothing, and both days are among those looked through."""

    text: str = ""
    """Part of the name of somebody whom the row is about."""
    subject: Subject | None = None
    by: str = ""
    """Part of the address of whoever did it."""
    since: date | None = None
    until: date | None = None
