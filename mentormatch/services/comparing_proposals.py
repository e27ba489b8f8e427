"""What moved from one proposal of a round to the next, and why: what was decided, who came and went, what follows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.adjustments import Adjustment
from mentormatch.persistence.models import Pairing, Participant, Proposal
from mentormatch.persistence.repositories.proposals import entrants_of
from mentormatch.services.proposal_moves import Move, Someone, moves_between
from mentormatch.services.storing_proposals import adjustments_from


class CauseKind(StrEnum):
    """What makes pairs move between two solves."""

    DECIDED = "decided"
    UNDONE = "undone"
    JOINED = "joined"
    LEFT = "left"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One thing that differs between the inputs of two solves, and whom it is about; the mentor first."""

    kind: CauseKind
    people: tuple[Someone, ...]
    adjustment: Adjustment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedMove:
    """A move with what caused it, itself or along the chain of moves that it is part of."""

    move: Move
    causes: tuple[Cause, ...]
    is_direct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A proposal beside the one before it."""

    before: int
    after: int
    kept: int
    settings_altered: bool
    causes: tuple[Cause, ...]
    moves: tuple[ExplainedMove, ...]


def previous_proposal(session: Session, proposal: Proposal) -> Proposal | None:
    """Return the proposal of the same round that this one took the place of."""
    earlier = sa.select(Proposal).where(Proposal.round_id == proposal.round_id, Proposal.number < proposal.number)
    return session.scalar(earlier.order_by(Proposal.number.desc()).limit(1))


def comparison_of(session: Session, programme_id: int, before: Proposal, after: Proposal) -> Comparison:
    """Compare a proposal with the one before it."""
    people = sa.select(Participant.id, Participant.name).where(Participant.programme_id == programme_id)
    names = {row.id: row.name for row in session.execute(people)}
    was, now = _mentors(session, before), _mentors(session, after)
    causes = tuple(_causes(session, before, after, names))
    return Comparison(
        before=before.number,
        after=after.number,
        kept=len(was.items() & now.items()),
        settings_altered=before.summary["policy"] != after.summary["policy"],
        causes=causes,
        moves=explained(moves_between(was, now, names), causes),
    )


def explained(moves: Iterable[Move], causes: Iterable[Cause]) -> tuple[ExplainedMove, ...]:
    """Tell what each move follows from: what is about its own people, or else about anybody along its chain."""
    listed, given = tuple(moves), tuple(causes)
    chains = _Chains()
    for move in listed:
        chains.join(_people_of(move))
    about: dict[int, list[Cause]] = defaultdict(list)
    for cause in given:
        for chain in {chains.find(person.id) for person in cause.people}:
            about[chain].append(cause)
    found = []
    for move in listed:
        direct = tuple(cause for cause in given if _is_direct(cause, move))
        causes_here = direct or tuple(about[chains.find(move.mentee.id)])
        found.append(ExplainedMove(move=move, causes=causes_here, is_direct=bool(direct)))
    return tuple(found)


class _Chains:
    """People who are linked by moves, directly or through others."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def find(self, person: int) -> int:
        while (above := self._above.get(person, person)) != person:
            self._above[person] = self._above.get(above, above)
            person = above
        return person

    def join(self, people: list[int]) -> None:
        first = self.find(people[0])
        for person in people[1:]:
            self._above[self.find(person)] = first


def _people_of(move: Move) -> list[int]:
    return [one.id for one in (move.mentee, move.before, move.after) if one]


def _is_direct(cause: Cause, move: Move) -> bool:
    about = {person.id for person in cause.people}
    # What names a pair is about its mentee; what names one person is about whoever they are in the move.
    return cause.people[-1].id == move.mentee.id or (len(about) == 1 and not about.isdisjoint(_people_of(move)))


def _causes(session: Session, before: Proposal, after: Proposal, names: Mapping[int, str]) -> Iterator[Cause]:
    was, now = adjustments_from(before.summary), adjustments_from(after.summary)
    for kind, adjustments in ((CauseKind.DECIDED, now - was), (CauseKind.UNDONE, was - now)):
        for one in sorted(adjustments, key=lambda a: (a.kind, a.people)):
            yield Cause(kind=kind, people=tuple(_someone(i, names) for i in one.people), adjustment=one)
    then, here = entrants_of(session, before.id), entrants_of(session, after.id)
    groups = (
        (CauseKind.LEFT, then.keys() - here.keys()),
        (CauseKind.JOINED, here.keys() - then.keys()),
        (CauseKind.ALTERED, {i for i in then.keys() & here.keys() if then[i].digest != here[i].digest}),
    )
    for kind, ids in groups:
        yield from (Cause(kind=kind, people=(_someone(i, names),)) for i in sorted(ids))


def _someone(key: int, names: Mapping[int, str]) -> Someone:
    return Someone(id=key, name=names.get(key, f"Participant {key}"))


def _mentors(session: Session, proposal: Proposal) -> dict[int, int]:
    pairs = sa.select(Pairing.mentee_id, Pairing.mentor_id).where(Pairing.proposal_id == proposal.id)
    return {row.mentee_id: row.mentor_id for row in session.execute(pairs)}
