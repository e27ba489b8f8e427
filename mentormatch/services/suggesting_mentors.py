"""Suggesting another mentor after a pairing was declined, so that nobody else's pairing changes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.domain.signups import Signup
from mentormatch.matching.people import Pair
from mentormatch.matching.solve import solve
from mentormatch.persistence.models import Pairing
from mentormatch.persistence.repositories.adjustments import active_adjustments
from mentormatch.persistence.repositories.pairings import LIVE
from mentormatch.persistence.repositories.participants import signups_of
from mentormatch.persistence.repositories.programmes import programme_of, settings_of
from mentormatch.persistence.repositories.rounds import EARLIER, addresses_of_pairs
from mentormatch.persistence.repositories.wishes import avoided_pairs
from mentormatch.services.posing_problems import person_id, problem_of

_NO_ROUND = 0
"""Of the adjustments only those for good count: the round's own were made for the pairs it had."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mentor with an unfilled place, and how much of the mentee's gap the pair would close."""

    mentor_id: int
    mentor: str
    coverage_points: int
    gap_points: int

    @property
    def share(self) -> int:
        """The part of the gap that would be closed, in per cent."""
        return round(100 * self.coverage_points / self.gap_points)


class SuggestingMentors:
    """Asks the engine for one mentee alone, with the places that nobody fills."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def for_mentee(
        self, session: Session, programme_id: int, mentee_id: int, *, without: int | None = None
    ) -> Suggestion | None:
        """Return the best free mentor for a mentee; None when nobody free can help or the mentee takes no part.

        `without` names a pairing that is about to be declined: its place counts as free, though not for this mentee.
        """
        people = dict(signups_of(session, programme_id))
        if mentee_id not in people:
            return None
        filled = _filled(session, programme_id, without)
        posed = [_alone(key, signup, mentee_id, filled.get(key, 0)) for key, signup in people.items()]
        policy = settings_of(programme_of(session, programme_id)).policy()
        told = _pairs(session, (Pairing.programme_id == programme_id) & Pairing.state.in_(EARLIER))
        problem = problem_of(
            posed,
            replace(policy, allow_earlier_pairings=False),
            on=self._clock().date(),
            bars=[*_bars(session, programme_id, {person_id(signup.email) for signup in posed})],
            earlier_pairings=[*told, *((mentee, mentor) for mentor, mentee in told)],
        )
        found = solve(problem, replace(policy, allow_earlier_pairings=False)).pairings
        by_id = {person_id(signup.email): (key, signup.name) for key, signup in people.items()}
        return next((Suggestion(*by_id[one.mentor_id], one.coverage, one.gap_points) for one in found), None)


def _alone(key: int, signup: Signup, mentee_id: int, filled: int) -> Signup:
    return replace(signup, wants_mentor=key == mentee_id, capacity=max(0, signup.capacity - filled))


def _filled(session: Session, programme_id: int, without: int | None) -> dict[int, int]:
    live = sa.select(Pairing.mentor_id, sa.func.count()).where(
        Pairing.programme_id == programme_id, Pairing.state.in_(LIVE), Pairing.id != (without or 0)
    )
    return {row[0]: row[1] for row in session.execute(live.group_by(Pairing.mentor_id))}


def _bars(session: Session, programme_id: int, present: set[str]) -> Iterable[Pair]:
    barred = [
        (made.mentor_mailbox, made.mentee_mailbox) for made in active_adjustments(session, programme_id, _NO_ROUND)
    ]
    for mentor, mentee in (*barred, *avoided_pairs(session, programme_id)):
        pair = person_id(mentor), person_id(mentee)
        if present.issuperset(pair):
            yield pair


def _pairs(session: Session, condition: sa.ColumnElement[bool]) -> list[Pair]:
    return [(person_id(mentor), person_id(mentee)) for mentor, mentee in addresses_of_pairs(session, condition)]
