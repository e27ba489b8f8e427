"""What a coordinator may ask of the list of participants, and why somebody is paused."""

from enum import StrEnum
from typing import Any, Final, TypeVar

from marshmallow import Schema, ValidationError, post_load

from mentormatch.domain.certification import Certification
from mentormatch.domain.searches import Order, Part, Wanted
from mentormatch.domain.signups import SignupState
from mentormatch.schemas.fields import Parsed, Text, WholeNumber

LONGEST_SEARCH: Final = 60
LONGEST_REASON: Final = 300
HIGHEST_VERSION: Final = 2**31 - 1
_Member = TypeVar("_Member", bound=StrEnum)


class OneOf(Parsed[_Member | None]):
    """A member of an enum by its value; blank for none."""

    def __init__(self, enum: type[_Member]) -> None:
        super().__init__(default=None)
        self.enum = enum

    def _parse(self, value: object) -> _Member | None:
        try:
            return self.enum(str(value)) if value else None
        except ValueError as unknown:
            raise ValidationError("Choose one of the list.") from unknown


class WantedSchema(Schema):
    """The search, filters and order of the list, all optional."""

    q = Text(longest=LONGEST_SEARCH, blank=True)
    part = OneOf(Part)
    site = Text(longest=120, blank=True)
    pursued = OneOf(Certification)
    state = OneOf(SignupState)
    order = OneOf(Order)
    direction = Text(longest=4, blank=True)
    page = WholeNumber(lowest=1, highest=100_000, default=1)

    @post_load
    def make_wanted(self, data: dict[str, Any], **_: object) -> tuple[Wanted, int]:
        """Give who is looked for, and the number of the page."""
        wanted = Wanted(
            text=data["q"],
            part=data["part"],
            site=data["site"],
            pursued=data["pursued"],
            state=data["state"],
            order=data["order"] or Order.NAME,
            descending=data["direction"] == "down",
        )
        return wanted, data["page"]


class StepSchema(Schema):
    """A coordinator's step on one participant: the version that was seen, and why."""

    version = WholeNumber(lowest=1, highest=HIGHEST_VERSION)
    why = Text(longest=LONGEST_REASON)
