"""Exporting a round's newest proposal as CSV: the pairings, and the unpaired with their reasons."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from mentormatch.domain.errors import NotFound
from mentormatch.domain.sentences import said
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.proposals import (
    LeftOverLine,
    PairLine,
    all_closures,
    left_over_lines,
    pair_lines,
)
from mentormatch.persistence.repositories.rounds import round_of, shown_proposal
from mentormatch.spreadsheets.pairings import PairingRow, UnpairedRow, write_pairings, write_unpaired


class ExportingRounds:
    """Writes what a round came to as files."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def pairings(self, programme_id: int, number: int) -> bytes:
        """Return the pairings as CSV; raises NotFound for a round that has none to show."""
        with self._transactions.reading() as session:
            proposal_id = _proposal_id(session, programme_id, number)
            closures = all_closures(session, proposal_id)
            return write_pairings(_pairing_row(line, closures[line.id]) for line in pair_lines(session, proposal_id))

    def unpaired(self, programme_id: int, number: int) -> bytes:
        """Return the unpaired as CSV; raises NotFound for a round that has none to show."""
        with self._transactions.reading() as session:
            proposal_id = _proposal_id(session, programme_id, number)
            return write_unpaired(map(_unpaired_row, left_over_lines(session, proposal_id)))


def _proposal_id(session: Session, programme_id: int, number: int) -> int:
    proposal = shown_proposal(session, round_of(session, programme_id, number))
    if proposal is None:
        raise NotFound(said("Round %(number)s has no proposal.", number=number))
    return proposal.id


def _pairing_row(line: PairLine, closures: Sequence[Sequence[Any]]) -> PairingRow:
    return PairingRow(
        mentor_email=line.mentor_email,
        mentee_email=line.mentee_email,
        coverage_points=line.points,
        gap_points=line.gap_points,
        share_percent=line.points * 100 // line.gap_points,
        serves=line.serves,
        mentor_name=line.mentor,
        mentee_name=line.mentee,
        closes="; ".join(f"{key} {before} to {after} ({points})" for key, before, after, points in closures),
    )


def _unpaired_row(line: LeftOverLine) -> UnpairedRow:
    return UnpairedRow(
        email=line.email,
        side=line.side,
        reason=line.reason,
        candidate="yes" if line.is_candidate else "no",
        eligible_partners=line.obstacles["eligible"],
        name=line.name,
    )
