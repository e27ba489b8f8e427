"""Recounting rounds: every proposal there ever was, what it was solved from, and the files that prove it."""

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.errors import Fault, InputRefused, NotFound
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.matching.solution import Totals
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound, Proposal, Snapshot
from mentormatch.persistence.repositories.rounds import STANDING_FOR_A_PROPOSAL, proposal_of, round_of
from mentormatch.services.storing_proposals import totals_from
from mentormatch.services.verifying_rounds import Verification, VerifyingRounds

PAGE_SIZE: Final = 50
MOST_PEOPLE: Final = 3000
"""Rounds of more people are verified from the shell: solving them would keep the page waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """One proposal; `stands` where the round stands for it now."""

    round_number: int
    number: int
    round_state: RoundState
    stands: bool
    solved_at: datetime
    published_at: datetime | None
    objective: str
    floor_percent: int
    totals: Totals
    is_proven: bool
    has_certificate: bool
    snapshot_sha256: str
    result_sha256: str
    solver: str

    @property
    def may_be_verified(self) -> bool:
        """Whether a page can solve it again."""
        return self.stands and self.totals.people <= MOST_PEOPLE


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """One page of a programme's proposals, the newest first."""

    lines: tuple[ProposalLine, ...]
    found: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.found // PAGE_SIZE))


class RecountingRounds:
    """Answers what each round came to, and lets anybody repeat it."""

    def __init__(self, transactions: Transactions, verifying: VerifyingRounds) -> None:
        self._transactions = transactions
        self._verifying = verifying

    def page(self, programme_id: int, page: int) -> HistoryPage:
        """Return a page of all proposals of a programme; a page beyond the last one is the last one."""
        with self._transactions.reading() as session:
            here = MatchingRound.programme_id == programme_id
            joined = sa.select(sa.func.count(Proposal.id)).join(MatchingRound).where(here)
            found = session.scalar(joined) or 0
            at = min(page, max(1, -(-found // PAGE_SIZE)))
            return HistoryPage(_lines(session, here, (at - 1) * PAGE_SIZE), found, at)

    def verify(self, programme_id: int, number: int) -> Verification:
        """Solve a round again and check its certificate.

        Raises NotFound when it has no proposal, and InputRefused when that would take too long for a page.
        """
        with self._transactions.reading() as session:
            newest = _newest(session, programme_id, number)
            people = totals_from(newest.summary).people
        if people > MOST_PEOPLE:
            raise InputRefused(
                [
                    Fault(
                        None,
                        None,
                        said("%(people)s people take too long for a page. Verify it from the shell.", people=people),
                    )
                ]
            )
        return self._verifying.verify(programme_id, number)

    def frozen_input(self, programme_id: int, number: int, proposal_number: int) -> bytes:
        """Return the frozen input and policy of a proposal as JSON; raises NotFound."""
        with self._transactions.reading() as session:
            proposal = proposal_of(session, round_of(session, programme_id, number).id, proposal_number)
            return zlib.decompress(session.get_one(Snapshot, proposal.snapshot_sha256).content)

    def certificate(self, programme_id: int, number: int, proposal_number: int) -> bytes:
        """Return the certificate of a proposal as JSON; raises NotFound for one that was solved without."""
        with self._transactions.reading() as session:
            proposal = proposal_of(session, round_of(session, programme_id, number).id, proposal_number)
            if proposal.certificate is None:
                raise NotFound(said("This proposal was solved before certificates were kept."))
            return zlib.decompress(proposal.certificate)


def _newest(session: Session, programme_id: int, number: int) -> Proposal:
    row = round_of(session, programme_id, number)
    newest = sa.select(Proposal).where(Proposal.round_id == row.id).order_by(Proposal.number.desc()).limit(1)
    found = session.scalar(newest) if row.state in STANDING_FOR_A_PROPOSAL else None
    if found is None:
        raise NotFound(said("Round %(number)s has no proposal to verify.", number=number))
    return found


def _lines(session: Session, here: sa.ColumnElement[bool], skip: int) -> tuple[ProposalLine, ...]:
    newest = sa.func.max(Proposal.number).over(partition_by=Proposal.round_id)
    certified = Proposal.certificate.is_not(None)
    wanted = sa.select(Proposal, MatchingRound, newest, certified).join(MatchingRound).where(here)
    ordered = wanted.order_by(MatchingRound.number.desc(), Proposal.number.desc())
    return tuple(_line(*row) for row in session.execute(ordered.offset(skip).limit(PAGE_SIZE)))


def _line(proposal: Proposal, row: MatchingRound, newest: int, certified: bool) -> ProposalLine:  # noqa: FBT001 -- a column
    stands = proposal.number == newest and row.state in STANDING_FOR_A_PROPOSAL
    policy = proposal.summary["policy"]
    return ProposalLine(
        round_number=row.number,
        number=proposal.number,
        round_state=row.state,
        stands=stands,
        solved_at=proposal.created_at,
        published_at=row.published_at if stands else None,
        objective=policy["objective"],
        floor_percent=policy["floor_percent"],
        totals=totals_from(proposal.summary),
        is_proven=proposal.summary["is_proven"],
        has_certificate=certified,
        snapshot_sha256=proposal.snapshot_sha256,
        result_sha256=proposal.result_sha256,
        solver=proposal.solver,
    )
