"""The sign-up as it arrives, from the form or from a row of a spreadsheet, and as it is shown again."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validates_schema

from mentormatch.domain.certification import HIGHEST_CAPACITY, MOST_MENTORSHIPS, Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import HIGHEST
from mentormatch.domain.mailboxes import mailbox
from mentormatch.domain.positions import Position
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import Signup
from mentormatch.schemas.fields import (
    BlankableNumber,
    EmailAddress,
    Languages,
    Member,
    Text,
    TimeZone,
    WholeNumber,
    YesNo,
)

LONGEST_NAME: Final = 120
LONGEST_HOPES: Final = 2000


def target_key(competency: Competency) -> str:
    """Name the field that carries the level aimed at in a competency."""
    return f"{competency}_target"


RATING_KEYS: Final = tuple(key for c in Competency for key in (c.value, target_key(c)))


def _ratings() -> dict[str, fields.Field[Any]]:
    ratings: dict[str, fields.Field[Any]] = {}
    for competency in Competency:
        ratings[competency.value] = WholeNumber(highest=HIGHEST)
        ratings[target_key(competency)] = BlankableNumber(highest=HIGHEST)
    return ratings


class _Answers(Schema):
    class Meta:
        unknown = RAISE

    email = EmailAddress()
    name = Text(longest=LONGEST_NAME)
    organisation = Text(longest=LONGEST_NAME)
    site = Text(longest=LONGEST_NAME)
    time_zone = TimeZone()
    languages = Languages()
    manager_email = EmailAddress(blank=True)
    position = Member(Position)
    position_aimed_at = Member(Position)
    offers_mentoring = YesNo(default=False)
    capacity = BlankableNumber(highest=HIGHEST_CAPACITY)
    wants_mentor = YesNo(default=False)
    certification_held = Member(Certification)
    certification_pursued = Member(Certification)
    mentorships_completed = WholeNumber(highest=MOST_MENTORSHIPS)
    hopes = Text(longest=LONGEST_HOPES, blank=True, multiline=True)


class SignupSchema(_Answers.from_dict(_ratings(), name="Ratings")):  # type: ignore[misc]  # built from the sixteen
    """One sign-up: strings of a form or of a spreadsheet row in, a frozen `Signup` out."""

    # These run beside faults in other fields too, so that everything wrong is told at once; a field with a
    # fault of its own is missing from `data`.
    @validates_schema(skip_on_field_errors=False)
    def check_offer(self, data: Mapping[str, Any], **_: object) -> None:
        """Refuse a capacity without an offer, an offer without a capacity, and a sign-up for nothing."""
        offers, capacity = data.get("offers_mentoring"), data.get("capacity", 0)
        if offers is False and (capacity or 0) > 0:
            raise ValidationError(said("Must be 0 for someone who does not offer to mentor."), "capacity")
        if offers and capacity is None:
            raise ValidationError(said("Say how many people you would mentor."), "capacity")
        if offers is False and data.get("wants_mentor") is False:
            raise ValidationError(said("Offer to mentor, or ask for a mentor, or both."), "wants_mentor")

    @validates_schema(skip_on_field_errors=False)
    def check_line_manager(self, data: Mapping[str, Any], **_: object) -> None:
        """Refuse a line manager who is the person."""
        manager, person = data.get("manager_email"), data.get("email")
        if manager and person and mailbox(manager) == mailbox(person):
            raise ValidationError(said("Must be another person's address."), "manager_email")

    @post_load
    def make_signup(self, data: dict[str, Any], **_: object) -> Signup:
        """Give the checked answers as a frozen sign-up."""
        levels = {c: data.pop(c.value) for c in Competency}
        targets = {c: data.pop(target_key(c)) for c in Competency}
        data["capacity"] = data["capacity"] or 0
        data["manager_email"] = data["manager_email"] or None
        return Signup(
            **data,
            levels=MappingProxyType(levels),
            targets=MappingProxyType({c: level for c, level in targets.items() if level is not None}),
        )


def answers_of(signup: Signup) -> dict[str, str]:
    """Give a sign-up as the strings of its form, which load to the same sign-up again."""
    answers = {
        "email": signup.email,
        "name": signup.name,
        "organisation": signup.organisation,
        "site": signup.site,
        "time_zone": signup.time_zone,
        "languages": ";".join(signup.languages),
        "manager_email": signup.manager_email or "",
        "position": signup.position.value,
        "position_aimed_at": signup.position_aimed_at.value,
        "offers_mentoring": "yes" if signup.offers_mentoring else "no",
        "capacity": str(signup.capacity),
        "wants_mentor": "yes" if signup.wants_mentor else "no",
        "certification_held": signup.certification_held.value,
        "certification_pursued": signup.certification_pursued.value,
        "mentorships_completed": str(signup.mentorships_completed),
        "hopes": signup.hopes,
    }
    for competency in Competency:
        answers[competency.value] = str(signup.levels[competency])
        answers[target_key(competency)] = str(signup.targets.get(competency, ""))
    return answers
