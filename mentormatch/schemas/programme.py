"""A programme's settings as they arrive from the form, and as the form shows them again."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, pre_load, validates_schema

from mentormatch.domain.certification import ASKS_FOR_MENTORING, MOST_MENTORSHIPS, Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import HIGHEST, Levels
from mentormatch.domain.policies import (
    MOST_COMMON_HOUR_POINTS,
    MOST_COMMON_HOURS,
    MOST_WAITING_POINTS,
    MOST_WISH_POINTS,
    Objective,
)
from mentormatch.domain.positions import DEFAULT_EMPHASIS, HIGHEST_EMPHASIS, Emphasis, Position, default_targets
from mentormatch.domain.programmes import PolicySettings, ProgrammeFace, ProgrammeSettings, SignupWindow
from mentormatch.domain.sentences import said
from mentormatch.schemas.fields import Member, Parsed, Text, TimeZone, WholeNumber, YesNo
from mentormatch.schemas.times import Day, LocalTime, instant_of, local_text

LONGEST_PROGRAMME_NAME: Final = 120
LONGEST_PURPOSE: Final = 4000
LONGEST_SLUG: Final = 60
RESERVED_SLUGS: Final = frozenset({"new"})
_SPELT_OUT: Final = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d"})
_SWITCHES: Final = ("shared_language", "other_site_only", "allow_earlier_pairings")
_NUMBERS: Final = ("minimum_common_hours", "wish_points", "common_hour_points", "waiting_points")
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]*")


def emphasis_key(position: Position, competency: Competency) -> str:
    """Name the field that carries how much a position needs a competency."""
    return f"emphasis_{position}_{competency}"


def target_key(position: Position, competency: Competency) -> str:
    """Name the field that carries the level usually aimed at in a position."""
    return f"target_{position}_{competency}"


def required_key(certification: Certification) -> str:
    """Name the field that carries how many mentorships a certification requires."""
    return f"required_{certification}"


def suggested_slug(name: str) -> str:
    """Make a name for addresses out of a programme's name; empty when nothing of it can be used."""
    spelt = name.lower().translate(_SPELT_OUT)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")


def _tables() -> dict[str, fields.Field[Any]]:
    cells: dict[str, fields.Field[Any]] = {
        required_key(c): WholeNumber(highest=MOST_MENTORSHIPS) for c in ASKS_FOR_MENTORING
    }
    for position in Position:
        for competency in Competency:
            cells[emphasis_key(position, competency)] = WholeNumber(highest=HIGHEST_EMPHASIS)
            cells[target_key(position, competency)] = WholeNumber(highest=HIGHEST)
    return cells


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class _Face(_Strict):
    name = Text(longest=LONGEST_PROGRAMME_NAME)
    purpose = Text(longest=LONGEST_PURPOSE, multiline=True)
    time_zone = TimeZone()
    opens_at = LocalTime()
    closes_at = LocalTime()
    hear_by = Day()

    @validates_schema(skip_on_field_errors=False)
    def check_days(self, data: Mapping[str, Any], **_: object) -> None:
        """Refuse a window that ends before it starts, and a promise to hear before sign-up closes."""
        if not {"opens_at", "closes_at", "hear_by", "time_zone"} <= data.keys():
            return
        opens_at, closes_at = (instant_of(data[end], data["time_zone"]) for end in ("opens_at", "closes_at"))
        if closes_at <= opens_at:
            raise ValidationError(said("Must be later than when sign-up opens."), "closes_at")
        if data["hear_by"] < data["closes_at"].date():
            raise ValidationError(said("Must not be before the day sign-up closes."), "hear_by")


class RulesSchema(_Strict):
    """What can be set differently in each of several policies held side by side."""

    teach_level = WholeNumber(lowest=1, highest=HIGHEST)
    floor_percent = WholeNumber(highest=100)
    objective = Member(Objective)
    shared_language = YesNo(default=False)
    minimum_common_hours = WholeNumber(highest=MOST_COMMON_HOURS)
    other_site_only = YesNo(default=False)
    allow_earlier_pairings = YesNo(default=False)
    wish_points = WholeNumber(highest=MOST_WISH_POINTS)
    common_hour_points = WholeNumber(highest=MOST_COMMON_HOUR_POINTS)
    waiting_points = WholeNumber(highest=MOST_WAITING_POINTS)


class _Matching(RulesSchema.from_dict(_tables(), name="Tables")):  # type: ignore[misc]  # built from positions
    @validates_schema(skip_on_field_errors=False)
    def check_emphasis(self, data: Mapping[str, Any], **_: object) -> None:
        """Refuse a position that needs nothing: there would be nothing to scale."""
        for position in Position:
            if not any(data.get(emphasis_key(position, c), 1) for c in Competency):
                first = emphasis_key(position, next(iter(Competency)))
                raise ValidationError(said("At least one competency of a position needs an emphasis above 0."), first)


class FaceSchema(_Face):
    """The public face of a programme: strings of the form in, a frozen `ProgrammeFace` out."""

    @post_load
    def make_face(self, data: dict[str, Any], **_: object) -> ProgrammeFace:
        """Give the checked answers, the window as two instants."""
        return ProgrammeFace(**_with_window(data))


class PolicySettingsSchema(_Matching):
    """The policy of a programme: strings of the form in, frozen `PolicySettings` out."""

    @post_load
    def make_policy(self, data: dict[str, Any], **_: object) -> PolicySettings:
        """Give the checked answers, the cells gathered to tables."""
        return PolicySettings(**_with_tables(data))


class ProgrammeSchema(_Face, _Matching):
    """The settings of a programme: strings of the form in, frozen `ProgrammeSettings` out."""

    @post_load
    def make_settings(self, data: dict[str, Any], **_: object) -> ProgrammeSettings:
        """Give the checked answers as frozen settings."""
        return ProgrammeSettings(**_with_tables(_with_window(data)))


class Slug(Parsed[str]):
    """A programme's name in addresses."""

    def _parse(self, value: object) -> str:
        text = value.strip() if isinstance(value, str) else ""
        if not _SLUG.fullmatch(text) or len(text) > LONGEST_SLUG:
            raise ValidationError(
                said("Use small letters a to z, digits and hyphens, at most %(most)s.", most=LONGEST_SLUG)
            )
        if text in RESERVED_SLUGS:
            raise ValidationError(said("This word is used by the site itself; choose another."))
        return text


class NewProgrammeSchema(ProgrammeSchema):
    """A new programme: its name in addresses, made from its name when left blank, and its settings."""

    slug = Slug()

    @pre_load
    def suggest(self, data: Mapping[str, Any], **_: object) -> dict[str, Any]:
        """Fill in what was left blank."""
        name, typed = str(data.get("name", "")).strip(), str(data.get("slug", "")).strip()
        # Without a name that one fault says it all.
        suggested = suggested_slug(name[:LONGEST_PROGRAMME_NAME]) if name else "unnamed"
        return {**data, "slug": typed or suggested}

    @post_load
    def make_settings(self, data: dict[str, Any], **_: object) -> tuple[str, ProgrammeSettings]:
        """Give the name in addresses and the settings."""
        return data.pop("slug"), super().make_settings(data)


def form_of(settings: ProgrammeSettings) -> dict[str, str]:
    """Give settings as the strings of their form; a switch that is off is absent, as browsers send it."""
    return {
        "name": settings.name,
        "purpose": settings.purpose,
        "time_zone": settings.time_zone,
        "opens_at": local_text(settings.window.opens_at, settings.time_zone),
        "closes_at": local_text(settings.window.closes_at, settings.time_zone),
        "hear_by": settings.hear_by.isoformat(),
        **policy_form_of(settings),
    }


def policy_form_of(settings: PolicySettings) -> dict[str, str]:
    """Give a policy as the strings of its form, in the same way."""
    return {
        **rules_form_of(settings),
        **{required_key(c): str(settings.mentorships_required[c]) for c in ASKS_FOR_MENTORING},
        **_cells(settings.emphasis, settings.targets),
    }


def rules_form_of(settings: PolicySettings) -> dict[str, str]:
    """Give what `RulesSchema` reads of a policy as strings, in the same way."""
    switches = {name: getattr(settings, name) for name in _SWITCHES}
    return {
        "teach_level": str(settings.teach_level),
        "floor_percent": str(settings.floor_percent),
        "objective": settings.objective.value,
        **{name: str(getattr(settings, name)) for name in _NUMBERS},
        **{name: "yes" for name, is_on in switches.items() if is_on},
    }


def proposed_tables() -> dict[str, str]:
    """Give our own proposal for weights and targets as strings of the form."""
    return _cells(DEFAULT_EMPHASIS, {p: default_targets(DEFAULT_EMPHASIS[p]) for p in Position})


def _with_window(data: dict[str, Any]) -> dict[str, Any]:
    ends = [instant_of(data.pop(end), data["time_zone"]) for end in ("opens_at", "closes_at")]
    return data | {"window": SignupWindow(*ends)}


def _with_tables(data: dict[str, Any]) -> dict[str, Any]:
    required = {c: data.pop(required_key(c)) for c in ASKS_FOR_MENTORING}
    emphasis = {p: _row(data, p, emphasis_key) for p in Position}
    targets = {p: _row(data, p, target_key) for p in Position}
    return data | {
        "mentorships_required": MappingProxyType(required),
        "emphasis": MappingProxyType(emphasis),
        "targets": MappingProxyType(targets),
    }


def _row(
    data: dict[str, Any], position: Position, key: Callable[[Position, Competency], str]
) -> Mapping[Competency, int]:
    return MappingProxyType({c: data.pop(key(position, c)) for c in Competency})


def _cells(emphasis: Mapping[Position, Emphasis], targets: Mapping[Position, Levels]) -> dict[str, str]:
    pairs = [(p, c) for p in Position for c in Competency]
    return {emphasis_key(p, c): str(emphasis[p][c]) for p, c in pairs} | {
        target_key(p, c): str(targets[p][c]) for p, c in pairs
    }
