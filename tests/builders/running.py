"""A programme with a few people in it and the hands that take its round from the button to the mails."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.adjustments import Adjustment, AdjustmentKind, Change, ChangeKind
from mentormatch.domain.errors import MentormatchError
from mentormatch.domain.reviews import Look
from mentormatch.domain.rounds import RoundState, Stage
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound, Notice, Pairing, Participant
from mentormatch.persistence.repositories.adjustments import active_adjustments, latest_act
from mentormatch.persistence.repositories.participants import add_signups
from mentormatch.persistence.repositories.programmes import inputs_moved
from mentormatch.persistence.repositories.rounds import round_of
from mentormatch.services.adjusting_proposals import PLAIN, SeenAct, Terms
from mentormatch.services.bundle import Services
from mentormatch.services.foreseeing_effects import Foreseen
from mentormatch.services.publishing_rounds import Seen
from mentormatch.services.round_views import RoundView
from tests.builders import people
from tests.builders.programmes import EARLIER, add_programme

Tell = Callable[[Stage, int, int], None]

CAST: Final = (
    people.mentor(),
    people.mentee(),
    people.mentee(email="ana@firm.example", name="Ana Ruiz"),
    people.candidate(capacity=1),
    people.mentee(email="li@firm.example", name="Li Wei", languages=("zh",)),
)
"""Omar with two places, Silva who needs a mentee, Mei and Ana who want a mentor, and Li who speaks to nobody."""


class Killed(BaseException):
    """The process died here: nothing below gets to clean up."""


@dataclass(frozen=True)
class Running:
    """One programme and everything a test does to its rounds."""

    app: Flask
    services: Services
    programme_id: int
    ids: dict[str, int]
    """Participant id by first name."""

    def start(self) -> int:
        return self.services.starting_rounds.start(self.programme_id, CONSOLE)

    def solve(self, tell: Tell | None = None) -> bool:
        return self.services.solving_rounds.solve_next(tell=tell)

    def propose(self) -> int:
        number = self.start()
        self.solve()
        return number

    def view(self, number: int = 1, look: Look | None = None) -> RoundView:
        return self.services.reviewing_rounds.one(self.programme_id, number, look or Look())

    def seen(self, number: int = 1) -> Seen:
        page = self.services.reviewing_rounds.publication(self.programme_id, number)
        return Seen(publish_key=page.publish_key, version=page.head.version, inputs_version=page.inputs_version)

    def publish(self, seen: Seen | None = None, number: int = 1) -> None:
        self.services.publishing_rounds.publish(self.programme_id, number, seen or self.seen(number), CONSOLE)

    def state(self, number: int = 1) -> RoundState:
        return self.services.reviewing_rounds.head(self.programme_id, number).state

    def cancel(self) -> None:
        self.services.calling_off_rounds.cancel(self.programme_id, 1, CONSOLE)

    def discard(self) -> None:
        self.services.calling_off_rounds.discard(self.programme_id, 1, self.version(), CONSOLE)

    def solve_again(self) -> None:
        self.services.starting_rounds.solve_again(self.programme_id, 1, self.version(), CONSOLE)

    def foresee(self, kind: ChangeKind, **people: str) -> Foreseen:
        """Ask what a change to round 1 would do; people by their first names."""
        return self.services.workbench.effects.foresee(self.programme_id, 1, self.intended(kind, **people))

    def adjust(self, kind: ChangeKind, terms: Terms = PLAIN, seen: SeenAct | None = None, **people: str) -> None:
        """Make a change to round 1 as its page does, having looked at it just now."""
        change = self.intended(kind, **people)
        at = seen or self.foresee(kind, **people).seen
        self.services.workbench.adjusting.make(self.programme_id, 1, change, at, CONSOLE, terms)

    def intended(self, kind: ChangeKind, **people: str) -> Change:
        """Name a change: mentor="Omar", mentee="Mei", other="Ana", lifted="lock"."""
        lifted = AdjustmentKind(people.pop("lifted")) if "lifted" in people else None
        return Change(kind=kind, lifted=lifted, **{f"{part}_id": self.ids[name] for part, name in people.items()})

    def undo(self) -> None:
        """Undo the last act of round 1."""
        with Transactions().reading() as session:
            seen = SeenAct(round_of(session, self.programme_id, 1).version, latest_act(session, self.programme_id))
        self.services.workbench.adjusting.undo(self.programme_id, 1, seen, CONSOLE)

    def holding(self) -> set[Adjustment]:
        """Return the adjustments that hold for round 1."""
        with Transactions().reading() as session:
            row = round_of(session, self.programme_id, 1)
            return {one.adjustment for one in active_adjustments(session, self.programme_id, row.id)}

    def version(self) -> int:
        return self.services.reviewing_rounds.head(self.programme_id, 1).version

    def step(self, name: str, to: SignupState) -> None:
        """Take somebody to another state, as the pages for participants do."""
        with Transactions().writing() as session:
            advance(session, session.get_one(Participant, self.ids[name]), to, Cause(CONSOLE, EARLIER))
            inputs_moved(session, self.programme_id)

    def change(self, name: str, **answers: object) -> None:
        """Change answers of somebody, as the pages for participants do."""
        with Transactions().writing() as session:
            session.execute(sa.update(Participant).where(Participant.id == self.ids[name]).values(**answers))
            inputs_moved(session, self.programme_id)

    def join(self, signup: Signup) -> None:
        """Let one more person sign up."""
        with Transactions().writing() as session:
            add_signups(session, self.programme_id, [signup], SignupState.ACTIVE, Cause(CONSOLE, EARLIER))
            inputs_moved(session, self.programme_id)

    def pairs(self) -> set[tuple[str, str]]:
        """Return who is paired with whom in the proposal that is shown, by first names."""
        proposal = self.view().proposal
        found = proposal.pairs.rows if proposal else ()
        return {(pair.line.mentor.split()[0], pair.line.mentee.split()[0]) for pair in found}

    def count(self, kind: type[Pairing] | type[Notice] | type[MatchingRound], *states: str) -> int:
        """Count the rows in these states, or in any."""
        wanted = sa.select(sa.func.count()).select_from(kind)
        with Transactions().reading() as session:
            return session.scalar(wanted.where(kind.state.in_(states)) if states else wanted) or 0

    def at_once(self, *acts: Callable[[], object]) -> list[type[MentormatchError] | None]:
        """Do all of these in threads at once; return what each was refused with, or None."""
        with ThreadPoolExecutor(len(acts)) as threads:
            return list(threads.map(self._met, acts))

    def _met(self, act: Callable[[], object]) -> type[MentormatchError] | None:
        with self.app.app_context():
            try:
                act()
            except MentormatchError as refused:
                return type(refused)
        return None


def running_programme(
    app: Flask, services: Services, signups: Iterable[Signup] = CAST, *, slug: str = "north"
) -> Running:
    """Add a programme with these people, all of them active."""
    everyone = list(signups)
    with Transactions().writing() as session:
        programme_id = add_programme(session, slug=slug).id
        ids = add_signups(session, programme_id, everyone, SignupState.ACTIVE, Cause(CONSOLE, EARLIER))
    names = [signup.name.split()[0] for signup in everyone]
    return Running(app, services, programme_id, dict(zip(names, ids, strict=True)))


def killed_at(stage: Stage) -> Tell:
    """Return a listener that dies when the solving reaches a stage."""

    def die(reached: Stage, *_steps: int) -> None:
        if reached is stage:
            raise Killed

    return die


def doing_at(stage: Stage, act: Callable[[], object]) -> Tell:
    """Return a listener that does something once when the solving reaches a stage."""
    done: list[Stage] = []

    def tell(reached: Stage, *_steps: int) -> None:
        if reached is stage and not done:
            done.append(reached)
            act()

    return tell
