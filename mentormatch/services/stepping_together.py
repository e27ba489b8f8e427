"""One step with many people at once: asked about first, then taken by everybody who is still as they were seen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.choices import LEADS_TO, MOST_CHOSEN, STARTS_FROM, UNDONE_BY, Act, Chosen
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, Fault, InputRefused, NotFound
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.advancing import Cause, advance_all
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant
from mentormatch.persistence.repositories.participants import lock_people
from mentormatch.persistence.repositories.programmes import inputs_moved, programme_of
from mentormatch.persistence.repositories.searching import Standing, people_chosen, standing_of
from mentormatch.services.parting import Parting


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a step would do to the people chosen: who can take it, and who cannot because of the state they are in."""

    act: Act
    able: tuple[Standing, ...]
    unable: tuple[Standing, ...]

    @property
    def chosen(self) -> int:
        """How many people were chosen."""
        return len(self.able) + len(self.unable)

    @property
    def unable_by_state(self) -> Mapping[SignupState, int]:
        """Count those who cannot take the step, by what stands in the way."""
        return Counter(one.state for one in self.unable)

    @property
    def seen(self) -> Mapping[int, int]:
        """The version in which each person who can take the step was seen, by id."""
        return {one.id: one.version for one in self.able}

    @property
    def can_be_undone(self) -> bool:
        """Whether the step can be taken back for all of them."""
        return self.act in UNDONE_BY


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a step: who has taken it, and who was changed by somebody else meanwhile and stayed as they are."""

    act: Act
    done: Mapping[int, int]
    """The version in which each person is now, by id: what an undo starts from."""
    overtaken: tuple[Standing, ...]

    @property
    def undone_by(self) -> Act | None:
        """The act that takes this one back."""
        return UNDONE_BY.get(self.act) if self.done else None


class SteppingTogether:
    """Pauses, resumes and withdraws many people in one transaction, each by the version in which they were seen."""

    def __init__(self, transactions: Transactions, clock: Clock, parting: Parting) -> None:
        self._transactions = transactions
        self._clock = clock
        self._parting = parting

    def ask(self, programme_id: int, act: Act, chosen: Chosen) -> Asking:
        """Say what the step would do; raises InputRefused for more people than one step may take."""
        with self._transactions.reading() as session:
            programme = programme_of(session, programme_id)
            people = standing_of(session, people_chosen(programme, chosen), chosen.wanted, most=MOST_CHOSEN + 1)
        if len(people) > MOST_CHOSEN:
            raise InputRefused(
                [Fault(None, None, said("Choose at most %(num)s people at once.", num=f"{MOST_CHOSEN:,}"))]
            )
        able = tuple(one for one in people if one.state in STARTS_FROM[act])
        return Asking(act=act, able=able, unable=tuple(one for one in people if one.state not in STARTS_FROM[act]))

    def take(self, programme_id: int, act: Act, seen: Mapping[int, int], *, actor: Actor, why: str) -> Outcome:
        """Take the step with everybody who is as they were seen (id -> version); the same step again finds it done.

        Raises NotFound when somebody is not in this programme.
        """
        cause = Cause(actor, self._clock(), why)
        with self._transactions.writing() as session:
            lock_people(session, programme_id)
            people = _people(session, programme_id, seen)
            ready = [one for one in people if _is_ready(one, act, seen)]
            if ready:
                inputs_moved(session, programme_id)
                _advance(session, ready, act, cause)
                if act is Act.WITHDRAW:
                    self._parting.let_go(session, [one.id for one in ready], cause)
        done = {one.id: seen[one.id] + 1 for one in people if _is_ready(one, act, seen) or _is_done(one, act, seen)}
        return Outcome(act=act, done=done, overtaken=tuple(one for one in people if one.id not in done))


def _people(session: Session, programme_id: int, seen: Mapping[int, int]) -> Sequence[Standing]:
    in_programme = sa.and_(Participant.programme_id == programme_id, Participant.id.in_(seen))
    people = standing_of(session, in_programme)
    if len(people) != len(seen):
        raise NotFound(said("Somebody of these is not in this programme."))
    return people


def _is_ready(one: Standing, act: Act, seen: Mapping[int, int]) -> bool:
    return one.version == seen[one.id] and one.state in STARTS_FROM[act]


def _is_done(one: Standing, act: Act, seen: Mapping[int, int]) -> bool:
    # The one change since then has led where this step leads: the button was pressed twice.
    return one.version == seen[one.id] + 1 and one.state is LEADS_TO[act]


def _advance(session: Session, ready: Sequence[Standing], act: Act, cause: Cause) -> None:
    changed = 0
    for old in STARTS_FROM[act]:
        ids = [one.id for one in ready if one.state is old]
        changed += advance_all(session, Participant, Participant.id.in_(ids), old, LEADS_TO[act], cause) if ids else 0
    if changed != len(ready):
        raise Conflict(said("Someone changed one of these people at this very moment. Nothing was done."))
