"""The policy: every setting that decides how a matching round pairs people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mentormatch.domain.certification import MENTORSHIPS_REQUIRED, Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import TEACH_LEVEL, Levels
from mentormatch.domain.positions import DEFAULT_EMPHASIS, Position, default_targets, weights_of
from mentormatch.domain.working_hours import WORKING_HOURS


class Objective(StrEnum):
    """What a round maximises once the candidates are served."""

    COVERAGE = "coverage"
    PARTICIPATION = "participation"


FLOOR_PERCENT: Final = 10
MOST_COMMON_HOURS: Final = WORKING_HOURS
"""The most common working hours that a rule can ask for."""
WISH_POINTS: Final = 50
MOST_WISH_POINTS: Final = 1000
MOST_COMMON_HOUR_POINTS: Final = 100
WAITING_POINTS: Final = 40
MOST_WAITING_POINTS: Final = 1000
ROUNDS_COUNTED: Final = 5
"""At most so many earlier rounds in which somebody was left without a mentor give points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The settings of a round; `floor_percent` is a share of the mentee's own gap points.

    `wish_points` are for a pair the mentee wished for, `common_hour_points` for each whole working hour in common,
    `waiting_points` for each earlier round that left this mentee without a mentor; they never make a pair eligible.
    `weights` give, per position, whole numbers that sum to 1000; `targets` the default level to aim at.
    """

    teach_level: int = TEACH_LEVEL
    floor_percent: int = FLOOR_PERCENT
    objective: Objective = Objective.COVERAGE
    shared_language: bool = True
    minimum_common_hours: int = 0
    other_site_only: bool = False
    allow_earlier_pairings: bool = False
    wish_points: int = WISH_POINTS
    common_hour_points: int = 0
    waiting_points: int = WAITING_POINTS
    mentorships_required: Mapping[Certification, int] = field(default_factory=lambda: MENTORSHIPS_REQUIRED)
    weights: Mapping[Position, Mapping[Competency, int]] = field(
        default_factory=lambda: MappingProxyType({p: weights_of(DEFAULT_EMPHASIS[p]) for p in Position})
    )
    targets: Mapping[Position, Levels] = field(
        default_factory=lambda: MappingProxyType({p: default_targets(DEFAULT_EMPHASIS[p]) for p in Position})
    )
