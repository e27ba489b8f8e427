"""What pages and commands are told of rounds: frozen, complete, ready to be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.reviews import Page
from mentormatch.domain.rounds import RoundState, Stage
from mentormatch.matching.solution import Totals
from mentormatch.persistence.repositories.adjustments import MadeAdjustment
from mentormatch.persistence.repositories.proposals import LeftOverLine, PairLine
from mentormatch.persistence.repositories.rounds import Readiness
from mentormatch.services.comparing_proposals import Comparison
from mentormatch.services.holding_mail import Hold
from mentormatch.services.noticing_changes import NO_CHANGES, Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHead:
    """How far a round has come; `seconds` since it was started, while it waits or is being solved."""

    id: int
    number: int
    state: RoundState
    version: int
    stage: Stage | None
    seconds: int
    attempts: int
    failure: str
    seed: int
    created_at: datetime
    published_at: datetime | None

    @property
    def is_at_work(self) -> bool:
        """Whether the round waits for a solver or has one."""
        return self.state in {RoundState.QUEUED, RoundState.SOLVING}


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round in the list of rounds; totals only where it stands for a proposal."""

    number: int
    state: RoundState
    created_at: datetime
    published_at: datetime | None
    totals: Totals | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class RoundsView:
    """Every round of a programme, newest first, and who would enter the next one."""

    rounds: tuple[RoundLine, ...]
    ready: Readiness

    @property
    def open_round(self) -> RoundLine | None:
        """The unfinished round, which must come to an end before the next one starts."""
        return next((line for line in self.rounds if line.is_open), None)


@dataclass(frozen=True, slots=True)
class ClosureView:
    """One competency that a pairing closes."""

    title: str
    level_from: int
    level_to: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """One pair with what it closes, most points first, what its people have in common, and what is decided of it."""

    line: PairLine
    closures: tuple[ClosureView, ...]
    languages: tuple[str, ...]
    hours: int
    """Whole working hours that the two share on a day."""
    is_locked: bool
    is_given_up: bool
    """Whether it cannot come again: it is barred, or the mentee is left out or locked to somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The adjustments that hold for a round, the latest act among them, and how many were not solved with."""

    active: tuple[MadeAdjustment, ...] = ()
    act: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A proposal as a whole, and the page of it that is looked at."""

    number: int
    solved_at: datetime
    snapshot_sha256: str
    result_sha256: str
    solver: str
    is_proven: bool
    policy: Mapping[str, Any]
    totals: Totals
    pairs: Page[PairView]
    left_over: Page[LeftOverLine]
    not_served: tuple[LeftOverLine, ...]
    """Candidates who get no mentee."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """One round with everything its page shows."""

    head: RoundHead
    ready: Readiness
    proposal: ProposalView | None = None
    mails: Mapping[NoticeState, int] = field(default_factory=dict)
    changes: Changes = NO_CHANGES
    decided: Decided = Decided()
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPage:
    """One proposal of a round, beside the one before it; `latest` is the number of the newest."""

    head: RoundHead
    proposal: ProposalView
    comparison: Comparison | None
    latest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationView:
    """What publishing would do, asked once more before it is done."""

    head: RoundHead
    mails: Mapping[NoticeKind, int]
    """The notices held for it, by kind."""
    changes: Changes
    totals: Totals
    inputs_version: int
    publish_key: str
    outdated: int
    """Held notices whose text was edited after they were written."""
    hold: Hold

    @property
    def mails_in_all(self) -> int:
        """Count the mails that publishing lets go."""
        return sum(self.mails.values())
