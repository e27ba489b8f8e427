"""Programmes and their participants as rows; every function adds to the session it is given and flushes."""

from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from mentormatch.domain.policies import Objective
from mentormatch.domain.positions import DEFAULT_EMPHASIS, default_targets
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.models import Participant, Programme, Rating

EARLIER: Final = datetime(2026, 2, 1, 8, 0, tzinfo=UTC)
"""Before the instant at which a test's clock starts: 2 March 2026, 09:00 UTC."""
LATER: Final = datetime(2026, 4, 1, 16, 0, tzinfo=UTC)


def add_programme(session: Session, **differing: Any) -> Programme:  # noqa: ANN401 -- any column of a programme
    """Add a programme named "north" whose sign-up is open when a test's clock starts."""
    columns: dict[str, Any] = {
        "slug": "north",
        "name": "North 2026",
        "purpose": "Lean practitioners of the northern sites teach one another.",
        "time_zone": "Europe/Berlin",
        "opens_at": EARLIER,
        "closes_at": LATER,
        "hear_by": date(2026, 4, 15),
        "teach_level": 3,
        "floor_percent": 10,
        "objective": Objective.COVERAGE,
        "shared_language": True,
        "allow_earlier_pairings": False,
        "mentorships_required": {"silver": 1, "gold": 2},
        "emphasis": {p.value: {c.value: n for c, n in row.items()} for p, row in DEFAULT_EMPHASIS.items()},
        "targets": {
            p.value: {c.value: n for c, n in default_targets(row).items()} for p, row in DEFAULT_EMPHASIS.items()
        },
        "created_at": EARLIER,
    }
    row = Programme(**columns | differing)
    session.add(row)
    session.flush()
    return row


def add_participant(
    session: Session, programme_id: int, signup: Signup, *, state: SignupState = SignupState.ACTIVE
) -> Participant:
    """Add a sign-up to a programme with its sixteen ratings, in the state a test asks for."""
    row = Participant(
        programme_id=programme_id,
        state=state,
        mailbox=signup.mailbox,
        languages=";".join(signup.languages),
        created_at=EARLIER,
        updated_at=EARLIER,
        **{name: getattr(signup, name) for name in _SAME_NAME},
    )
    row.ratings = [
        Rating(competency=c, level=level, target=signup.targets.get(c), rated_at=EARLIER)
        for c, level in signup.levels.items()
    ]
    session.add(row)
    session.flush()
    return row


_SAME_NAME: Final = (
    *("email", "name", "organisation", "site", "time_zone", "manager_email", "position", "position_aimed_at"),
    *("offers_mentoring", "capacity", "wants_mentor", "certification_held", "certification_pursued"),
    *("mentorships_completed", "hopes"),
)
