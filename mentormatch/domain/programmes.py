"""A mentoring programme: its public face, its sign-up window and the settings of its rounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from mentormatch.domain.certification import Certification
from mentormatch.domain.levels import Levels
from mentormatch.domain.policies import Objective, Policy
from mentormatch.domain.positions import Emphasis, Position, weights_of


class WindowState(StrEnum):
    """Whether sign-up is still to come, open, or over."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SignupWindow:
    """The time in which people can sign up and change their answers; both ends are aware datetimes."""

    opens_at: datetime
    closes_at: datetime

    def state_at(self, now: datetime) -> WindowState:
        """Tell where `now` lies; the opening instant is inside, the closing instant outside."""
        if now < self.opens_at:
            return WindowState.BEFORE
        return WindowState.OPEN if now < self.closes_at else WindowState.CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSettings:
    """What a coordinator sets for a programme; `time_zone` is an IANA name, `hear_by` the day results are promised."""

    name: str
    purpose: str
    time_zone: str
    window: SignupWindow
    hear_by: date
    teach_level: int
    floor_percent: int
    objective: Objective
    shared_language: bool
    minimum_common_hours: int
    other_site_only: bool
    allow_earlier_pairings: bool
    wish_points: int
    common_hour_points: int
    waiting_points: int
    mentorships_required: Mapping[Certification, int]
    emphasis: Mapping[Position, Emphasis]
    targets: Mapping[Position, Levels]

    def policy(self) -> Policy:
        """Build the policy a round of this programme runs under."""
        return Policy(
            teach_level=self.teach_level,
            floor_percent=self.floor_percent,
            objective=self.objective,
            shared_language=self.shared_language,
            minimum_common_hours=self.minimum_common_hours,
            other_site_only=self.other_site_only,
            allow_earlier_pairings=self.allow_earlier_pairings,
            wish_points=self.wish_points,
            common_hour_points=self.common_hour_points,
            waiting_points=self.waiting_points,
            mentorships_required=self.mentorships_required,
            weights=MappingProxyType({p: weights_of(self.emphasis[p]) for p in Position}),
            targets=self.targets,
        )
