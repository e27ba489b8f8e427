"""The form of a programme's settings between a browser and its schema: named faults, and shares beside weights."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from flask import request
from marshmallow import Schema, ValidationError

from mentormatch.domain.certification import ASKS_FOR_MENTORING, CERTIFICATION_TITLES, MENTORSHIPS_REQUIRED
from mentormatch.domain.competencies import Competency
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.levels import TEACH_LEVEL
from mentormatch.domain.policies import FLOOR_PERCENT, WAITING_POINTS, WISH_POINTS, Objective
from mentormatch.domain.positions import POSITION_TITLES, Position, weights_of
from mentormatch.domain.programmes import PolicySettings, ProgrammeSettings
from mentormatch.domain.sentences import Sentence, said
from mentormatch.schemas.fields import WholeNumber
from mentormatch.schemas.programme import (
    emphasis_key,
    form_of,
    policy_form_of,
    proposed_tables,
    required_key,
    target_key,
)
from mentormatch.web.forms import Form, read_form

Shares = Mapping[Position, Mapping[Competency, int]]
"""Weights per thousand; a position is absent while what is typed for it cannot be scaled."""

_LABELS: Final[Mapping[str, str]] = {
    "name": said("Name"),
    "slug": said("Name in addresses"),
    "purpose": said("Purpose"),
    "time_zone": said("Time zone"),
    "opens_at": said("Sign-up opens"),
    "closes_at": said("Sign-up closes"),
    "hear_by": said("People hear by"),
    "objective": said("What a round aims at"),
    "teach_level": said("Teach level"),
    "floor_percent": said("Least share of a gap"),
    "shared_language": said("A shared language"),
    "minimum_common_hours": said("Least working hours in common"),
    "other_site_only": said("Another site"),
    "allow_earlier_pairings": said("Earlier pairings"),
    "wish_points": said("Points for a wish"),
    "common_hour_points": said("Points for each working hour in common"),
    "waiting_points": said("Points for each round without a mentor"),
    **{
        required_key(c): said("Mentorships required for %(certification)s", certification=CERTIFICATION_TITLES[c])
        for c in ASKS_FOR_MENTORING
    },
    **{
        emphasis_key(p, c): said(
            "%(competency)s, %(position)s, emphasis",
            competency=COMPETENCY_TEXTS[c].title,
            position=POSITION_TITLES[p],
        )
        for c in Competency
        for p in Position
    },
    **{
        target_key(p, c): said(
            "%(competency)s, %(position)s, usual target",
            competency=COMPETENCY_TEXTS[c].title,
            position=POSITION_TITLES[p],
        )
        for c in Competency
        for p in Position
    },
}
"""Every field in the order of the page, by what it is called there."""
FACE: Final = ("name", "purpose", "time_zone", "opens_at", "closes_at", "hear_by")
"""The fields of the public face; all others but the name in addresses belong to the policy."""
OBJECTIVES: Final = (
    (
        Objective.COVERAGE,
        said("Coverage first"),
        said("Closes the largest part of all gaps together, even if a few more people stay without a mentor."),
    ),
    (
        Objective.PARTICIPATION,
        said("Participation first"),
        said("Gives as many people as possible a mentor, even if the pairs fit a little less well."),
    ),
)
OVERTAKEN: Final = said(
    "Someone saved these settings since you opened them, and nothing of this page was saved. "
    "Save once more to keep what you see here."
)
_DIGITS: Final = frozenset("0123456789")
_LARGEST_VERSION: Final = 2**31 - 1


def blank_form() -> Form:
    """Return the form of a new programme: our proposal for the matching, everything else still open."""
    required = {required_key(c): str(MENTORSHIPS_REQUIRED[c]) for c in ASKS_FOR_MENTORING}
    matching = {"teach_level": str(TEACH_LEVEL), "floor_percent": str(FLOOR_PERCENT), "shared_language": "yes"}
    points = {"wish_points": str(WISH_POINTS), "waiting_points": str(WAITING_POINTS)}
    nothing = {"minimum_common_hours": "0", "common_hour_points": "0"}
    return Form({"objective": Objective.COVERAGE.value} | matching | points | nothing | required | proposed_tables())


def filled_form(settings: ProgrammeSettings) -> Form:
    """Return the form as it was saved last."""
    return Form(form_of(settings))


def read_programme(schema: Schema) -> Form:
    """Load the request's form; every fault says which field it is about."""
    form = read_form(schema)
    told = {
        name: said("%(label)s: %(words)s", label=_LABELS.get(name, name), words=_uncapped(error))
        for name, error in form.errors.items()
    }
    return replace(form, errors={name: told[name] for name in (*_LABELS, *told) if name in told})


def wants_proposal() -> bool:
    """Tell whether the button was pressed that only fills our proposal in."""
    return "proposal" in request.form


def with_proposal(form: Form) -> Form:
    """Return the form with our proposal for weights and targets filled in, and nothing judged yet."""
    return Form(dict(form.values) | proposed_tables())


def seen_version() -> int:
    """Return the version the form was made from; 0, which no row has, when it does not say."""
    try:
        return int(WholeNumber(highest=_LARGEST_VERSION).deserialize(request.form.get("version", "")))
    except ValidationError:
        return 0


def shares_of(values: Mapping[str, Any]) -> Shares:
    """Scale what is typed as emphasis to shares, position by position."""
    shares = {p: _share({c: values.get(emphasis_key(p, c), "") for c in Competency}) for p in Position}
    return {p: share for p, share in shares.items() if share}


def face_instead(saved: ProgrammeSettings, typed: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Name the fields of a public face that is saved with another value than the one typed, and that value."""
    kept = form_of(saved)
    return tuple((_LABELS[name], kept[name]) for name in FACE if kept[name] != typed.get(name))


def policy_instead(saved: PolicySettings, typed: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Name the fields of a policy that is saved with another value than the one typed, and that value."""
    kept = policy_form_of(saved)
    differing = [name for name in _LABELS if name not in (*FACE, "slug") and kept.get(name) != typed.get(name)]
    return tuple((_LABELS[name], kept.get(name, "no")) for name in differing)


def _share(emphasis: Mapping[Competency, Any]) -> Mapping[Competency, int]:
    if not all(str(n).strip() in _DIGITS for n in emphasis.values()):
        return {}
    numbers = {c: int(n) for c, n in emphasis.items()}
    return weights_of(numbers) if any(numbers.values()) else {}


def _uncapped(sentence: str) -> str:
    text = sentence[:1].lower() + sentence[1:]
    if not isinstance(sentence, Sentence):
        return text
    # Only in English: other languages write the sentence as it stands in their file.
    return Sentence(text, sentence.source, sentence.plural, **sentence.values)
