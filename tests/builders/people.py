"""Sign-ups of believable people, with whatever a test wants to be different about them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.positions import Position
from mentormatch.domain.signups import Signup


def ratings(everywhere: int, **differing: int) -> Mapping[Competency, int]:
    """Return one level for all sixteen competencies, another one for those that are named by their keys."""
    return MappingProxyType({c: differing.get(c.value, everywhere) for c in Competency})


def mentee(**differing: Any) -> Signup:  # noqa: ANN401 -- any field of a sign-up
    """Return a sign-up of someone at level 1 everywhere who wants a mentor and offers nothing."""
    answers: dict[str, Any] = {
        "email": "mei@firm.example",
        "name": "Mei Tanaka",
        "organisation": "Firm",
        "site": "Nagoya",
        "time_zone": "Asia/Tokyo",
        "languages": ("en", "ja"),
        "manager_email": None,
        "position": Position.VALUE_STREAM,
        "position_aimed_at": Position.VALUE_STREAM,
        "offers_mentoring": False,
        "capacity": 0,
        "wants_mentor": True,
        "certification_held": Certification.NONE,
        "certification_pursued": Certification.NONE,
        "mentorships_completed": 0,
        "levels": ratings(1),
        "targets": MappingProxyType({}),
    }
    return Signup(**answers | differing)


def mentor(**differing: Any) -> Signup:  # noqa: ANN401 -- any field of a sign-up
    """Return a sign-up of someone at level 4 everywhere who offers two places and seeks nobody."""
    answers: dict[str, Any] = {
        "email": "omar@firm.example",
        "name": "Omar Haddad",
        "site": "Lyon",
        "time_zone": "Europe/Paris",
        "languages": ("en", "fr"),
        "offers_mentoring": True,
        "capacity": 2,
        "wants_mentor": False,
        "certification_held": Certification.BRONZE,
        "levels": ratings(4),
    }
    return mentee(**answers | differing)


def candidate(**differing: Any) -> Signup:  # noqa: ANN401 -- any field of a sign-up
    """Return a sign-up of a mentor who pursues Silver and has not mentored anybody yet."""
    answers: dict[str, Any] = {
        "email": "silva@firm.example",
        "name": "Silva Candida",
        "certification_pursued": Certification.SILVER,
        "mentorships_completed": 0,
    }
    return mentor(**answers | differing)


def both(**differing: Any) -> Signup:  # noqa: ANN401 -- any field of a sign-up
    """Return a sign-up of someone strong in the first eight competencies who wants a mentor for the others."""
    answers: dict[str, Any] = {
        "email": "bo@firm.example",
        "name": "Bo Both",
        "offers_mentoring": True,
        "capacity": 1,
        "wants_mentor": True,
        "levels": MappingProxyType({c: 4 if i < 8 else 1 for i, c in enumerate(Competency)}),
    }
    return mentee(**answers | differing)
