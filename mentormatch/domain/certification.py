"""The certification ladder and the mentoring that its upper steps ask for."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mentormatch.domain.sentences import said


class Certification(StrEnum):
    """A step of the Lean Certification ladder, lowest first."""

    NONE = "none"
    KNOWLEDGE = "knowledge"
    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"


CERTIFICATION_TITLES: Final[Mapping[Certification, str]] = MappingProxyType(
    {
        Certification.NONE: said("None"),
        Certification.KNOWLEDGE: said("Knowledge"),
        Certification.BRONZE: said("Bronze"),
        Certification.SILVER: said("Silver"),
        Certification.GOLD: said("Gold"),
    }
)

ASKS_FOR_MENTORING: Final = (Certification.SILVER, Certification.GOLD)
"""The steps whose candidates must show that they have mentored others."""

MENTORSHIPS_REQUIRED: Final[Mapping[Certification, int]] = MappingProxyType(
    {Certification.SILVER: 1, Certification.GOLD: 2}
)
"""Our starting values, cumulative; how many the certifier asks for is not published."""

CERTIFIER_REMARK: Final = said(
    "These numbers are this programme's own setting. "
    "Check the current SME instructions for what the certifier asks for."
)
MOST_MENTORSHIPS: Final = 99
HIGHEST_CAPACITY: Final = 5


def places_needed(
    pursued: Certification, completed: int, capacity: int, required: Mapping[Certification, int] = MENTORSHIPS_REQUIRED
) -> int:
    """Count the mentees a mentor still needs for the certification pursued, at most `capacity`."""
    if pursued not in ASKS_FOR_MENTORING:
        return 0
    return max(0, min(required.get(pursued, 0) - completed, capacity))
