"""The sign-up form between a browser and its schema: read leniently, and faults told in the page's own words."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from flask import request
from marshmallow import EXCLUDE, ValidationError
from werkzeug.datastructures import MultiDict

from mentormatch.domain.competencies import Competency
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.levels import Levels
from mentormatch.domain.positions import Position
from mentormatch.domain.sentences import said, uncapped
from mentormatch.domain.signups import Signup
from mentormatch.schemas.signup import SignupSchema, answers_of, target_key
from mentormatch.web.forms import Form
from mentormatch.web.languages import speaking

LANGUAGE_CHOICES: Final = (
    *("en", "ar", "zh", "cs", "da", "nl", "fi", "fr", "de", "hi", "hu", "it", "ja", "ko", "nb"),
    *("pl", "pt", "ro", "ru", "es", "sv", "tr", "uk", "vi"),
)
"""The languages with a box to tick; any other is typed."""

_SCHEMA: Final = SignupSchema()
_LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "name": (said("Name"), said("Enter your name.")),
    "email": (said("Work email"), said("Enter your work email.")),
    "organisation": (said("Organisation"), said("Enter the organisation you work for.")),
    "site": (said("Site"), said("Enter the site where you work.")),
    "time_zone": (said("Time zone"), said("Choose your time zone.")),
    "languages": (said("Languages"), said("Choose at least one language.")),
    "manager_email": (said("Your line manager’s email"), said("Enter your line manager’s email, or leave it empty.")),
    "position": (said("Position now"), said("Choose the position you are in now.")),
    "position_aimed_at": (said("Position aimed at"), said("Choose the position you aim at.")),
    "offers_mentoring": (said("Offer to mentor"), said("Say whether you offer to mentor.")),
    "wants_mentor": (said("Your part"), said("Offer to mentor, or ask for a mentor, or both.")),
    "capacity": (said("How many people you would mentor"), said("Choose how many people you would mentor.")),
    "certification_held": (said("Certification you hold"), said("Choose the certification you hold, or None.")),
    "certification_pursued": (said("Certification you pursue"), said("Choose the certification you pursue, or None.")),
    "mentorships_completed": (
        said("Mentorships completed"),
        said("Enter how many mentorships you have completed; 0 if none."),
    ),
    "hopes": (said("What you hope for"), said("Say what you hope for.")),
}
"""Every question in the order of the page: what it is called, and what to do when it was left open."""


def read_signup(targets: Mapping[Position, Levels], *, email: str | None = None) -> Form:
    """Load the request's form; `targets` are the programme's defaults, `email` the address where it is settled."""
    typed = {name: request.form[name] for name in _SCHEMA.fields if name in request.form}
    typed["languages"] = _languages(request.form.getlist("languages"))
    typed |= _followed_targets(request.form, targets)
    if email is not None:
        typed["email"] = email
    offers = typed.get("offers_mentoring") == "yes"
    try:
        return Form(typed, data=_SCHEMA.load(typed if offers else typed | {"capacity": ""}, unknown=EXCLUDE))
    except ValidationError as refused:
        return Form(typed, errors=_told(refused.messages_dict, typed))


def filled_in(signup: Signup) -> Form:
    """Return the form as its owner left it."""
    return Form(answers_of(signup))


def empty_form() -> Form:
    """Return the form as a newcomer finds it."""
    return Form({"mentorships_completed": "0"})


def ticked_and_typed(form: Form) -> tuple[list[str], str]:
    """Part the languages of a form into those that have a box and the text for the others."""
    codes = [code for code in str(form.values.get("languages", "")).split(";") if code]
    return codes, "; ".join(code for code in codes if code not in LANGUAGE_CHOICES)


def _languages(entries: Iterable[str]) -> str:
    words = [word for entry in entries for word in re.split(r"[;,]", entry) if word.strip()]
    return ";".join(dict.fromkeys(speaking().language_code(word) for word in words))


def _followed_targets(typed: MultiDict[str, str], targets: Mapping[Position, Levels]) -> dict[str, str]:
    """Give the targets that merely repeat what they were filled in with as open: they follow the position aimed at.

    Without a script they still show the former position's defaults when another position has been chosen.
    """
    nothing: Levels = {}
    shown = {str(p): levels for p, levels in targets.items()}.get(typed.get("targets_for", ""), nothing)
    return {target_key(c): "" for c in Competency if typed.get(target_key(c)) == str(shown.get(c))}


def _told(messages: Mapping[str, list[str]], typed: Mapping[str, str]) -> dict[str, str]:
    told = {name: _sentence(name, found[0], typed) for name, found in messages.items()}
    order = [*_LABELS, *(key for c in Competency for key in (c.value, target_key(c)))]
    return {name: told[name] for name in order if name in told}


def _sentence(name: str, message: str, typed: Mapping[str, str]) -> str:
    label, unanswered = _label(name)
    if not typed.get(name, "").strip():
        return unanswered
    return said("%(label)s: %(words)s", label=label, words=uncapped(message))


def _label(name: str) -> tuple[str, str]:
    if name in _LABELS:
        return _LABELS[name]
    title = COMPETENCY_TEXTS[Competency(name.removesuffix("_target"))].title
    if name.endswith("_target"):
        return (
            said("%(competency)s, level you aim at", competency=title),
            said("Choose the level you aim at in %(competency)s.", competency=title),
        )
    return title, said("Choose your level now in %(competency)s.", competency=title)
