"""What the two of a pairing may say by a form: a reason, how it fits, a wish for a change, a time to meet."""

from datetime import UTC, datetime
from typing import Final

from marshmallow import Schema, ValidationError

from mentormatch.domain.answers import Fit
from mentormatch.domain.sentences import said
from mentormatch.schemas.fields import Member, Parsed, Text, YesNo

LONGEST_WORDS: Final = 500
_LONGEST_TIME: Final = 40


class Words(Text):
    """A few sentences, kept as one line: they stand in the middle of a mail."""

    def __init__(self, *, blank: bool = False) -> None:
        super().__init__(longest=LONGEST_WORDS, blank=blank, multiline=True)

    def _parse(self, value: object) -> str:
        return " ".join(super()._parse(value).split())


class Instant(Parsed[datetime]):
    """An instant with its offset, as our own pages write it."""

    def _parse(self, value: object) -> datetime:
        try:
            at = datetime.fromisoformat(str(value)[:_LONGEST_TIME])
        except ValueError:
            at = None
        if at is None or at.tzinfo is None or at.year < 2000 or at.year > 2999:
            raise ValidationError(said("Choose one of the times that are proposed."))
        return at.astimezone(UTC)


class DeclineSchema(Schema):
    """Why a pairing is declined; nobody has to say."""

    reason = Words(blank=True)


class FitSchema(Schema):
    """How one of the two finds the pairing."""

    fit = Member(Fit)


class ChangeWishSchema(Schema):
    """What is to change."""

    words = Words()


class InviteSchema(Schema):
    """When to meet."""

    starts_at = Instant()


class RemindersSchema(Schema):
    """Whether reminders shall come."""

    reminders = YesNo()
