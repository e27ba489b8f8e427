"""What the forms around a round's mails carry: a text and the version it was opened in, a search, a reason."""

from typing import Any, Final

from marshmallow import Schema, ValidationError, post_load

from mentormatch.domain.mail_texts import LONGEST_BODY_TEXT, LONGEST_SUBJECT_TEXT, MailText
from mentormatch.domain.notices import ROUND_KINDS, HeldSearch, NoticeKind
from mentormatch.domain.sentences import said
from mentormatch.schemas.fields import Text, WholeNumber
from mentormatch.schemas.participants import HIGHEST_VERSION, LONGEST_SEARCH, OneOf
from mentormatch.schemas.rounds import MOST_PAGES, VersionSchema

LONGEST_REASON: Final = 300


class MailTextSchema(Schema):
    """A text as it was typed, and the version it was opened in."""

    subject = Text(longest=LONGEST_SUBJECT_TEXT)
    body = Text(longest=LONGEST_BODY_TEXT, multiline=True)
    version = WholeNumber(highest=HIGHEST_VERSION, default=0)

    @post_load
    def make_text(self, data: dict[str, Any], **_: object) -> tuple[MailText, int]:
        """Give the text and the version."""
        return MailText(data["subject"], data["body"]), data["version"]


class RecallSchema(VersionSchema):
    """The version of the round that was seen, and the reason that people will read."""

    reason = Text(longest=LONGEST_REASON)


class UpToSchema(Schema):
    """The newest of the things that were shown when the button was pressed."""

    up_to = WholeNumber(highest=2**31 - 1, default=0)


class _RoundKind(OneOf[NoticeKind]):
    def _parse(self, value: object) -> NoticeKind | None:
        kind = super()._parse(value)
        if kind is not None and kind not in ROUND_KINDS:
            raise ValidationError(said("This is not one of the choices."))
        return kind


class HeldSearchSchema(Schema):
    """The search and the filter of a rehearsal, all optional."""

    q = Text(longest=LONGEST_SEARCH, blank=True)
    kind = _RoundKind(NoticeKind)
    page = WholeNumber(lowest=1, highest=MOST_PAGES, default=1)

    @post_load
    def make_search(self, data: dict[str, Any], **_: object) -> tuple[HeldSearch, int]:
        """Give what is looked for, and the number of the page."""
        return HeldSearch(data["q"], data["kind"]), data["page"]
