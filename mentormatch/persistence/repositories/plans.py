"""Development plans as they are kept: a programme's activities, a participant's steps, and the levels rated before."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.activities import PROPOSED, Activities
from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import Levels
from mentormatch.domain.plans import ActivityKind, Occasion, StepDone
from mentormatch.persistence.models import ActivityText, PlanStep, RatedLevel, Rating

Key = tuple[Competency, ActivityKind]


@dataclass(frozen=True, slots=True)
class RatedThen:
    """Sixteen levels as they were rated on one occasion."""

    occasion: Occasion
    rated_at: datetime
    levels: Levels


def own_wordings(session: Session, programme_id: int) -> Activities:
    """Return the activities that a programme words itself."""
    rows = sa.select(ActivityText.competency, ActivityText.kind, ActivityText.text)
    found = session.execute(rows.where(ActivityText.programme_id == programme_id))
    return MappingProxyType({(competency, kind): text for competency, kind, text in found})


def activities_of(session: Session, programme_id: int) -> Activities:
    """Return all activities a programme advises."""
    return MappingProxyType({**PROPOSED, **own_wordings(session, programme_id)})


def replace_wordings(session: Session, programme_id: int, worded: Activities) -> None:
    """Keep these wordings and no other; every text that is not named is our own proposal again."""
    session.execute(sa.delete(ActivityText).where(ActivityText.programme_id == programme_id))
    session.add_all(
        ActivityText(programme_id=programme_id, competency=competency, kind=kind, text=text)
        for (competency, kind), text in worded.items()
    )


def steps_of(session: Session, participant_id: int) -> Mapping[Key, StepDone]:
    """Return what a participant has written down, by activity."""
    rows = session.scalars(sa.select(PlanStep).where(PlanStep.participant_id == participant_id))
    return {(row.competency, row.kind): StepDone(row.is_done, row.day, row.hours, row.notes) for row in rows}


def replace_step(session: Session, participant_id: int, key: Key, step: StepDone, now: datetime) -> None:
    """Keep what was written down about one activity; nothing written leaves no row."""
    row = session.get(PlanStep, (participant_id, *key))
    if step == StepDone():
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = PlanStep(participant_id=participant_id, competency=key[0], kind=key[1])
        session.add(row)
    row.is_done, row.day, row.hours, row.notes = step.is_done, step.day, step.hours, step.notes
    row.changed_at = now


def levels_rated(session: Session, participant_id: int) -> tuple[RatedThen, ...]:
    """Return the levels of every occasion on which this participant has rated, in their order."""
    levels: dict[Occasion, dict[Competency, int]] = defaultdict(dict)
    times: dict[Occasion, datetime] = {}
    for row in session.scalars(sa.select(RatedLevel).where(RatedLevel.participant_id == participant_id)):
        levels[row.occasion][row.competency] = row.level
        times[row.occasion] = max(row.rated_at, times.get(row.occasion, row.rated_at))
    return tuple(RatedThen(one, times[one], MappingProxyType(levels[one])) for one in Occasion if one in levels)


def keep_levels(session: Session, participant_id: int, then: RatedThen) -> None:
    """Keep the levels of one occasion in the place of what was rated on it before."""
    old = sa.delete(RatedLevel).where(RatedLevel.participant_id == participant_id, RatedLevel.occasion == then.occasion)
    session.execute(old)
    session.add_all(
        RatedLevel(
            participant_id=participant_id,
            occasion=then.occasion,
            competency=competency,
            level=level,
            rated_at=then.rated_at,
        )
        for competency, level in then.levels.items()
    )


def rated_last(session: Session, participant_id: int) -> datetime:
    """Return when the present levels were rated, the last of them."""
    newest = session.scalar(sa.select(sa.func.max(Rating.rated_at)).where(Rating.participant_id == participant_id))
    if newest is None:
        msg = "a participant has sixteen ratings"
        raise ValueError(msg)
    return newest
