"""How fairly a proposal shares out what there is: the spread of coverage, by group, who waits again, and the load."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.certification import CERTIFICATION_TITLES, Certification
from mentormatch.domain.errors import NotFound
from mentormatch.domain.pairings import Side
from mentormatch.domain.positions import POSITION_TITLES, Position
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Pairing, Participant, Unpaired
from mentormatch.persistence.repositories.rounds import latest_proposal, round_of
from mentormatch.persistence.repositories.waiting import rounds_waited

BANDS: Final = 10
MOST_GROUPS: Final = 40
"""The largest groups are listed one by one; what is left stands together."""
MOST_NAMES: Final = 100
_TOLD: Final = (RoundState.PUBLISHED, RoundState.CLOSED)
_OTHERS: Final = said("All others")


@dataclass(frozen=True, slots=True)
class Mentee:
    """Someone who wants a mentor, and the share of the gap that is closed; None for whoever has no mentor."""

    participant_id: int
    name: str
    site: str
    position: Position
    pursued: Certification
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The shares of those who have a mentor, of an even number the lower one in the middle; None where nobody has."""

    mentees: int
    paired: int
    lowest: float | None
    lower_quartile: float | None
    median: float | None
    upper_quartile: float | None
    highest: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """A proposal seen for its fairness; `bands` count the paired by tenths of their gap, `load` mentors by mentees."""

    number: int
    proposal: int
    whole: Spread
    bands: tuple[int, ...]
    groups: tuple[tuple[str, tuple[tuple[str, Spread], ...]], ...]
    again: tuple[Mentee, ...]
    left_out_again: int
    load: tuple[int, ...]


class SeeingFairness:
    """Answers for whom a proposal does much and for whom little."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def look(self, programme_id: int, number: int) -> Fairness:
        """Sum a round's newest proposal up; raises NotFound for a round that has none."""
        with self._transactions.reading() as session:
            row = round_of(session, programme_id, number)
            proposal = latest_proposal(session, row.id)
            if proposal is None:
                raise NotFound(said("Round %(number)s has no proposal.", number=number))
            mentees = _mentees(session, proposal.id)
            load = _load(session, proposal.id)
            waited = rounds_waited(session, programme_id)
        before = 1 if row.state in _TOLD else 0
        again = [one for one in mentees if one.share is None and waited.get(one.participant_id, 0) > before]
        shares = [one.share for one in mentees if one.share is not None]
        bands = Counter(min(BANDS - 1, int(share * BANDS)) for share in shares)
        return Fairness(
            number=number,
            proposal=proposal.number,
            whole=spread_of(mentees),
            bands=tuple(bands[n] for n in range(BANDS)),
            groups=tuple((title, _grouped(mentees, key)) for title, key in _KEYS),
            again=tuple(again[:MOST_NAMES]),
            left_out_again=len(again),
            load=load,
        )


def spread_of(mentees: Sequence[Mentee]) -> Spread:
    """Tell the quartiles of the shares of those who have a mentor."""
    shares = sorted(one.share for one in mentees if one.share is not None)

    def at(quarter: int) -> float | None:
        return shares[(len(shares) - 1) * quarter // 4] if shares else None

    return Spread(
        mentees=len(mentees),
        paired=len(shares),
        lowest=at(0),
        lower_quartile=at(1),
        median=at(2),
        upper_quartile=at(3),
        highest=at(4),
    )


_KEYS: Final[tuple[tuple[str, Callable[[Mentee], str]], ...]] = (
    (said("Site"), lambda one: one.site or said("No site")),
    (said("Position aimed at"), lambda one: POSITION_TITLES[one.position]),
    (said("Certification pursued"), lambda one: CERTIFICATION_TITLES[one.pursued]),
)


def _grouped(mentees: Iterable[Mentee], key: Callable[[Mentee], str]) -> tuple[tuple[str, Spread], ...]:
    groups = defaultdict[str, list[Mentee]](list)
    for one in mentees:
        groups[key(one)].append(one)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    rest = [one for _, group in ordered[MOST_GROUPS:] for one in group]
    shown = ordered[:MOST_GROUPS] + ([(_OTHERS, rest)] if rest else [])
    return tuple((name, spread_of(group)) for name, group in shown)


def _mentees(session: Session, proposal_id: int) -> list[Mentee]:
    who = Participant.id, Participant.name, Participant.site, Participant.position_aimed_at
    pursued = Participant.certification_pursued
    paired = sa.select(*who, pursued, Pairing.coverage_points, Pairing.gap_points).join(
        Pairing, (Pairing.mentee_id == Participant.id) & (Pairing.proposal_id == proposal_id)
    )
    left = sa.select(*who, pursued, sa.literal(None, sa.Integer), sa.literal(None, sa.Integer)).join(
        Unpaired, (Unpaired.participant_id == Participant.id) & (Unpaired.proposal_id == proposal_id)
    )
    left = left.where(Unpaired.side == Side.MENTEE)
    rows = [*session.execute(paired), *session.execute(left.order_by(Participant.name, Participant.id))]
    return [Mentee(a, b, c, d, e, covered / gap if gap else None) for a, b, c, d, e, covered, gap in rows]


def _load(session: Session, proposal_id: int) -> tuple[int, ...]:
    counts = sa.select(sa.func.count()).where(Pairing.proposal_id == proposal_id).group_by(Pairing.mentor_id)
    mentors = Counter(session.scalars(counts))
    idle = sa.select(sa.func.count()).where(Unpaired.proposal_id == proposal_id, Unpaired.side == Side.MENTOR)
    return (session.scalar(idle) or 0, *(mentors[n] for n in range(1, max(mentors, default=0) + 1)))
