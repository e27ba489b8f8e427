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


class Objective(StrEnum):
    """What a round maximises once the candidates are served."""

    COVERAGE = "coverage"
    PARTICIPATION = "participation"


FLOOR_PERCENT: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The settings of a round; `floor_percent` is a share of the mentee's own gap points.

    `weights` give, per position, whole numbers that sum to 1000; `targets` the default level to aim at.
    """

    teach_level: int = TEACH_LEVEL
    floor_percent: int = FLOOR_PERCENT
    objective: Objective = Objective.COVERAGE
    shared_language: bool = True
    allow_earlier_pairings: bool = False
    mentorships_required: Mapping[Certification, int] = field(default_factory=lambda: MENTORSHIPS_REQUIRED)
    weights: Mapping[Position, Mapping[Competency, int]] = field(
        default_factory=lambda: MappingProxyType({p: weights_of(DEFAULT_EMPHASIS[p]) for p in Position})
    )
    targets: Mapping[Position, Levels] = field(
        default_factory=lambda: MappingProxyType({p: default_targets(DEFAULT_EMPHASIS[p]) for p in Position})
    )
