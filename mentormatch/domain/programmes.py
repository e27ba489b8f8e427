"""A mentoring programme: its public face, its sign-up window and the settings of its rounds."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
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
class PolicySettings:
    """What a coordinator sets for the matching; the emphasis of each position becomes its weights."""

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


@dataclass(frozen=True, kw_only=True)
class ProgrammeFace:
    """What a coordinator sets for the public page; `time_zone` is an IANA name, `hear_by` the day results are due."""

    name: str
    purpose: str
    time_zone: str
    window: SignupWindow
    hear_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSettings(PolicySettings, ProgrammeFace):
    """Everything that a coordinator sets for a programme: its policy and its public face."""

    def with_policy(self, chosen: PolicySettings) -> "ProgrammeSettings":
        """Give the same programme with another policy."""
        return replace(self, **{each.name: getattr(chosen, each.name) for each in fields(PolicySettings)})

    def with_face(self, chosen: ProgrammeFace) -> "ProgrammeSettings":
        """Give the same programme with another public face."""
        return replace(self, **{each.name: getattr(chosen, each.name) for each in fields(ProgrammeFace)})

    def policy_settings(self) -> PolicySettings:
        """Give the part that decides how rounds pair people."""
        return PolicySettings(**{each.name: getattr(self, each.name) for each in fields(PolicySettings)})
