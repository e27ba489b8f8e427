"""Programmes as they are kept: from a row to its settings and back, and the counter of what a round stands on."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.certification import ASKS_FOR_MENTORING
from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import NotFound
from mentormatch.domain.policies import Objective
from mentormatch.domain.positions import Position
from mentormatch.domain.programmes import PolicySettings, ProgrammeSettings, SignupWindow
from mentormatch.domain.sentences import said
from mentormatch.persistence.models import Programme

MOST_EARLIER_POLICIES: Final = 8
"""How many policies that were set before the present one can be put back."""
_BEFORE_IT: Final = "before_it"


def programme_of(session: Session, programme_id: int) -> Programme:
    """Return the row of a programme; raises NotFound."""
    row = session.get(Programme, programme_id)
    if row is None:
        raise NotFound(said("There is no such programme."))
    return row


def settings_of(row: Programme) -> ProgrammeSettings:
    """Return the settings that a row keeps."""
    return ProgrammeSettings(
        name=row.name,
        purpose=row.purpose,
        time_zone=row.time_zone,
        window=SignupWindow(row.opens_at, row.closes_at),
        hear_by=row.hear_by,
        teach_level=row.teach_level,
        floor_percent=row.floor_percent,
        objective=row.objective,
        shared_language=row.shared_language,
        minimum_common_hours=row.minimum_common_hours,
        other_site_only=row.other_site_only,
        allow_earlier_pairings=row.allow_earlier_pairings,
        wish_points=row.wish_points,
        common_hour_points=row.common_hour_points,
        waiting_points=row.waiting_points,
        mentorships_required=MappingProxyType({c: row.mentorships_required[c] for c in ASKS_FOR_MENTORING}),
        emphasis=_by_position(row.emphasis),
        targets=_by_position(row.targets),
    )


def columns_of(settings: ProgrammeSettings) -> dict[str, Any]:
    """Return the settings as the columns of a row; `settings_of` reads them back unchanged."""
    return {
        "name": settings.name,
        "purpose": settings.purpose,
        "time_zone": settings.time_zone,
        "opens_at": settings.window.opens_at,
        "closes_at": settings.window.closes_at,
        "hear_by": settings.hear_by,
        **policy_columns_of(settings),
    }


def policy_columns_of(settings: PolicySettings) -> dict[str, Any]:
    """Return the policy's part of the columns, fit to be kept as JSON as well."""
    return {
        "teach_level": settings.teach_level,
        "floor_percent": settings.floor_percent,
        "objective": settings.objective,
        "shared_language": settings.shared_language,
        "minimum_common_hours": settings.minimum_common_hours,
        "other_site_only": settings.other_site_only,
        "allow_earlier_pairings": settings.allow_earlier_pairings,
        "wish_points": settings.wish_points,
        "common_hour_points": settings.common_hour_points,
        "waiting_points": settings.waiting_points,
        "mentorships_required": {c.value: settings.mentorships_required[c] for c in ASKS_FOR_MENTORING},
        "emphasis": _as_json(settings.emphasis),
        "targets": _as_json(settings.targets),
    }


def earlier_policies_of(row: Programme) -> tuple[PolicySettings, ...]:
    """Return the policies that were set before the present one, the newest first, each once."""
    found, kept = [], row.earlier_policy
    while kept is not None:
        columns = {name: value for name, value in kept.items() if name != _BEFORE_IT}
        found.append(_policy_from(columns))
        kept = kept.get(_BEFORE_IT)
    return tuple(found)


def earlier_policies_as_json(policies: Sequence[PolicySettings]) -> dict[str, Any] | None:
    """Give the column that keeps these policies, the newest first; the oldest beyond the most that are kept go."""
    kept: dict[str, Any] | None = None
    for policy in reversed(policies[:MOST_EARLIER_POLICIES]):
        kept = policy_columns_of(policy) | {_BEFORE_IT: kept}
    return kept


def _policy_from(kept: Mapping[str, Any]) -> PolicySettings:
    required = {c: kept["mentorships_required"][c] for c in ASKS_FOR_MENTORING}
    return PolicySettings(
        **{
            **kept,
            "objective": Objective(kept["objective"]),
            "mentorships_required": MappingProxyType(required),
            "emphasis": _by_position(kept["emphasis"]),
            "targets": _by_position(kept["targets"]),
        }
    )


def inputs_moved(session: Session, programme_id: int) -> None:
    """Note that something changed which could change the pairs; on PostgreSQL this also takes the programme's lock."""
    moved = sa.update(Programme).where(Programme.id == programme_id).values(inputs_version=Programme.inputs_version + 1)
    session.execute(moved, execution_options={"synchronize_session": False})


def _by_position(kept: Mapping[str, Mapping[str, int]]) -> Mapping[Position, Mapping[Competency, int]]:
    return MappingProxyType({p: MappingProxyType({c: kept[p][c] for c in Competency}) for p in Position})


def _as_json(table: Mapping[Position, Mapping[Competency, int]]) -> dict[str, dict[str, int]]:
    return {p.value: {c.value: table[p][c] for c in Competency} for p in Position}
