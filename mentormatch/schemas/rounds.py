"""What a coordinator asks of a round's page, and what its forms carry back."""

from typing import Any, Final

from marshmallow import Schema, ValidationError, post_load, validates_schema

from mentormatch.domain.adjustments import LONGEST_REASON, AdjustmentKind, Change, ChangeKind, Scope
from mentormatch.domain.reviews import Look, PairOrder
from mentormatch.domain.sentences import said
from mentormatch.schemas.fields import BlankableNumber, Member, Text, WholeNumber
from mentormatch.schemas.participants import HIGHEST_VERSION, LONGEST_SEARCH, OneOf

MOST_PAGES: Final = 100_000
LONGEST_KEY: Final = 64


class LookSchema(Schema):
    """The search, the order and the pages of a proposal's lists, all optional."""

    q = Text(longest=LONGEST_SEARCH, blank=True)
    order = OneOf(PairOrder)
    direction = Text(longest=4, blank=True)
    page = WholeNumber(lowest=1, highest=MOST_PAGES, default=1)
    unpaired_page = WholeNumber(lowest=1, highest=MOST_PAGES, default=1)

    @post_load
    def make_look(self, data: dict[str, Any], **_: object) -> Look:
        """Give which part of the proposal is looked at."""
        return Look(
            text=data["q"],
            order=data["order"] or PairOrder.MENTOR,
            descending=data["direction"] == "down",
            page=data["page"],
            left_over_page=data["unpaired_page"],
        )


class RoundSchema(Schema):
    """Which round is looked at, if any."""

    round = BlankableNumber(highest=HIGHEST_VERSION)


class VersionSchema(Schema):
    """The version of the round that the button was pressed on; without one it is none that a round has."""

    version = WholeNumber(highest=HIGHEST_VERSION, default=0)


class EarlierSchema(VersionSchema):
    """Which earlier policy is meant, counted from the newest, and the version of the settings that was seen."""

    which = WholeNumber(lowest=1, highest=HIGHEST_VERSION, default=1)


class PublishSchema(VersionSchema):
    """What the coordinator saw on pressing Publish, and the one-time key of the form."""

    publish_key = Text(longest=LONGEST_KEY, blank=True)
    inputs_version = WholeNumber(highest=HIGHEST_VERSION, default=0)


class ChangeSchema(Schema):
    """An intended change of a proposal: what, and for whom by participant id."""

    kind = Member(ChangeKind)
    mentor = BlankableNumber(highest=HIGHEST_VERSION)
    mentee = BlankableNumber(highest=HIGHEST_VERSION)
    other = BlankableNumber(highest=HIGHEST_VERSION)
    of = OneOf(AdjustmentKind)

    @post_load
    def make_change(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """Put the change together, beside whatever else the form carries."""
        change = Change(
            kind=data.pop("kind"),
            mentor_id=data.pop("mentor"),
            mentee_id=data.pop("mentee"),
            other_id=data.pop("other"),
            lifted=data.pop("of"),
        )
        return {"change": change, **data}


class SeenActSchema(VersionSchema):
    """The version of the round and the latest act among its adjustments that the button was pressed on."""

    act = WholeNumber(highest=HIGHEST_VERSION, default=0)


class AdjustSchema(ChangeSchema, SeenActSchema):
    """An intended change with its terms; a bar for good says why."""

    scope = OneOf(Scope)
    reason = Text(longest=LONGEST_REASON, blank=True)

    @validates_schema
    def check_reason(self, data: dict[str, Any], **_: object) -> None:
        """Refuse a bar for good without a reason."""
        if data["scope"] is Scope.GOOD and not data["reason"]:
            raise ValidationError(
                {"reason": [said("Say why this pair must never be: whoever comes after you will ask.")]}
            )


class UndoSchema(SeenActSchema):
    """Which adjustment to undo; none named means the last act."""

    of = OneOf(AdjustmentKind)
    mentor = BlankableNumber(highest=HIGHEST_VERSION)
    mentee = BlankableNumber(highest=HIGHEST_VERSION)
