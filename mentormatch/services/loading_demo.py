"""Loading the demo programme: a lean function of six sites that has been signing up for two weeks."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.certification import MENTORSHIPS_REQUIRED
from mentormatch.domain.clocks import Clock
from mentormatch.domain.levels import TEACH_LEVEL
from mentormatch.domain.mailboxes import mailbox
from mentormatch.domain.policies import FLOOR_PERCENT, WAITING_POINTS, WISH_POINTS, Objective
from mentormatch.domain.positions import DEFAULT_EMPHASIS, Position, default_targets
from mentormatch.domain.programmes import ProgrammeSettings, SignupWindow
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.advancing import Cause
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Programme
from mentormatch.persistence.repositories.participants import add_signups
from mentormatch.persistence.repositories.programmes import columns_of, inputs_moved
from mentormatch.spreadsheets.signups import read_signups
from mentormatch.spreadsheets.tables import read_table

DEMO_SLUG: Final = "tarnhollow"

_TIME_ZONE: Final = "Europe/Amsterdam"
_PURPOSE: Final = """\
Tarnhollow makes pumps, valves and controls on six sites. Each of them is strong in something another one is still \
looking for: changeovers in Milwaukee, daily management in Katowice, coaching in Coimbatore. This programme brings the \
people of our lean offices together across sites, for nine months, in pairs.

Once a month you meet for an hour, the first two times within four weeks of hearing who your partner is. You agree on \
two or three competencies to work on, go and see each other's gemba where you can, and close the pairing together at \
the end.

If you are preparing for Silver or Gold, offer a place even when you feel you have only one thing to teach. Somebody \
is looking for exactly that, and mentoring others is part of your record.

Your ratings are used to pair you. Only the coordinators see all of them; your partner hears which competencies the \
two of you could work on, and from which level to which."""


class LoadingDemo:
    """Puts a programme into an installation that a newcomer can run a matching round on at once."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def load(self, people: bytes, hopes: bytes) -> bool:
        """Load the programme with the people of one CSV file and what they hope for from another.

        Returns False, and changes nothing, where the programme is there already.
        """
        signups = _signups(people, hopes)
        now = self._clock()
        with self._transactions.writing() as session:
            if session.scalar(sa.select(Programme.id).where(Programme.slug == DEMO_SLUG)) is not None:
                return False
            programme = Programme(slug=DEMO_SLUG, created_at=now, **columns_of(_settings(now)))
            session.add(programme)
            session.flush()
            add_signups(session, programme.id, signups, SignupState.ACTIVE, Cause(CONSOLE, now, said("demo loaded")))
            inputs_moved(session, programme.id)
        return True


def _signups(people: bytes, hopes: bytes) -> list[Signup]:
    rows, _ = read_table(hopes, ("email", "hopes"))
    hoped = {mailbox(row.cells["email"]): row.cells["hopes"] for row in rows}
    return [replace(signup, hopes=hoped.get(signup.mailbox, "")) for signup in read_signups(people)]


def _settings(now: datetime) -> ProgrammeSettings:
    today = now.astimezone(ZoneInfo(_TIME_ZONE)).date()
    opens, closes = today - timedelta(days=14), today + timedelta(days=21)
    return ProgrammeSettings(
        name="Lean mentoring at Tarnhollow",
        purpose=_PURPOSE,
        time_zone=_TIME_ZONE,
        window=SignupWindow(
            datetime.combine(opens, time(8), ZoneInfo(_TIME_ZONE)),
            datetime.combine(closes, time(18), ZoneInfo(_TIME_ZONE)),
        ),
        hear_by=closes + timedelta(days=10),
        teach_level=TEACH_LEVEL,
        floor_percent=FLOOR_PERCENT,
        objective=Objective.COVERAGE,
        shared_language=True,
        minimum_common_hours=0,
        other_site_only=False,
        allow_earlier_pairings=False,
        wish_points=WISH_POINTS,
        common_hour_points=0,
        waiting_points=WAITING_POINTS,
        mentorships_required=MENTORSHIPS_REQUIRED,
        emphasis=DEFAULT_EMPHASIS,
        targets={position: default_targets(DEFAULT_EMPHASIS[position]) for position in Position},
    )
