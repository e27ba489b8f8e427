"""What the forms of a development plan carry: what was done, levels rated again, and a programme's own activities."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, post_load

from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import HIGHEST, Levels
from mentormatch.domain.plans import (
    LONGEST_ACTIVITY,
    LONGEST_NOTES,
    MOST_HOURS,
    RATED_AGAIN,
    ActivityKind,
    Occasion,
    StepDone,
)
from mentormatch.domain.sentences import said
from mentormatch.schemas.fields import Member, Text, WholeNumber, YesNo
from mentormatch.schemas.participants import HIGHEST_VERSION
from mentormatch.schemas.times import Day


class BlankableDay(Day):
    """A day that may be left blank, which gives None."""

    def __init__(self) -> None:
        super().__init__(default=None)

    def deserialize(self, value: object, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # marshmallow's signature
        """Read a blank field as None, everything else as a day."""
        blank = isinstance(value, str) and not value.strip()
        return super().deserialize(None if blank else value, *args, **kwargs)


def _records() -> dict[str, fields.Field[Any]]:
    asked: dict[str, fields.Field[Any]] = {}
    for kind in ActivityKind:
        asked[f"{kind}_done"] = YesNo(default=False)
        asked[f"{kind}_day"] = BlankableDay()
        asked[f"{kind}_hours"] = WholeNumber(highest=MOST_HOURS)
        asked[f"{kind}_notes"] = Text(longest=LONGEST_NOTES, blank=True, multiline=True)
    return asked


class RecordsSchema(Schema.from_dict(_records())):  # type: ignore[misc]  # a class made of the kinds of activity
    """What somebody writes down about the activities of one competency."""

    @post_load
    def make_records(self, data: dict[str, Any], **_: object) -> Mapping[ActivityKind, StepDone]:
        """Give one record for each kind of activity."""
        parts = ("done", "day", "hours", "notes")
        return {kind: StepDone(*(data[f"{kind}_{part}"] for part in parts)) for kind in ActivityKind}


def form_of_records(records: Mapping[ActivityKind, StepDone]) -> dict[str, str]:
    """Give records as the strings of their form; what is not done is absent, as browsers send it."""
    texts = {f"{kind}_done": "yes" for kind, record in records.items() if record.is_done}
    for kind, record in records.items():
        texts[f"{kind}_day"] = record.day.isoformat() if record.day else ""
        texts[f"{kind}_hours"] = str(record.hours)
        texts[f"{kind}_notes"] = record.notes
    return texts


class _Again(Member[Occasion]):
    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # marshmallow's signature
        occasion = super()._deserialize(*args, **kwargs)
        if occasion not in RATED_AGAIN:
            raise ValidationError(said("This is not one of the choices."))
        return occasion


_LEVELS: Final = {c.value: WholeNumber(highest=HIGHEST) for c in Competency}


class RatingsSchema(Schema.from_dict(dict(_LEVELS))):  # type: ignore[misc]  # as above
    """Sixteen levels, when they were rated, and the version of the sign-up that was seen."""

    occasion = _Again(Occasion)
    version = WholeNumber(highest=HIGHEST_VERSION, default=0)

    @post_load
    def make_levels(self, data: dict[str, Any], **_: object) -> tuple[Occasion, Levels, int]:
        """Give the occasion, the levels and the version."""
        levels = MappingProxyType({c: data[c.value] for c in Competency})
        return data["occasion"], levels, data["version"]


def activity_key(competency: Competency, kind: ActivityKind) -> str:
    """Name the field that carries a programme's words for an activity."""
    return f"{competency}_{kind}"


_TEXTS: Final = {
    activity_key(c, kind): Text(longest=LONGEST_ACTIVITY, blank=True) for c in Competency for kind in ActivityKind
}


class ActivitiesSchema(Schema.from_dict(dict(_TEXTS))):  # type: ignore[misc]  # as above
    """A programme's own words for all activities, blank where ours shall stand, and the version that was seen."""

    version = WholeNumber(highest=HIGHEST_VERSION)

    @post_load
    def make_texts(
        self, data: dict[str, Any], **_: object
    ) -> tuple[Mapping[tuple[Competency, ActivityKind], str], int]:
        """Give the texts and the version."""
        texts = {(c, kind): data[activity_key(c, kind)] for c in Competency for kind in ActivityKind}
        return texts, data["version"]
