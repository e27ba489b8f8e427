"""The settings of a programme, and the form that asks for them."""

from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from mentormatch.domain.certification import MENTORSHIPS_REQUIRED
from mentormatch.domain.policies import Objective
from mentormatch.domain.positions import DEFAULT_EMPHASIS, Position, default_targets
from mentormatch.domain.programmes import ProgrammeSettings, SignupWindow
from mentormatch.schemas.programme import proposed_tables


def settings(**differing: Any) -> ProgrammeSettings:  # noqa: ANN401 -- any field of the settings
    """Return settings with our proposal for the matching and a window in March."""
    fields: dict[str, Any] = {
        "name": "North 2026",
        "purpose": "Lean practitioners of the northern sites teach one another.",
        "time_zone": "Europe/Berlin",
        "window": SignupWindow(datetime(2026, 3, 1, 8, tzinfo=UTC), datetime(2026, 3, 20, 16, tzinfo=UTC)),
        "hear_by": date(2026, 4, 1),
        "teach_level": 3,
        "floor_percent": 10,
        "objective": Objective.COVERAGE,
        "shared_language": True,
        "minimum_common_hours": 0,
        "other_site_only": False,
        "allow_earlier_pairings": False,
        "wish_points": 50,
        "common_hour_points": 0,
        "waiting_points": 40,
        "mentorships_required": MENTORSHIPS_REQUIRED,
        "emphasis": DEFAULT_EMPHASIS,
        "targets": MappingProxyType({p: default_targets(DEFAULT_EMPHASIS[p]) for p in Position}),
    }
    return ProgrammeSettings(**fields | differing)


def settings_form(**differing: str) -> dict[str, str]:
    """Return what a browser sends for such settings."""
    fields = {
        "name": "North 2026",
        "purpose": "Lean practitioners of the northern sites teach one another.",
        "time_zone": "Europe/Berlin",
        "opens_at": "2026-03-01T09:00",
        "closes_at": "2026-03-20T17:00",
        "hear_by": "2026-04-01",
        "teach_level": "3",
        "floor_percent": "10",
        "objective": "coverage",
        "shared_language": "yes",
        "minimum_common_hours": "0",
        "wish_points": "50",
        "common_hour_points": "0",
        "waiting_points": "40",
        "required_silver": "1",
        "required_gold": "2",
        **proposed_tables(),
    }
    return fields | differing
