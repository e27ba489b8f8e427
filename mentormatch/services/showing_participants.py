"""Showing one participant to a coordinator, and pausing or resuming their part."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor, ActorKind
from mentormatch.domain.certification import places_needed
from mentormatch.domain.choices import STARTS_FROM, Act
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import IllegalStep, NotFound
from mentormatch.domain.levels import Levels
from mentormatch.domain.programmes import ProgrammeSettings
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.domain.state_words import STATE_WORDS
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, AuditEntry, Participant
from mentormatch.persistence.repositories.participants import KeptSignup, find_by_id
from mentormatch.persistence.repositories.programmes import inputs_moved, programme_of, settings_of

_Step = tuple[SignupState, SignupState]
_PAUSING: Final[_Step] = (SignupState.ACTIVE, SignupState.PAUSED)
_RESUMING: Final[_Step] = (SignupState.PAUSED, SignupState.ACTIVE)


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of a participant: when, from which state to which, by whom and why."""

    at: datetime
    old_state: str
    new_state: str
    actor: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """Everything a coordinator may know of one participant; `targets` are complete, defaults filled in."""

    id: int
    version: int
    state: SignupState
    signup: Signup
    targets: Levels
    teach_level: int
    required: int
    places_needed: int
    steps: tuple[StepLine, ...]

    @property
    def may_pause(self) -> bool:
        """Whether this person can be taken out of coming rounds for a while."""
        return self.state is SignupState.ACTIVE

    @property
    def may_resume(self) -> bool:
        """Whether this person was taken out and can come back."""
        return self.state is SignupState.PAUSED

    @property
    def may_withdraw(self) -> bool:
        """Whether this person is still in the programme."""
        return self.state in STARTS_FROM[Act.WITHDRAW]


class ShowingParticipants:
    """Answers what one participant has said, and takes a coordinator's steps on them."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def page(self, programme_id: int, participant_id: int) -> PersonPage:
        """Return one participant of this programme; raises NotFound, also for those of other programmes."""
        with self._transactions.reading() as session:
            kept = _found(session, programme_id, participant_id)
            settings = settings_of(programme_of(session, programme_id))
            return _page(kept, settings, _steps(session, participant_id))

    def pause(self, programme_id: int, participant_id: int, *, seen: int, actor: Actor, why: str) -> None:
        """Keep an active participant out of the rounds to come; raises NotFound, IllegalStep, Conflict."""
        self._step(programme_id, participant_id, _PAUSING, seen, Cause(actor, self._clock(), why))

    def resume(self, programme_id: int, participant_id: int, *, seen: int, actor: Actor, why: str) -> None:
        """Let a paused participant enter rounds again; raises NotFound, IllegalStep, Conflict."""
        self._step(programme_id, participant_id, _RESUMING, seen, Cause(actor, self._clock(), why))

    def _step(self, programme_id: int, participant_id: int, step: _Step, seen: int, cause: Cause) -> None:
        old, new = step
        chosen = sa.select(Participant).where(
            Participant.programme_id == programme_id, Participant.id == participant_id
        )
        with self._transactions.writing() as session:
            inputs_moved(session, programme_id)
            row = session.scalar(chosen)
            if row is None:
                raise NotFound(said("There is no such participant in this programme."))
            if row.state is not old:
                raise IllegalStep(said("%(name)s is %(state)s now.", name=row.name, state=STATE_WORDS[row.state]))
            advance(session, row, new, cause, version=seen)


def _found(session: Session, programme_id: int, participant_id: int) -> KeptSignup:
    kept = find_by_id(session, programme_id, participant_id)
    if kept is None:
        raise NotFound(said("There is no such participant in this programme."))
    return kept


def _page(kept: KeptSignup, settings: ProgrammeSettings, steps: tuple[StepLine, ...]) -> PersonPage:
    signup, required = kept.signup, settings.mentorships_required
    places = signup.capacity if signup.offers_mentoring else 0
    return PersonPage(
        id=kept.id,
        version=kept.version,
        state=kept.state,
        signup=signup,
        targets=signup.targets_with(settings.targets[signup.position_aimed_at]),
        teach_level=settings.teach_level,
        required=required.get(signup.certification_pursued, 0),
        places_needed=places_needed(signup.certification_pursued, signup.mentorships_completed, places, required),
        steps=steps,
    )


def _steps(session: Session, participant_id: int) -> tuple[StepLine, ...]:
    taken = (
        sa.select(AuditEntry, Account.email)
        .outerjoin(Account, Account.id == AuditEntry.actor_id)
        .where(AuditEntry.object_table == Participant.__tablename__, AuditEntry.object_id == participant_id)
        .order_by(AuditEntry.id)
    )
    return tuple(
        StepLine(entry.at, entry.old_state, entry.new_state, _actor(entry.actor_kind, email), entry.why)
        for entry, email in session.execute(taken)
    )


def _actor(kind: ActorKind, email: str | None) -> str:
    return email or {ActorKind.SYSTEM: said("the system"), ActorKind.CONSOLE: said("the console")}.get(
        kind, said("somebody")
    )
