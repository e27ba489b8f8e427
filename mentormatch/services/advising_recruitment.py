"""Whom to recruit: what more mentors strong in a competency would add to the next round, found by solving it."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import Final

from mentormatch.domain.clocks import Clock
from mentormatch.domain.competencies import Competency
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.errors import MentormatchError, SolvingCancelled
from mentormatch.matching.problem import DEFAULT_SEED
from mentormatch.matching.recruiting import Recruits, recruits_for
from mentormatch.matching.solve import Cancelled, solve
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.adjustments import latest_act
from mentormatch.persistence.repositories.programmes import programme_of
from mentormatch.persistence.repositories.rounds import open_round
from mentormatch.services.freezing_inputs import FrozenInput, freeze, words_for

MOST_SECONDS: Final = 10
"""How long one piece of advice may be worked on."""
MOST_KEPT: Final = 32
_PATIENCE: Final = 1
"""How many seconds to wait for somebody else's advice before saying that it is being worked out."""


class Standing(StrEnum):
    """How a piece of advice stands."""

    FOUND = "found"
    NOTHING_HELPS = "nothing_helps"
    NOT_IN_TIME = "not_in_time"
    BUSY = "busy"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecruitLine:
    """What so many more mentors at the highest level in a competency would add, each with so many places."""

    competency: Competency
    title: str
    number: int
    places: int
    mentees_paired: int
    gaps_closed: int
    candidates_served: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The competencies in which more mentors would add most, the best first; `words` says why there is none."""

    standing: Standing
    number: int
    lines: tuple[RecruitLine, ...] = ()
    words: str = ""


class AdvisingRecruitment:
    """Solves the round as it would be now, once more for each recruit that promises something, one at a time."""

    def __init__(
        self, transactions: Transactions, clock: Clock, stopwatch: Callable[[], float] = time.monotonic
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._stopwatch = stopwatch
        self._kept = OrderedDict[Hashable, Advice]()
        self._working = Lock()

    def advice(self, programme_id: int, number: int) -> Advice:
        """Say what so many more mentors would add to the next round; the same question finds the same answer."""
        key, frozen = self._question(programme_id, number)
        if key in self._kept:
            return self._kept[key]
        if isinstance(frozen, Advice):
            return frozen
        if not self._working.acquire(timeout=_PATIENCE):
            return Advice(standing=Standing.BUSY, number=number)
        try:
            return self._kept.get(key) or self._keep(key, self._worked_out(frozen, number))
        finally:
            self._working.release()

    def _question(self, programme_id: int, number: int) -> tuple[Hashable, FrozenInput | Advice]:
        today = self._clock().date()
        with self._transactions.reading() as session:
            inputs_version = programme_of(session, programme_id).inputs_version
            unfinished = open_round(session, programme_id)
            at = (unfinished.id, unfinished.version, unfinished.seed) if unfinished else (0, 0, DEFAULT_SEED)
            key = (programme_id, inputs_version, latest_act(session, programme_id), at, today, number)
            if key in self._kept:
                return key, self._kept[key]
            try:
                return key, freeze(session, programme_id, at[0], at[2], today)
            except MentormatchError as refused:
                return key, Advice(standing=Standing.REFUSED, number=number, words=words_for(refused))

    def _worked_out(self, frozen: FrozenInput, number: int) -> Advice:
        until = self._stopwatch() + MOST_SECONDS
        try:
            lines = _lines(frozen, number, lambda: self._stopwatch() > until)
        except SolvingCancelled:
            return Advice(standing=Standing.NOT_IN_TIME, number=number)
        except MentormatchError as refused:
            return Advice(standing=Standing.REFUSED, number=number, words=words_for(refused))
        return Advice(standing=Standing.FOUND if lines else Standing.NOTHING_HELPS, number=number, lines=lines)

    def _keep(self, key: Hashable, advice: Advice) -> Advice:
        if advice.standing is not Standing.NOT_IN_TIME:
            self._kept[key] = advice
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return advice


def _lines(frozen: FrozenInput, number: int, cancelled: Cancelled) -> tuple[RecruitLine, ...]:
    solution = solve(frozen.problem, frozen.policy, cancelled=cancelled)
    found = recruits_for(frozen.problem, frozen.policy, solution, number=number, cancelled=cancelled)
    return tuple(map(_line, found))


def _line(found: Recruits) -> RecruitLine:
    return RecruitLine(
        competency=found.competency,
        title=COMPETENCY_TEXTS[found.competency].title,
        number=found.number,
        places=found.places,
        mentees_paired=found.mentees_paired,
        gaps_closed=found.gaps_closed,
        candidates_served=found.worth.candidates,
        points=found.worth.points,
    )
