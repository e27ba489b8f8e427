"""What a coordinator may ask of the audit trail."""

from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, post_load, validates_schema

from mentormatch.domain.sentences import said
from mentormatch.domain.trails import Subject, TrailSearch
from mentormatch.schemas.fields import Parsed, Text, WholeNumber
from mentormatch.schemas.participants import LONGEST_SEARCH, OneOf


class Day(Parsed[date | None]):
    """A day as a date field sends it, year first; blank for none."""

    def __init__(self) -> None:
        super().__init__(default=None)

    def _parse(self, value: object) -> date | None:
        try:
            return date.fromisoformat(str(value)) if value else None
        except ValueError as wrong:
            raise ValidationError(said("Write the day as year, month, day: 2026-11-22.")) from wrong


class TrailSearchSchema(Schema):
    """The search and the filters of the trail, all optional."""

    q = Text(longest=LONGEST_SEARCH, blank=True)
    about = OneOf(Subject)
    by = Text(longest=LONGEST_SEARCH, blank=True)
    since = Day()
    until = Day()
    page = WholeNumber(lowest=1, highest=100_000, default=1)

    @validates_schema
    def check_days(self, data: dict[str, Any], **_: object) -> None:
        """Refuse a last day before the first."""
        if data["since"] and data["until"] and data["until"] < data["since"]:
            raise ValidationError(said("Choose a last day that is not before the first."), "until")

    @post_load
    def make_search(self, data: dict[str, Any], **_: object) -> tuple[TrailSearch, int]:
        """Give what is looked for, and the number of the page."""
        search = TrailSearch(data["q"], data["about"], data["by"], data["since"], data["until"])
        return search, data["page"]
