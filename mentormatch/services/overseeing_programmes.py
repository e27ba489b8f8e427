"""What a coordinator sees first: the list of programmes, and one programme at a glance with the next thing to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.programmes import ProgrammeSettings, WindowState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Coordinatorship, MatchingRound, Participant, Programme
from mentormatch.persistence.repositories import tallies
from mentormatch.persistence.repositories.programmes import programme_of, settings_of
from mentormatch.persistence.repositories.tallies import Headcount
from mentormatch.services.weighing_supply import CandidateLine, SupplyLine, candidate_lines, supply_lines


class NextStep(StrEnum):
    """The one thing a coordinator should do now."""

    LOOK_INTO_FAILURE = "look_into_failure"
    CORRECT_ADDRESSES = "correct_addresses"
    WATCH_SOLVING = "watch_solving"
    REVIEW_PROPOSAL = "review_proposal"
    SOLVE_AGAIN = "solve_again"
    FIND_PEOPLE = "find_people"
    SHARE_SIGNUP = "share_signup"
    START_ROUND = "start_round"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class RoundGlance:
    """The latest round: its number and state, and its mails by state."""

    number: int
    state: RoundState
    notices: Mapping[NoticeState, int]

    @property
    def undelivered(self) -> int:
        """How many people this round could not reach."""
        return self.notices.get(NoticeState.FAILED, 0) + self.notices.get(NoticeState.BOUNCED, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeGlance:
    """One programme at a glance."""

    slug: str
    settings: ProgrammeSettings
    window_state: WindowState
    signups: Mapping[SignupState, int]
    headcount: Headcount
    candidates: tuple[CandidateLine, ...]
    supply: tuple[SupplyLine, ...]
    round: RoundGlance | None
    next_step: NextStep

    @property
    def active(self) -> int:
        """How many people would enter a round now."""
        return self.signups[SignupState.ACTIVE]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has ever signed up."""
        return not any(self.signups.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeLine:
    """One programme in a coordinator's list."""

    slug: str
    name: str
    time_zone: str
    window_state: WindowState
    settings: ProgrammeSettings
    active: int
    round_number: int | None
    round_state: RoundState | None


class OverseeingProgrammes:
    """Answers how the programmes of a coordinator stand."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def programmes_of(self, account_id: int) -> tuple[ProgrammeLine, ...]:
        """Return the programmes that this account coordinates, the newest first."""
        with self._transactions.reading() as session:
            return tuple(self._line(*row) for row in session.execute(_lines(account_id)))

    def glance(self, programme_id: int) -> ProgrammeGlance:
        """Return one programme at a glance; raises NotFound."""
        with self._transactions.reading() as session:
            return self._glance(session, programme_of(session, programme_id))

    def _glance(self, session: Session, row: Programme) -> ProgrammeGlance:
        settings = settings_of(row)
        window_state = settings.window.state_at(self._clock())
        counted = tallies.headcount(session, row.id)
        latest = _round(session, row.id)
        return ProgrammeGlance(
            slug=row.slug,
            settings=settings,
            window_state=window_state,
            signups=tallies.signups_by_state(session, row.id),
            headcount=counted,
            candidates=candidate_lines(tallies.pursuers(session, row.id), settings.mentorships_required),
            supply=supply_lines(tallies.rated_alike(session, row.id), settings),
            round=latest,
            next_step=next_step(window_state, latest, counted),
        )

    def _line(
        self, row: Programme, active: int, round_number: int | None, round_state: RoundState | None
    ) -> ProgrammeLine:
        settings = settings_of(row)
        return ProgrammeLine(
            slug=row.slug,
            name=row.name,
            time_zone=row.time_zone,
            window_state=settings.window.state_at(self._clock()),
            settings=settings,
            active=active,
            round_number=round_number,
            round_state=round_state,
        )


def next_step(window: WindowState, latest: RoundGlance | None, people: Headcount) -> NextStep:
    """Choose the one thing to do now: what is broken first, then what waits, then what comes next."""
    if latest is not None and (pending := _step_of_round(latest)) is not None:
        return pending
    if window is not WindowState.CLOSED:
        return NextStep.SHARE_SIGNUP
    if latest is not None:
        return NextStep.NOTHING
    return NextStep.START_ROUND if people.places and people.mentees else NextStep.FIND_PEOPLE


def _step_of_round(latest: RoundGlance) -> NextStep | None:
    match latest.state:
        case RoundState.FAILED:
            return NextStep.LOOK_INTO_FAILURE
        case RoundState.QUEUED | RoundState.SOLVING:
            return NextStep.WATCH_SOLVING
        case RoundState.PROPOSED:
            return NextStep.REVIEW_PROPOSAL
        case RoundState.DRAFT | RoundState.RECALLED:
            return NextStep.SOLVE_AGAIN
        case RoundState.PUBLISHED | RoundState.CLOSED:
            return NextStep.CORRECT_ADDRESSES if latest.undelivered else None


def _round(session: Session, programme_id: int) -> RoundGlance | None:
    row = tallies.latest_round(session, programme_id)
    return RoundGlance(row.number, row.state, tallies.notices_by_state(session, row.id)) if row else None


def _lines(account_id: int) -> sa.Select[Any]:
    active = (
        sa.select(sa.func.count())
        .where(Participant.programme_id == Programme.id, Participant.state == SignupState.ACTIVE)
        .scalar_subquery()
    )
    newest = (
        sa.select(sa.func.max(MatchingRound.number))
        .where(MatchingRound.programme_id == Programme.id)
        .correlate(Programme)
        .scalar_subquery()
    )
    latest = sa.and_(MatchingRound.programme_id == Programme.id, MatchingRound.number == newest)
    return (
        sa.select(Programme, active, MatchingRound.number, MatchingRound.state)
        .join(Coordinatorship, Coordinatorship.programme_id == Programme.id)
        .outerjoin(MatchingRound, latest)
        .where(Coordinatorship.account_id == account_id)
        .order_by(Programme.created_at.desc(), Programme.id.desc())
    )
