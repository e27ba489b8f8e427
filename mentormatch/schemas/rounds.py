"""What a coordinator asks of a round's page, and what its forms carry back."""

from typing import Any, Final

from marshmallow import Schema, post_load

from mentormatch.domain.reviews import Look, PairOrder
from mentormatch.schemas.fields import Text, WholeNumber
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


class VersionSchema(Schema):
    """The version of the round that the button was pressed on; without one it is none that a round has."""

    version = WholeNumber(highest=HIGHEST_VERSION, default=0)


class PublishSchema(VersionSchema):
    """What the coordinator saw on pressing Publish, and the one-time key of the form."""

    publish_key = Text(longest=LONGEST_KEY, blank=True)
    inputs_version = WholeNumber(highest=HIGHEST_VERSION, default=0)
