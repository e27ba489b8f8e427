"""A participant's development plan: the gaps that weigh most, what to do about each, and what was done already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from mentormatch.domain.activities import Activities
from mentormatch.domain.clocks import Clock
from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import NotFound
from mentormatch.domain.levels import gap
from mentormatch.domain.plans import FOCUS, ActivityKind, Occasion, StepDone, shown_count
from mentormatch.domain.policies import Policy
from mentormatch.domain.positions import Position
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.mentorships import MentorOfMine, mentor_of
from mentormatch.persistence.repositories.participants import KeptSignup, own_signup
from mentormatch.persistence.repositories.plans import (
    Key,
    RatedThen,
    activities_of,
    levels_rated,
    replace_step,
    steps_of,
)
from mentormatch.persistence.repositories.programmes import programme_of, settings_of
from mentormatch.persistence.repositories.tallies import RatedAlike, rated_alike
from mentormatch.services.rating_again import TAKES_PART
from mentormatch.services.weighing_answers import Gap, Outlook, outlook_of


@dataclass(frozen=True, slots=True)
class Step:
    """One activity of a plan: what is advised, and what its owner has written down."""

    kind: ActivityKind
    text: str
    record: StepDone


@dataclass(frozen=True, slots=True)
class Focus:
    """One competency of a plan; `is_top` for those that weigh most now, others were begun earlier."""

    competency: Competency
    level: int
    target: int
    is_top: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One competency of the picture; `mentor` is the level the mentor brings it to, None where that is not agreed."""

    competency: Competency
    level: int
    target: int
    mentor: int | None
    earlier: Mapping[Occasion, int]


@dataclass(frozen=True, slots=True)
class Teachable:
    """A strength, and how many people want it; None for a number so small that it would tell of somebody."""

    competency: Competency
    level: int
    wanted: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyPlan:
    """Everything a participant's plan shows."""

    position: Position
    focus: tuple[Focus, ...]
    later: tuple[Gap, ...]
    bars: tuple[Bar, ...]
    teachable: tuple[Teachable, ...]
    mentor: str | None
    rated: Mapping[Occasion, datetime]
    may_change: bool
    may_rate: bool
    """Whether this person takes part, so that new levels would be seen by a round."""

    @property
    def hours(self) -> int:
        """All hours written down, of every activity."""
        return sum(step.record.hours for one in self.focus for step in one.steps)

    @property
    def done(self) -> int:
        """How many activities are done."""
        return sum(step.record.is_done for one in self.focus for step in one.steps)

    @property
    def activities(self) -> int:
        """How many activities stand in the plan."""
        return sum(len(one.steps) for one in self.focus)

    @property
    def next_day(self) -> date | None:
        """The earliest day on which something is meant to be done."""
        meant = (step.record for one in self.focus for step in one.steps)
        return min((record.day for record in meant if record.day and not record.is_done), default=None)

    @property
    def is_begun(self) -> bool:
        """Whether anything was written down yet."""
        return any(step.record != StepDone() for one in self.focus for step in one.steps)


class PlanningDevelopment:
    """Shows people their own plan and keeps what they write into it; nobody else sees it."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def mine(self, programme_id: int, account_id: int) -> MyPlan:
        """Return the plan of this account's owner; raises NotFound."""
        with self._transactions.reading() as session:
            kept = own_signup(session, programme_id, account_id)
            policy = settings_of(programme_of(session, programme_id)).policy()
            demand = rated_alike(session, programme_id)
            return _plan(session, programme_id, kept, policy, demand)

    def focus(self, programme_id: int, account_id: int, competency: Competency) -> Focus:
        """Return one competency of this person's plan, also one that does not stand in it yet; raises NotFound."""
        with self._transactions.reading() as session:
            kept = own_signup(session, programme_id, account_id)
            outlook = outlook_of(kept.signup, settings_of(programme_of(session, programme_id)).policy())
            activities, records = activities_of(session, programme_id), steps_of(session, kept.id)
            return _one(competency, kept, outlook, activities, records)

    def write(
        self, programme_id: int, account_id: int, competency: Competency, records: Mapping[ActivityKind, StepDone]
    ) -> None:
        """Keep what the person has written down about one competency; the same again changes nothing.

        Raises NotFound, also for whoever has left the programme.
        """
        with self._transactions.writing() as session:
            kept = own_signup(session, programme_id, account_id)
            if kept.state is SignupState.WITHDRAWN:
                raise NotFound(said("Whoever has left the programme has no plan in it."))
            before = steps_of(session, kept.id)
            for kind, record in records.items():
                if record != before.get((competency, kind), StepDone()):
                    replace_step(session, kept.id, (competency, kind), record, self._clock())


def _plan(
    session: Session, programme_id: int, kept: KeptSignup, policy: Policy, demand: Iterable[RatedAlike]
) -> MyPlan:
    outlook = outlook_of(kept.signup, policy)
    mentor, earlier = mentor_of(session, kept.id), levels_rated(session, kept.id)
    activities, records = activities_of(session, programme_id), steps_of(session, kept.id)
    return MyPlan(
        position=kept.signup.position_aimed_at,
        focus=_focus(kept, outlook, activities, records),
        later=outlook.gaps[FOCUS:],
        bars=_bars(kept, outlook, mentor, earlier),
        teachable=_teachable(outlook, policy, demand),
        mentor=mentor.name if mentor else None,
        rated={then.occasion: then.rated_at for then in earlier},
        may_change=kept.state is not SignupState.WITHDRAWN,
        may_rate=kept.state in TAKES_PART,
    )


def _focus(
    kept: KeptSignup, outlook: Outlook, activities: Activities, records: Mapping[Key, StepDone]
) -> tuple[Focus, ...]:
    top = [one.competency for one in outlook.gaps[:FOCUS]]
    begun = [c for c in Competency if c not in top and any(key[0] is c for key in records)]
    return tuple(_one(c, kept, outlook, activities, records) for c in (*top, *begun))


def _one(
    competency: Competency, kept: KeptSignup, outlook: Outlook, activities: Activities, records: Mapping[Key, StepDone]
) -> Focus:
    keys = [(competency, kind) for kind in ActivityKind]
    return Focus(
        competency=competency,
        level=kept.signup.levels[competency],
        target=outlook.targets[competency],
        is_top=competency in [one.competency for one in outlook.gaps[:FOCUS]],
        steps=tuple(Step(key[1], activities[key], records.get(key, StepDone())) for key in keys),
    )


def _bars(
    kept: KeptSignup, outlook: Outlook, mentor: MentorOfMine | None, earlier: Iterable[RatedThen]
) -> tuple[Bar, ...]:
    brings = mentor.brings if mentor else {}
    return tuple(
        Bar(
            competency=c,
            level=kept.signup.levels[c],
            target=outlook.targets[c],
            mentor=brings.get(c),
            earlier={then.occasion: then.levels[c] for then in earlier},
        )
        for c in Competency
    )


def _teachable(outlook: Outlook, policy: Policy, demand: Iterable[RatedAlike]) -> tuple[Teachable, ...]:
    rows = tuple(demand)
    return tuple(
        Teachable(one.competency, one.level, shown_count(_wanted(one.competency, one.level, policy, rows)))
        for one in outlook.strengths
    )


def _wanted(competency: Competency, level: int, policy: Policy, demand: Iterable[RatedAlike]) -> int:
    """Count those who aim higher than they are and could learn from this level; never the teacher: nobody is above."""
    return sum(
        row.seekers
        for row in demand
        if row.competency is competency
        and row.level < level
        and gap(row.level, policy.targets[row.position_aimed_at][competency] if row.target is None else row.target)
    )
