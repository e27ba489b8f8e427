"""What a coordinator may ask of the list of participants, and why somebody is paused."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from marshmallow import Schema, ValidationError, post_load

from mentormatch.domain.certification import Certification
from mentormatch.domain.positions import Position
from mentormatch.domain.searches import PAGE_SIZES, Missing, Order, Part, Wanted
from mentormatch.domain.sentences import said
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
            raise ValidationError(said("Choose one of the list.")) from unknown


class PageSize(WholeNumber):
    """One of the numbers of people that a page may list."""

    def __init__(self) -> None:
        super().__init__(lowest=1, highest=PAGE_SIZES[-1], default=PAGE_SIZES[-1])

    def _parse(self, value: object) -> int:
        size = super()._parse(value)
        if size not in PAGE_SIZES:
            raise ValidationError(said("Choose one of the list."))
        return size


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for: who, which page, and how many to a page."""

    wanted: Wanted
    page: int
    size: int


class WantedSchema(Schema):
    """The search, filters and order of the list, all optional."""

    q = Text(longest=LONGEST_SEARCH, blank=True)
    part = OneOf(Part)
    site = Text(longest=120, blank=True)
    position = OneOf(Position)
    pursued = OneOf(Certification)
    held = OneOf(Certification)
    state = OneOf(SignupState)
    missing = OneOf(Missing)
    order = OneOf(Order)
    direction = Text(longest=4, blank=True)
    page = WholeNumber(lowest=1, highest=100_000, default=1)
    size = PageSize()

    @post_load
    def make_asked(self, data: dict[str, Any], **_: object) -> Asked:
        """Give who is looked for, and which page of them."""
        narrowed = {name: data[name] for name in ("part", "site", "position", "pursued", "held", "state", "missing")}
        wanted = Wanted(
            text=data["q"], order=data["order"] or Order.NAME, descending=data["direction"] == "down", **narrowed
        )
        return Asked(wanted, data["page"], data["size"])


class StepSchema(Schema):
    """A coordinator's step on one participant: the version that was seen, and why."""

    version = WholeNumber(lowest=1, highest=HIGHEST_VERSION)
    why = Text(longest=LONGEST_REASON)
