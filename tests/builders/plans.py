"""Development plans as rows; every function adds to the session it is given and flushes."""

from datetime import date

from sqlalchemy.orm import Session

from mentormatch.domain.competencies import Competency
from mentormatch.domain.plans import ActivityKind, Occasion
from mentormatch.persistence.models import ActivityText, Participant, PlanStep, RatedLevel
from tests.builders.accounts import NOW


def add_plan(session: Session, participant: Participant, mark: str = "") -> None:
    """Add one activity done, one worded by the programme, and the levels of the start; `mark` stands in every text."""
    key = {"competency": Competency.LEAN_PRINCIPLES, "kind": ActivityKind.EXPERIENCE}
    session.add(ActivityText(programme_id=participant.programme_id, text=f"Walk our own gemba{mark}", **key))
    step = PlanStep(participant_id=participant.id, is_done=True, day=date(2026, 3, 1), hours=4, changed_at=NOW, **key)
    step.notes = f"Seen a lot{mark}"
    session.add(step)
    session.add_all(
        RatedLevel(participant_id=participant.id, occasion=Occasion.START, competency=c, level=1, rated_at=NOW)
        for c in Competency
    )
    session.flush()
