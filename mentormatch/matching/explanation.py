"""The explanation of a solution as data: what could be otherwise, at what loss, and what would help whom."""

from dataclasses import dataclass
from enum import StrEnum

from mentormatch.domain.pairings import Reason, Side
from mentormatch.matching.people import Pair
from mentormatch.matching.solution import Obstacles
from mentormatch.matching.worth import Worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A mentee who changes mentors; without a mentor before or after, the mentee is unpaired then."""

    mentee_id: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A pair that was not chosen, and what is lost if it has to be.

    `moves` are one way of losing no more, the pair itself last. Where the loss is not exact it is at least this, and
    no way is told.
    """

    mentor_id: str
    mentee_id: str
    loss: Worth
    is_exact: bool
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The best alternatives that somebody has on one side, the smallest loss first."""

    person_id: str
    side: Side
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A gain or a loss; where it is not exact, a gain is at most this and a loss at least."""

    worth: Worth
    is_exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceValue:
    """What one more place of a mentor would gain, and what one less would lose; None where there cannot be one."""

    mentor_id: str
    gain: Bounded | None
    loss: Bounded | None


class ChangeKind(StrEnum):
    """What a coordinator can change so that somebody gets a partner, the smallest change first."""

    ONE_MORE_PLACE = "one_more_place"
    LOWER_FLOOR = "lower_floor"
    LIFT_BAR = "lift_bar"
    ALLOW_EARLIER_PAIRING = "allow_earlier_pairing"
    DROP_HARD_RULE = "drop_hard_rule"
    FORCE = "force"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change after which somebody has a partner: with the changed round solved, this is the difference in all.

    `partner_id` is whose place, bar or pairing it is about, `floor_percent` the highest floor that is low enough and
    `rule` the setting of the policy that would be dropped.
    """

    kind: ChangeKind
    difference: Worth
    partner_id: str | None = None
    floor_percent: int | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """An eligible partner who is taken, what the pair would close, and with whom the partner is instead."""

    partner_id: str
    coverage: int
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """A mentee without a mentor or a candidate without a mentee: why, who is taken by whom, and what would help.

    Of those who are taken, the ones who would close most are named. `was_searched` is False where not every change
    that might help was tried.
    """

    person_id: str
    side: Side
    reason: Reason
    obstacles: Obstacles
    taken: tuple[Holder, ...]
    changes: tuple[Change, ...]
    was_searched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCost:
    """What it would cost to serve this candidate alone, had nobody else been preferred; None where nobody is eligible.

    `is_served` tells whether the plain optimum does so anyway.
    """

    mentor_id: str
    is_served: bool
    cost: Bounded | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesPrice:
    """What serving the candidates costs against the plain optimum, and which pairs are there for it and instead."""

    points: int
    pairs_for_it: tuple[Pair, ...]
    pairs_instead: tuple[Pair, ...]
    candidates: tuple[CandidateCost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that is told about a solution beyond its pairings: people, places, shortages and the candidates' price.

    The price is told with the explanation for everybody.
    """

    choices: tuple[Choices, ...]
    places: tuple[PlaceValue, ...]
    shortages: tuple[Shortage, ...]
    candidates: CandidatesPrice | None
