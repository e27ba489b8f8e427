"""Showing people in a round: one with pairings and alternatives, and those without a partner with what would help."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.errors import AdjustmentRefused, NotFound
from mentormatch.domain.pairings import Side
from mentormatch.domain.reviews import Page, page_of, plain
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound, Pairing, Participant, Proposal, Unpaired
from mentormatch.persistence.repositories.adjustments import MadeAdjustment, active_adjustments
from mentormatch.persistence.repositories.proposals import LeftOverLine, PairLine, left_over_lines, pair_lines
from mentormatch.persistence.repositories.rounds import round_of, shown_proposal
from mentormatch.services.explaining_proposals import Explanations
from mentormatch.services.explanation_views import PersonExplained, ShortageView
from mentormatch.services.proposal_pages import pair_views
from mentormatch.services.round_views import PairView
from mentormatch.services.standing_proposals import Standing, standing_of

HELPED_AT_ONCE: Final = 20
"""Unpaired people on one page: for each, changes are tried by solving."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPerson:
    """One person in the proposal of a round; `can_adjust` while it is under review."""

    number: int
    can_adjust: bool
    id: int
    name: str
    site: str
    mentor: PairView | None
    mentees: tuple[PairView, ...]
    left_over: tuple[LeftOverLine, ...]
    adjustments: tuple[MadeAdjustment, ...]
    waiting: int
    explained: PersonExplained
    contradiction: str
    """Why nothing can be explained: the adjustments made so far contradict one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpairedPage:
    """Candidates without a mentee, mentees without a mentor, and what would help those who are shown."""

    number: int
    can_adjust: bool
    waiting: int
    candidates: Page[LeftOverLine]
    mentees: Page[LeftOverLine]
    helps: Mapping[tuple[int, Side], ShortageView] = field(default_factory=dict)


class ShowingRoundPeople:
    """Reads people in a round for whoever coordinates the programme."""

    def __init__(self, transactions: Transactions, explanations: Explanations) -> None:
        self._transactions = transactions
        self._explanations = explanations

    def person(self, programme_id: int, number: int, participant_id: int) -> RoundPerson:
        """Return one person with pairings and alternatives; raises NotFound for who is not in the round's proposal."""
        with self._transactions.reading() as session:
            row, proposal = _shown(session, programme_id, number)
            person = session.get(Participant, participant_id)
            active = active_adjustments(session, programme_id, row.id)
            found = _lines_of(session, proposal.id, participant_id)
            if person is None or person.programme_id != programme_id or not any(found):
                raise NotFound(said("This person is not in the proposal of this round."))
            pairs = pair_views(session, proposal, found[0], [one.adjustment for one in active])
            standing = _standing(session, row)
            name, site = person.name, person.site
        explained, contradiction = self._explained(standing, participant_id)
        return RoundPerson(
            number=number,
            can_adjust=standing is not None,
            id=participant_id,
            name=name,
            site=site,
            mentor=next((pair for pair in pairs if pair.line.mentee_id == participant_id), None),
            mentees=tuple(pair for pair in pairs if pair.line.mentor_id == participant_id),
            left_over=tuple(found[1]),
            adjustments=tuple(one for one in active if participant_id in one.adjustment.people),
            waiting=_waiting(standing),
            explained=explained,
            contradiction=contradiction,
        )

    def unpaired(self, programme_id: int, number: int, pages: tuple[int, int]) -> UnpairedPage:
        """Return the unpaired, a page of candidates and one of mentees; raises NotFound without a proposal."""
        with self._transactions.reading() as session:
            row, proposal = _shown(session, programme_id, number)
            everyone = sorted(left_over_lines(session, proposal.id), key=lambda line: plain(line.name))
            standing = _standing(session, row)
        candidates = page_of([one for one in everyone if one.is_candidate], pages[0], HELPED_AT_ONCE)
        mentees = page_of([one for one in everyone if one.side == Side.MENTEE], pages[1], HELPED_AT_ONCE)
        helps = self._helps(standing, (*candidates.rows, *mentees.rows))
        return UnpairedPage(
            number=number,
            can_adjust=standing is not None,
            waiting=_waiting(standing),
            candidates=candidates,
            mentees=mentees,
            helps=helps,
        )

    def _explained(self, standing: Standing | None, participant_id: int) -> tuple[PersonExplained, str]:
        if standing is None:
            return PersonExplained(), ""
        try:
            return self._explanations.person(standing, participant_id), ""
        except AdjustmentRefused as refused:
            return PersonExplained(), str(refused)

    def _helps(
        self, standing: Standing | None, lines: Iterable[LeftOverLine]
    ) -> Mapping[tuple[int, Side], ShortageView]:
        people = {line.participant_id for line in lines}
        if standing is None or not people:
            return {}
        try:
            found = self._explanations.shortages(standing, people)
        except AdjustmentRefused:
            return {}
        return {(one.person.id, one.side): one for one in found}


def _shown(session: Session, programme_id: int, number: int) -> tuple[MatchingRound, Proposal]:
    row = round_of(session, programme_id, number)
    proposal = shown_proposal(session, row)
    if proposal is None:
        raise NotFound(said("Round %(number)s has no proposal.", number=number))
    return row, proposal


def _standing(session: Session, row: MatchingRound) -> Standing | None:
    if row.state != RoundState.PROPOSED:
        return None
    standing = standing_of(session, row.programme_id, row.number)
    # What an older model solved cannot be reckoned with before the next solve.
    return standing if standing.is_readable else None


def _lines_of(session: Session, proposal_id: int, participant_id: int) -> tuple[list[PairLine], list[LeftOverLine]]:
    involved = sa.or_(Pairing.mentor_id == participant_id, Pairing.mentee_id == participant_id)
    pairs = pair_lines(session, proposal_id, involved)
    return pairs, left_over_lines(session, proposal_id, Unpaired.participant_id == participant_id)


def _waiting(standing: Standing | None) -> int:
    return len(standing.decided ^ standing.contained) if standing else 0
